// How the scroll bar of a very long table moves its rows. A page cannot be as tall as a million rows: WebKit clips elements at
// 33,554,428 px, and zoom counts into that. So the bar has a length of its own. Where it is let go far from where it was, it says which
// part of the table; while it moves a little, as a wheel turns it, the rows move by the same pixels. In between the bar is put where it
// belongs, which nobody sees, since the rows stand still.

/** The length of the bar at most, in px: at 200 % zoom on a screen of twice the pixels still short of what WebKit clips. */
export const longestBar = 8_000_000;

export interface Table {
  /** Height of all rows, in px. */
  rows: number;
  /** Height of what is in sight, in px. */
  view: number;
}

export interface Place {
  /** How far the bar is, as the element has it (its scrollTop). */
  bar: number;
  /** The first pixel of the rows that is in sight. */
  offset: number;
}

export function barLength({ rows }: Pick<Table, "rows">): number {
  return Math.min(rows, longestBar);
}

function room(table: Table): { bar: number; offset: number } {
  return { bar: Math.max(0, barLength(table) - table.view), offset: Math.max(0, table.rows - table.view) };
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}

/** Where the bar belongs when these pixels are in sight. */
export function placeAt(offset: number, table: Table): Place {
  const most = room(table);
  const there = within(offset, most.offset);
  if (there === 0 || there === most.offset) return { bar: there === 0 ? 0 : most.bar, offset: there };
  const bar = Math.round((there / most.offset) * most.bar);
  // An end of the bar says that there is nothing more, so it stays a pixel away until there is not.
  return { bar: most.bar < most.offset ? Math.min(most.bar - 1, Math.max(1, bar)) : bar, offset: there };
}

/** What is in sight after the bar was moved. Its own place is another one where an end was reached too early. */
export function moved(before: Place, bar: number, table: Table): Place {
  const most = room(table);
  const by = bar - before.bar;
  if (most.bar === most.offset) return { bar, offset: within(bar, most.offset) };
  // A pixel of the thumb is thousands of the bar; no wheel turns as far as a view at once.
  if (Math.abs(by) > 1.5 * table.view)
    return { bar, offset: within(Math.round((bar / most.bar) * most.offset), most.offset) };
  const offset = within(before.offset + by, most.offset);
  return bar <= 0 || bar >= most.bar ? placeAt(offset, table) : { bar, offset };
}

/** The first and the last row of which something is in sight; [0, 0] where there is none. */
export function rowsAt(offset: number, rowHeight: number, { rows, view }: Table): [first: number, last: number] {
  const end = Math.max(0, Math.min(rows, offset + view) - 1);
  return [Math.min(Math.floor(offset / rowHeight), Math.floor(end / rowHeight)), Math.floor(end / rowHeight)];
}

/** The pixels to show so that a row is in sight, moving as little as possible. */
export function offsetFor(row: number, rowHeight: number, offset: number, view: number): number {
  const top = row * rowHeight;
  if (top < offset) return top;
  return top + rowHeight > offset + view ? top + rowHeight - view : offset;
}
