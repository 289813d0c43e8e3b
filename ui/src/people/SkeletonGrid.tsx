// Stands where the table will be while it is being asked for: the same head and the same rows, so that nothing jumps.
import { useRowHeight } from "../settings/appearance";
import { texts } from "../texts/texts";
import { columnWidths } from "./columns";
import { columnIds } from "./layout";
import { Placeholder } from "./Placeholder";

const words = texts.people;

const { tracks, least } = columnWidths(columnIds, {});

export function SkeletonGrid({ rows }: { rows: number }) {
  const rowHeight = useRowHeight();
  return (
    <section
      id="people"
      tabIndex={-1}
      aria-label={words.searching}
      aria-busy
      className="min-h-0 flex-1 overflow-hidden outline-none"
    >
      <div aria-hidden style={{ minWidth: least }}>
        <div
          style={{ gridTemplateColumns: tracks, height: rowHeight }}
          className="grid border-b border-line bg-pane text-sm font-medium text-ink-2"
        >
          <span />
          {columnIds.map((id) => (
            <span key={id} className="flex items-center px-2">
              {words.columns[id]}
            </span>
          ))}
        </div>
        {Array.from({ length: rows }, (_, row) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
            key={row}
            style={{ gridTemplateColumns: tracks, height: rowHeight }}
            className="grid border-b border-line"
          >
            <span />
            {columnIds.map((id, column) => (
              <span key={id} className="flex items-center px-2">
                <Placeholder column={column} />
              </span>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}
