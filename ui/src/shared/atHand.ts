// What is to be drawn is asked for first, and drawn once with its answer: a table that is drawn once to say that it waits and again with
// its rows takes twice as long. What does not come within a glance is drawn as waited for.
/** In ms. */
const glance = 80;

const newest = new Map<string, number>();

/** Does `draw` when `asked` has come or failed, or when a glance has passed; unless a later one of the same `kind` was begun by then. */
export async function drawWith(kind: string, asked: Promise<unknown>, draw: () => void): Promise<void> {
  const mine = (newest.get(kind) ?? 0) + 1;
  newest.set(kind, mine);
  const passed = new Promise((done) => setTimeout(done, glance));
  // What failed is asked for again by whoever draws it, and told there.
  await Promise.race([asked.catch(() => undefined), passed]);
  if (newest.get(kind) === mine) draw();
}
