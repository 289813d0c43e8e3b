// One row of the table: a person's cells, or placeholders until the person is there. Drawn anew only when something of it changed.
import { FlexRender, type Row } from "@tanstack/react-table";
import { memo } from "react";
import type { StoredPerson } from "../backend/types";
import type { ColumnId, features } from "./columns";
import { Placeholder } from "./Placeholder";

export type PersonRow = Row<typeof features, StoredPerson>;

interface GridRowProps {
  index: number;
  /** Undefined until its person is there. */
  row: PersonRow | undefined;
  /** Where it stands in the pane, in px. */
  top: number;
  height: number;
  order: readonly ColumnId[];
  widths: string;
  /** The column of the tab stop, if it is in this row. */
  tabStop: number | null;
  open: boolean;
  onCell: (index: number, column: number, id: string | undefined) => void;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, row, top, height, order, widths, tabStop, open, onCell } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-current={open ? "true" : undefined}
      aria-busy={row === undefined || undefined}
      style={{ gridTemplateColumns: widths, height, transform: `translateY(${top}px)` }}
      className={`absolute inset-x-0 top-0 grid border-b border-line ${open ? "bg-active" : "hover:bg-hover"}`}
    >
      {order.map((name, column) => {
        const cell = row?.getAllCells()[column];
        return (
          <div
            key={name}
            role="gridcell"
            aria-colindex={column + 1}
            data-cell={`${index}/${column}`}
            tabIndex={tabStop === column ? 0 : -1}
            onClick={() => onCell(index, column, row?.id)}
            className="flex min-w-0 items-center px-2"
          >
            {cell ? <FlexRender cell={cell} /> : <Placeholder column={column} />}
          </div>
        );
      })}
    </div>
  );
});
