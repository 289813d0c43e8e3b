// Serves a page with AG Grid and the people of a CSV file, in windows of rows as its infinite row model asks for them.
//   node serve.mjs AG_GRID_FOLDER PEOPLE.csv
// Its address is the first line of the output; it ends with its standard input.
import { openSync, readSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

const [folder, csv] = process.argv.slice(2);
const file = openSync(csv, "r");
const ends = lineEnds();
const head = cells(line(0));
const total = ends.length - 1;

const page = `<!doctype html>
<meta charset="utf-8">
<title>AG Grid</title>
<style>#grid { position: absolute; left: 218px; top: 112px; right: 0; bottom: 28px; }</style>
<script src="/ag-grid-community.min.js"></script>
<div id="grid"></div>
<script src="/grid.js"></script>`;

/** The columns that our table has, too. */
const grid = `const field = (name, width) => ({ colId: name, field: name, headerName: name, width });
window.__grid = agGrid.createGrid(document.getElementById("grid"), {
  columnDefs: [field("name", 150), field("title", 180), field("company", 140), field("city", 120), field("seniority", 90),
    field("email_status", 120), field("phone", 110), field("linkedin_url", 110)],
  rowModelType: "infinite", cacheBlockSize: 200, rowHeight: 32, headerHeight: 32, infiniteInitialRowCount: ${total},
  datasource: {
    rowCount: ${total},
    getRows: ({ startRow, endRow, successCallback, failCallback }) =>
      fetch("/rows?from=" + startRow + "&to=" + endRow).then((answer) => answer.json())
        .then((rows) => successCallback(rows, ${total}), failCallback),
  },
});`;

const texts = {
  "/": ["text/html", page],
  "/grid.js": ["text/javascript", grid],
  "/ag-grid-community.min.js": ["text/javascript", readFileSync(`${folder}/dist/ag-grid-community.min.js`)],
};
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const known = texts[pathname];
  if (known) return response.writeHead(200, { "content-type": known[0] }).end(known[1]);
  if (pathname !== "/rows") return response.writeHead(404).end();
  const [from, to] = ["from", "to"].map((name) => Number(searchParams.get(name)));
  const numbers = Array.from({ length: Math.min(to, total) - from }, (_, at) => from + at + 1);
  const rows = numbers.map((number) => Object.fromEntries(cells(line(number)).map((cell, at) => [head[at], cell])));
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(rows));
});
// The benchmark that started it reads the address from the output.
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
process.stdin.resume().on("end", () => process.exit(0));

/** Where each line ends. No value of the made-up people holds a line break. */
function lineEnds() {
  const [found, chunk] = [[], Buffer.alloc(1 << 20)];
  for (let at = 0, read = 1; read > 0; at += read) {
    read = readSync(file, chunk, 0, chunk.length, at);
    for (let end = chunk.indexOf(10); end >= 0 && end < read; end = chunk.indexOf(10, end + 1)) found.push(at + end);
  }
  return found;
}

function line(number) {
  const begin = number === 0 ? 0 : ends[number - 1] + 1;
  const text = Buffer.alloc(ends[number] - begin);
  readSync(file, text, 0, text.length, begin);
  return text.toString().trimEnd();
}

/** The values of a record, with or without quotes. */
function cells(record) {
  return [...record.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}
