// Keys of the search field, numbered as they are pressed: what was asked for an older one need not be answered any more.
import { toFailure } from "../backend/failure";

let newest = { text: "", number: 0 };

/** Takes note of what stands in the search field of the table in sight. */
export function typed(text: string): void {
  // Later than any key of the window before it was loaded anew, and later than the last also when the clock was set back.
  if (newest.text !== text) newest = { text, number: Math.max(newest.number + 1, Date.now()) };
}

/**
 * Asks for what was typed, under its number; null where nobody typed. Who left a text and came back to it while the answer was under
 * way has it asked again under the newer number.
 */
export async function askTyped<T>(text: string, ask: (keystroke: number | null) => Promise<T>): Promise<T> {
  const asked = newest;
  try {
    return await ask(asked.number || null);
  } catch (thrown) {
    const left = newest === asked || newest.text !== text || toFailure(thrown).code !== "superseded";
    if (left) throw thrown;
    return askTyped(text, ask);
  }
}
