// What was done in each workspace since the app was started: what stood in the news, and what Apollo was asked. Each deed that can be
// undone is undone once, from its news, from the list, or by the key for the last one. It is nowhere but in memory, and no workspace's
// deeds are another's.
import { useSyncExternalStore } from "react";
import type { TenantId } from "../backend/types";

export interface Deed {
  id: number;
  /** When, in ms since 1970. */
  at: number;
  title: string;
  detail: string | null;
  /** Null where it cannot be undone, or no longer. */
  undo: (() => void) | null;
  undone: boolean;
}

/** The oldest make way for what is newer. */
const most = 500;

const none: readonly Deed[] = [];
const byWorkspace = new Map<TenantId, readonly Deed[]>();
const watchers = new Set<() => void>();
let made = 0;

/** The newest first. */
export function deedsOf(workspace: TenantId): readonly Deed[] {
  return byWorkspace.get(workspace) ?? none;
}

function put(workspace: TenantId, deeds: readonly Deed[]): void {
  byWorkspace.set(workspace, deeds);
  for (const watcher of watchers) watcher();
}

interface Done {
  title: string;
  detail?: string | undefined;
  undo?: (() => void) | undefined;
}

/** Answers the deed's id. */
export function note(workspace: TenantId, { title, detail, undo }: Done, now = Date.now()): number {
  made += 1;
  const deed: Deed = { id: made, at: now, title, detail: detail ?? null, undo: undo ?? null, undone: false };
  put(workspace, [deed, ...deedsOf(workspace)].slice(0, most));
  return made;
}

/** Whether it could be undone. */
export function undoDeed(workspace: TenantId, id: number): boolean {
  const deeds = deedsOf(workspace);
  const deed = deeds.find((one) => one.id === id);
  if (!deed?.undo) return false;
  put(
    workspace,
    deeds.map((one) => (one === deed ? { ...one, undo: null, undone: true } : one)),
  );
  deed.undo();
  return true;
}

/** Undoes this one and all that was done after it, the newest first. */
export function undoBackTo(workspace: TenantId, id: number): void {
  for (const deed of deedsOf(workspace)) if (deed.id >= id) undoDeed(workspace, deed.id);
}

export function lastUndoable(deeds: readonly Deed[]): Deed | undefined {
  return deeds.find(({ undo }) => undo !== null);
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useDeeds(workspace: TenantId): readonly Deed[] {
  return useSyncExternalStore(subscribe, () => deedsOf(workspace));
}
