// Scrolls a table of everybody by wheel, thumb and PageDown, the same way whichever table it is, and counts the frames.
//   node scrolling.mjs ours BINARY
//   node scrolling.mjs theirs BINARY ADDRESS    the page at ADDRESS, in the same webview
// Tells where on the screen names stand, and before and after each way of scrolling that it begins and ends: what is on the screen
// meanwhile is looked at from outside.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { nanoseconds, pageDown, tell, Window } from "./driver.mjs";

/** What each table calls its parts. `focus` gives it the keyboard. */
const tables = {
  ours: {
    scroller: "[data-testid=grid]",
    name: "[data-cell='0/0']",
    rows: "[data-testid=grid] [role=row]",
    focus: "document.getElementById('people').focus();",
  },
  theirs: {
    scroller: ".ag-grid-viewport",
    name: ".ag-row [col-id=name]",
    rows: ".ag-row[role=row]",
    focus: "window.__grid.setFocusedCell(0, 'name');",
  },
};
// Times in ms.
const wheel = { notches: 300, every: 16 };
const thumb = { takes: 5_000 };
const pages = { keys: 100, every: 33 };

const [whose, binary, address] = process.argv.slice(2);
const table = tables[whose];
const window = await Window.open(binary);
if (address) await window.go(address);
else await window.showEverybody();
await window.until("(document.querySelector(arguments[0])?.innerText ?? '') !== ''", table.name);
await pause(1_000);
const [left, top, width] = await window.run(
  "const { left, top, width } = document.querySelector(arguments[0]).getBoundingClientRect(); return [left, top, width];",
  table.name,
);
tell("area", [left, top, width]);

await scrolled("wheel", async () => {
  const { notches, every } = wheel;
  const turn = ["mousemove", left + 300, top + 200, "click", "--repeat", notches, "--delay", every, 5];
  const [code] = await once(spawn("xdotool", turn.map(String), { stdio: "inherit" }), "exit");
  if (code !== 0) throw new Error("xdotool could not turn the wheel");
});
await scrolled("thumb", async () => {
  await window.run(
    `const [css, takes] = arguments;
     const scroller = document.querySelector(css);
     const begun = performance.now();
     return new Promise((done) => {
       const step = () => {
         const way = Math.min(1, (performance.now() - begun) / takes);
         scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * way;
         if (way < 1) requestAnimationFrame(step);
         else requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
       };
       step();
     });`,
    table.scroller,
    thumb.takes,
  );
});
await pause(1_000);
const isLast = "[...document.querySelectorAll(arguments[0])].some((row) => row.ariaRowIndex === document.querySelector('[aria-rowcount]').ariaRowCount)";
tell("last_row", [(await window.run(`return ${isLast};`, table.rows)) ? 1 : 0]);
await window.run("document.querySelector(arguments[0]).scrollTop = 0;", table.scroller);
await pause(500);
await window.run(table.focus);
await scrolled("page_down", () => window.repeat(pageDown, pages.keys, pages.every));
await window.close();

async function scrolled(how, scroll) {
  await window.run(
    `window.__frames = [];
     const note = (at) => {
       window.__frames?.push(at);
       if (window.__frames) requestAnimationFrame(note);
     };
     requestAnimationFrame(note);`,
  );
  tell(`begin_${how}`, [0]);
  await scroll();
  tell(`end_${how}`, [0]);
  const frames = await window.run("const frames = window.__frames; window.__frames = null; return frames;");
  // Between one frame and the next.
  tell(how, frames.slice(1).map((at, frame) => nanoseconds(at - frames[frame])));
  await pause(500);
}
