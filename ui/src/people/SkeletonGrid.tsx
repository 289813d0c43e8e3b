// Stands where the table will be while it is being asked for: the same head and the same rows, so that nothing jumps.
import { useRowHeight } from "../settings/appearance";
import { columnWidths, tableMinWidth, usualOrder } from "./columns";
import { Placeholder } from "./Placeholder";

const heads = ["Name", "Title", "Company", "Place", "Seniority", "E-mail", "Phone", "LinkedIn"];

export function SkeletonGrid({ rows }: { rows: number }) {
  const rowHeight = useRowHeight();
  return (
    <section
      id="people"
      tabIndex={-1}
      aria-label="Searching"
      aria-busy
      className="min-h-0 flex-1 overflow-hidden outline-none"
    >
      <div aria-hidden style={{ minWidth: tableMinWidth }}>
        <div
          style={{ gridTemplateColumns: columnWidths(usualOrder), height: rowHeight }}
          className="grid border-b border-line bg-pane text-sm font-medium text-ink-2"
        >
          {heads.map((head) => (
            <span key={head} className="flex items-center px-2">
              {head}
            </span>
          ))}
        </div>
        {Array.from({ length: rows }, (_, row) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
            key={row}
            style={{ gridTemplateColumns: columnWidths(usualOrder), height: rowHeight }}
            className="grid border-b border-line"
          >
            {heads.map((head, column) => (
              <span key={head} className="flex items-center px-2">
                <Placeholder column={column} />
              </span>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}
