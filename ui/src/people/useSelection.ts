// Who is picked, kept for each table while the app runs: whoever comes back to a table finds them picked. The order does not count: the
// same people in another order are the same table.
import { useCallback, useSyncExternalStore } from "react";
import type { PeopleView, TenantId } from "../backend/types";
import { noneSelected, type Selection } from "./selection";

const most = 200;
const kept = new Map<string, Selection>();
const watchers = new Set<() => void>();

export interface Selected {
  selection: Selection;
  select: (selection: Selection) => void;
}

export function tableName(workspace: TenantId, viewed: PeopleView | null): string {
  return JSON.stringify([workspace, viewed && { ...viewed, sort: [] }]);
}

export function keepSelection(table: string, selection: Selection): void {
  kept.delete(table);
  if (selection !== noneSelected) kept.set(table, selection);
  const oldest = kept.size > most ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  for (const watcher of watchers) watcher();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useSelection(workspace: TenantId, viewed: PeopleView | null): Selected {
  const table = tableName(workspace, viewed);
  const selection = useSyncExternalStore(subscribe, () => kept.get(table) ?? noneSelected);
  const select = useCallback((next: Selection) => keepSelection(table, next), [table]);
  return { selection, select };
}
