// Cached searches in the real window: from the click on a persona whose answer is kept to its rows, painted; and, in turns with them, the
// bare call that brings the same answer.
//   node searching.mjs BINARY
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { nanoseconds, tell, Window } from "./driver.mjs";

/** How the personas of this benchmark are called; each was searched for before. */
const named = "Bench ";
/** Between two clicks, in ms. */
const rest = 200;

const window = await Window.open(process.argv[2]);
await window.until("document.querySelector('fieldset input[name=shown]') !== null");
await window.run("document.querySelector('fieldset input[name=shown]').click();");
await window.run(readFileSync(new URL("watch.js", import.meta.url), "utf8"));
const workspace = await window.run("return new URLSearchParams(location.search).get('w');");
const all = await call("personas_list", { workspace });
const personas = all.filter(({ name }) => name.startsWith(named));
if (personas.length === 0) throw new Error(`no persona is called ${named}…`);

const [search, later, bare] = [[], [], []];
for (const [at, { id, name, filters }] of personas.entries()) {
  const css = `[data-testid=persona-list] button[title="${name}"]`;
  if (at > 0) await window.run("window.__watch.next('click');");
  await window.click(css);
  // The first one only leads here.
  if (at === 0) {
    await window.until("document.querySelector('[role=grid]')?.ariaBusy === null");
    await pause(rest);
    continue;
  }
  const times = await window.run("return window.__painted;");
  await pause(rest);
  search.push(nanoseconds(times.painted));
  later.push(nanoseconds(times.later));
  const input = { persona_id: id, filters, page: 1, page_size: 50 };
  const took = await window.run(
    `const begun = performance.now();
     return window.__TAURI_INTERNALS__.invoke("search_peek", arguments[0]).then((answer) => [performance.now() - begun, answer?.people.length ?? 0]);`,
    { workspace, input },
  );
  if (took[1] === 0) throw new Error(`the answer to “${name}” was not kept`);
  bare.push(nanoseconds(took[0]));
  await pause(rest);
}
tell("search", search);
tell("later", later);
tell("bare", bare);
await window.close();

async function call(command, given) {
  return window.run("return window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]);", command, given);
}
