// Who is picked in a table, and how that is changed.
import { useCallback, useSyncExternalStore } from "react";
import type { Selection } from "./selection";
import { leftAt, remember, watchTables } from "./tableMemory";

export interface Selected {
  selection: Selection;
  select: (selection: Selection) => void;
}

export function useSelection(table: string): Selected {
  const selection = useSyncExternalStore(watchTables, () => leftAt(table).selection);
  const select = useCallback((next: Selection) => remember(table, { selection: next }), [table]);
  return { selection, select };
}
