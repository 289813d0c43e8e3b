// Keys in the search field of the real window, over everybody: from each key to the rows that it finds, painted.
//   node typing.mjs BINARY
// Leaves the window at everybody, which the next start then opens.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { nanoseconds, tell, Window } from "./driver.mjs";

const field = "#find-people";
/** Between two keys, in ms: somebody who types fast. */
const rest = 100;
/** After so long, in ms, a key is taken to have changed nothing. */
const enough = 3_000;
/** So long, in ms, the first search of all may read what is searched. */
const patience = 50_000;

// Letters that begin a word of the made-up people, and texts that find somebody to their last letter. What was found once is there at
// once: each letter alone is typed for a figure only the first time.
const letters = [..."bcdefghijklmnopqrstuvwz"];
const texts = ["ana berlin", "sørensen", "vp sales dach", "müller köln", "chief financial", "northwind 41", "founder austin"];

const window = await Window.open(process.argv[2]);
await window.showEverybody();
await empty();
await window.run(readFileSync(new URL("watch.js", import.meta.url), "utf8"));

const times = { one_letter: [], further: [], later: [], changed: [], unchanged: [0] };
// The first search of all reads what is searched; it is told for itself.
const first = await pressed("a", patience);
if (first === null) throw new Error("the first letter finds everybody");
tell("first_search", [nanoseconds(first.painted)]);
await empty();
for (const letter of letters) {
  keep("one_letter", await pressed(letter));
  await empty();
}
for (const text of texts) {
  for (const [at, letter] of [...text].entries()) {
    // A space changes nothing that is found.
    if (letter === " ") await window.type(field, letter);
    else if (at === 0) await pressed(letter);
    else keep("further", await pressed(letter));
  }
  await empty();
}
for (const [name, values] of Object.entries(times)) tell(name, values);
await window.until("location.search.includes('show=everyone')");
// A moment after the last change the window keeps where it is.
const workspace = await window.run("return new URLSearchParams(location.search).get('w');");
await window.until(
  "window.__TAURI_INTERNALS__.invoke('view_load', { workspace: arguments[0] }).then((view) => view.includes('show=everyone') && !view.includes('find='))",
  workspace,
);
await window.close();

async function pressed(letter, within = enough) {
  await window.run("window.__watch.next('keydown');");
  await window.type(field, letter);
  const found = await window.run("return Promise.race([window.__painted, new Promise((done) => setTimeout(done, arguments[0], null))]);", within);
  await pause(rest);
  return found;
}

/** What a key did; one that finds the same people changes nothing that could be timed, and is counted. */
function keep(name, found) {
  if (found === null) {
    times.unchanged[0] += 1;
    return;
  }
  const { changed, painted, later } = found;
  times[name].push(nanoseconds(painted));
  times.later.push(nanoseconds(later));
  times.changed.push(nanoseconds(changed));
}

async function empty() {
  await window.run("document.querySelector('[role=search] button')?.click();");
  await window.until("document.querySelector(\"section[aria-label='Narrowed by']\") === null && document.querySelector('[role=grid]')?.ariaBusy === null");
  await pause(rest);
}
