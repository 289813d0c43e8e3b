// One row of the table: a person's cells, or placeholders until the person is there. Drawn anew only when something of it changed, and
// then with as little as can be: a key in the search field draws as many rows as are in sight.
import { type MouseEvent, memo } from "react";
import type { StoredPerson } from "../backend/types";
import { texts } from "../texts/texts";
import { cellOf } from "./columns";
import { fullName } from "./facts";
import type { ColumnId } from "./layout";
import { Placeholder } from "./Placeholder";

const words = texts.people;

interface GridRowProps {
  index: number;
  /** Undefined until they are there. */
  person: StoredPerson | undefined;
  /** Where it stands in the pane, in px. */
  top: number;
  height: number;
  ids: readonly ColumnId[];
  /** Where each pinned column stays, in px, as text: the same one as long as nothing moves. */
  stays: string;
  /** The column of the tab stop, if it is in this row. */
  tabStop: number | null;
  open: boolean;
  picked: boolean;
  onCell: (index: number, column: number, event: MouseEvent) => void;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, person, top, height, ids, tabStop, open, picked, onCell } = props;
  const stays = JSON.parse(props.stays) as Partial<Record<ColumnId, number>>;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-current={open ? "true" : undefined}
      aria-selected={picked}
      aria-busy={person === undefined || undefined}
      style={{ height, top }}
      onClick={(event) => {
        const column = columnAt(event.target);
        if (column !== null) onCell(index, column, event);
      }}
      className={`absolute inset-x-0 grid grid-cols-(--tracks) border-b border-line ${open ? "bg-active" : picked ? "bg-picked" : "bg-bg hover:bg-hover"}`}
    >
      <div role="rowheader" aria-colindex={1} className="sticky left-0 z-1 flex items-center justify-center bg-inherit">
        {/* No input: React and the browser do more for one than all other cells of the row take together. */}
        <span
          role="checkbox"
          data-cell={`${index}/-1`}
          tabIndex={tabStop === -1 ? 0 : -1}
          aria-label={person ? words.selection.one(fullName(person)) : words.rowNotThere}
          aria-checked={picked}
          aria-disabled={person === undefined || undefined}
        />
      </div>
      {ids.map((id, column) => {
        const at = stays[id];
        return (
          <div
            key={id}
            role="gridcell"
            aria-colindex={column + 2}
            data-cell={`${index}/${column}`}
            tabIndex={tabStop === column ? 0 : -1}
            style={at === undefined ? undefined : { position: "sticky", left: at, zIndex: 1 }}
            className="flex min-w-0 items-center bg-inherit px-2"
          >
            {person ? cellOf(id, person) : <Placeholder column={column} />}
          </div>
        );
      })}
    </div>
  );
});

/** The column of what was clicked, from -1 for that in which people are picked; null between the cells. */
function columnAt(target: EventTarget): number | null {
  const cell = target instanceof Element ? target.closest("[aria-colindex]") : null;
  return cell === null ? null : Number(cell.getAttribute("aria-colindex")) - 2;
}
