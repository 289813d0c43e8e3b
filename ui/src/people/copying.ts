// People as what is put on the clipboard: rows for a spreadsheet, and a table for a letter. What a spreadsheet would calculate is
// disarmed as in the exports for Excel.

export interface Copied {
  text: string;
  html: string;
}

/** `rows` without the head; with one row of one cell there is none. */
export function copiedTable(head: readonly string[], rows: readonly (readonly string[])[]): Copied {
  const lines = [head, ...rows];
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${escaped(disarmed(cell))}</${tag}>`);
  const [first = "", ...rest] = lines.map((row, at) => `<tr>${cells(at === 0 ? "th" : "td", row).join("")}</tr>`);
  return {
    text: lines.map((row) => row.map((cell) => quoted(disarmed(flat(cell)))).join("\t")).join("\r\n"),
    html: `<table><thead>${first}</thead><tbody>${rest.join("")}</tbody></table>`,
  };
}

export function copiedCell(cell: string): Copied {
  return { text: disarmed(cell), html: escaped(disarmed(cell)) };
}

/** Digits in groups after a plus: text to a spreadsheet. */
const phone = /^\+\d+( \d+)+$/;

function disarmed(cell: string): string {
  return /^[=@+\-\t\r]/.test(cell) && !phone.test(cell) ? `'${cell}` : cell;
}

/** A quote at the beginning of a cell would take the cells after it into that one. */
function quoted(cell: string): string {
  return cell.startsWith('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function flat(cell: string): string {
  return cell.replace(/[\t\r\n]+/g, " ");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
