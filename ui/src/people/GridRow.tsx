// One row of the table: a person's cells, or placeholders until the person is there. Drawn anew only when something of it changed.
import { FlexRender, type Row } from "@tanstack/react-table";
import { type MouseEvent, memo } from "react";
import type { StoredPerson } from "../backend/types";
import type { features } from "./columns";
import { fullName } from "./facts";
import type { ColumnId } from "./layout";
import { Placeholder } from "./Placeholder";

export type PersonRow = Row<typeof features, StoredPerson>;

interface GridRowProps {
  index: number;
  /** Undefined until its person is there. */
  row: PersonRow | undefined;
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
  const { index, row, top, height, ids, tabStop, open, picked, onCell } = props;
  const stays = JSON.parse(props.stays) as Partial<Record<ColumnId, number>>;
  const cells = new Map(row?.getAllCells().map((cell) => [cell.column.id, cell]));
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-current={open ? "true" : undefined}
      aria-selected={picked}
      aria-busy={row === undefined || undefined}
      style={{ height, top }}
      className={`absolute inset-x-0 grid grid-cols-(--tracks) border-b border-line ${open ? "bg-active" : picked ? "bg-picked" : "bg-bg hover:bg-hover"}`}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className="sticky left-0 z-1 flex items-center justify-center bg-inherit"
        onClick={(event) => onCell(index, -1, event)}
      >
        <input
          type="checkbox"
          data-cell={`${index}/-1`}
          tabIndex={tabStop === -1 ? 0 : -1}
          aria-label={row ? `Select ${fullName(row.original)}` : "Not there yet"}
          checked={picked}
          disabled={row === undefined}
          // The row hears the click, wherever in the cell it is.
          onChange={() => undefined}
        />
      </div>
      {ids.map((id, column) => {
        const cell = cells.get(id);
        const at = stays[id];
        return (
          <div
            key={id}
            role="gridcell"
            aria-colindex={column + 2}
            data-cell={`${index}/${column}`}
            tabIndex={tabStop === column ? 0 : -1}
            onClick={(event) => onCell(index, column, event)}
            style={at === undefined ? undefined : { position: "sticky", left: at, zIndex: 1 }}
            className="flex min-w-0 items-center bg-inherit px-2"
          >
            {cell ? <FlexRender cell={cell} /> : <Placeholder column={column} />}
          </div>
        );
      })}
    </div>
  );
});
