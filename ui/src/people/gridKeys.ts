// Where a key leads in the table: the W3C data-grid keys as a pure step from one cell to the next. Arrows do not wrap. Row -1 is the
// header.
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

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The cell to go to, or null when the key is not one of the table's. */
export function stepTo(from: Cell, pressed: Pressed, size: GridSize): Cell | null {
  if (pressed.altKey || pressed.shiftKey) return null;
  const far = pressed.ctrlKey || pressed.metaKey;
  const row = (wanted: number) => Math.min(size.rows - 1, Math.max(-1, wanted));
  const column = (wanted: number) => Math.min(size.columns - 1, Math.max(0, wanted));
  switch (pressed.key) {
    case "ArrowUp":
      return far ? null : { ...from, row: row(from.row - 1) };
    case "ArrowDown":
      return far ? null : { ...from, row: row(from.row + 1) };
    case "ArrowLeft":
      return far ? null : { ...from, column: column(from.column - 1) };
    case "ArrowRight":
      return far ? null : { ...from, column: column(from.column + 1) };
    case "Home":
      return far ? { row: Math.min(0, size.rows - 1), column: 0 } : { ...from, column: 0 };
    case "End":
      return far ? { row: size.rows - 1, column: size.columns - 1 } : { ...from, column: size.columns - 1 };
    case "PageUp":
      return far ? null : { ...from, row: from.row <= 0 ? from.row : Math.max(0, from.row - size.jump) };
    case "PageDown":
      return far ? null : { ...from, row: row(Math.max(0, from.row) + size.jump) };
    default:
      return null;
  }
}
