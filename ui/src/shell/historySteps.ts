// Whether there is a place to go back or forward to. Each step of the history carries its number in its own state, so that it is known
// after any jump; a reload keeps the number, but not how far one could go forward.
import { useSyncExternalStore } from "react";

let here = 0;
let furthest = 0;
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
  const push = history.pushState.bind(history);
  history.pushState = (state: unknown, unused: string, url?: string | URL | null) => {
    here += 1;
    furthest = here;
    push({ ...(state as object | null), step: here }, unused, url);
    moved();
  };
  window.addEventListener("popstate", ({ state }) => {
    here = stepOf(state);
    furthest = Math.max(furthest, here);
    moved();
  });
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
