// What stands typed in a field of the editor and is no value of it: a size from 20 to 10, an industry that is not in the list. Searching
// and saving wait until it is mended or cleared, so that nothing typed is left out in silence, least of all from a search that costs.
import { useEffect, useRef, useSyncExternalStore } from "react";
import { tell } from "../shared/toasts";
import { texts } from "../texts/texts";

let sentences: ReadonlyMap<string, string> = new Map();
const watchers = new Set<() => void>();

function put(field: string, sentence: string): void {
  if ((sentences.get(field) ?? "") === sentence) return;
  const next = new Map(sentences);
  if (sentence === "") next.delete(field);
  else next.set(field, sentence);
  sentences = next;
  for (const watcher of watchers) watcher();
}

/** Reports what is wrong with what is typed in a field; empty when nothing is. A field that goes away says what went with it. */
export function useReportUnfinished(field: string, sentence: string): void {
  const latest = useRef(sentence);
  latest.current = sentence;
  useEffect(() => put(field, sentence), [field, sentence]);
  useEffect(
    () => () => {
      put(field, "");
      if (latest.current !== "") tell({ title: texts.personas.fields.leftOut, detail: latest.current });
    },
    [field],
  );
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Whether some field holds what cannot be searched or saved. */
export function useUnfinished(): boolean {
  return useSyncExternalStore(subscribe, () => sentences).size > 0;
}

/** Puts the cursor where something is to be mended; what is wrong stands there. */
export function goToUnfinished(): void {
  document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
