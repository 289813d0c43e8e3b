import { expect, test } from "vitest";
import { copiedCell, copiedTable } from "./copying";

test("rows are copied as lines of a spreadsheet and as a table", () => {
  const { text, html } = copiedTable(["Name", "Title"], [["Ana Keil", "VP Sales"]]);
  expect(text).toBe("Name\tTitle\r\nAna Keil\tVP Sales");
  expect(html).toBe(
    "<table><thead><tr><th>Name</th><th>Title</th></tr></thead><tbody><tr><td>Ana Keil</td><td>VP Sales</td></tr></tbody></table>",
  );
});

test("tabs and lines within a cell do not become cells", () => {
  expect(copiedTable(["Name"], [["Ana\tKeil\r\nBo"]]).text).toBe("Name\r\nAna Keil Bo");
});

test("what a spreadsheet would calculate is disarmed, phones are not", () => {
  const cells = ["=cmd|' /C calc'!A0", "@SUM(A1)", "+1+1", "-2-3", "+49 221 555 0001", "Ana"];
  expect(copiedTable([], [cells]).text.split("\r\n")[1]?.split("\t")).toEqual([
    "'=cmd|' /C calc'!A0",
    "'@SUM(A1)",
    "'+1+1",
    "'-2-3",
    "+49 221 555 0001",
    "Ana",
  ]);
  expect(copiedTable([], [["=1+1"]]).html).toContain("<td>'=1+1</td>");
});

test("a cell by itself is disarmed, too", () => {
  expect(copiedCell('=HYPERLINK("x")')).toEqual({
    text: '\'=HYPERLINK("x")',
    html: "'=HYPERLINK(&quot;x&quot;)",
  });
});

test("a quote at the beginning of a cell takes nothing of the next one", () => {
  expect(copiedTable(["Name", "Title"], [['"Bo" Lund', 'VP "Sales"']]).text).toBe(
    'Name\tTitle\r\n"""Bo"" Lund"\tVP "Sales"',
  );
});

test("markup is copied as text", () => {
  expect(copiedCell("<b>Bob</b> & co")).toEqual({ text: "<b>Bob</b> & co", html: "&lt;b&gt;Bob&lt;/b&gt; &amp; co" });
});
