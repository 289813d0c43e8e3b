// Where a key leads in the table: the steps of the W3C data grid from one cell to the next. Arrows do not wrap. Row -1 is the head,
// column -1 that in which people are picked.
import type { Action } from "../shared/keys";

export interface Cell {
  row: number;
  column: number;
}

export interface GridSize {
  rows: number;
  columns: number;
  /** Rows that a page key moves by. */
  jump: number;
}

/** The cell to go to, or null when the action is no step. */
export function stepTo(from: Cell, action: Action | null, size: GridSize): Cell | null {
  const row = (wanted: number) => Math.min(size.rows - 1, Math.max(-1, wanted));
  const column = (wanted: number) => Math.min(size.columns - 1, Math.max(-1, wanted));
  switch (action) {
    case "up":
      return { ...from, row: row(from.row - 1) };
    case "down":
      return { ...from, row: row(from.row + 1) };
    case "left":
      return { ...from, column: column(from.column - 1) };
    case "right":
      return { ...from, column: column(from.column + 1) };
    case "row-start":
      return { ...from, column: 0 };
    case "row-end":
      return { ...from, column: size.columns - 1 };
    case "first":
      return { row: Math.min(0, size.rows - 1), column: 0 };
    case "last":
      return { row: size.rows - 1, column: size.columns - 1 };
    case "page-up":
      return { ...from, row: from.row <= 0 ? from.row : Math.max(0, from.row - size.jump) };
    case "page-down":
      return { ...from, row: row(Math.max(0, from.row) + size.jump) };
    default:
      return null;
  }
}
