// The steps of back and forward: whether there is a place to go to, and which they are, so that they are there again after a restart.
// Each step of the history carries its number in its own state, so that it is known after any jump; a reload keeps the number, but not
// how far one could go forward.
import { useSyncExternalStore } from "react";
import type { Steps } from "./viewText";

/** So many steps are kept over a restart. */
const mostKept = 30;

let here = 0;
let furthest = 0;
/** The addresses by number, as far as they are known. */
let addresses: string[] = [];
const watchers = new Set<() => void>();

function stepOf(state: unknown): number {
  const step = (state as { step?: unknown } | null)?.step;
  return typeof step === "number" ? step : 0;
}

function moved(): void {
  for (const watcher of watchers) watcher();
}

/** Called once, before the first step is made. What replaces a step keeps its state, and with it its number. */
export function countSteps(): void {
  here = stepOf(history.state);
  furthest = here;
  addresses[here] = location.search;
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  history.pushState = (state: unknown, unused: string, url?: string | URL | null) => {
    here += 1;
    furthest = here;
    push({ ...(state as object | null), step: here }, unused, url);
    addresses = addresses.slice(0, here);
    addresses[here] = location.search;
    moved();
  };
  history.replaceState = (state: unknown, unused: string, url?: string | URL | null) => {
    replace({ ...(state as object | null), step: here }, unused, url);
    addresses[here] = location.search;
  };
  window.addEventListener("popstate", ({ state }) => {
    here = stepOf(state);
    furthest = Math.max(furthest, here);
    moved();
  });
}

/** Makes the steps of the window as it was last. Called before anything is drawn, in a history that has none yet. */
export async function takeStepsAgain({ addresses: before, at }: Steps): Promise<void> {
  const [first = location.search, ...others] = before;
  history.replaceState(history.state, "", first);
  for (const address of others) history.pushState(null, "", address);
  if (at === before.length - 1) return;
  await new Promise<void>((done) => {
    window.addEventListener("popstate", () => done(), { once: true });
    history.go(at - (before.length - 1));
  });
}

/** The newest steps, to be stored; null where not all of them are known, as after a reload. */
export function stepsSoFar(): Steps | null {
  const from = Math.max(0, here - mostKept);
  const kept = addresses.slice(from, from + 2 * mostKept);
  return Object.keys(kept).length === kept.length && kept.length > 0 ? { addresses: kept, at: here - from } : null;
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useCanGo(): { back: boolean; forward: boolean } {
  const back = useSyncExternalStore(subscribe, () => here > 0);
  const forward = useSyncExternalStore(subscribe, () => here < furthest);
  return { back, forward };
}
