// The tabs that are open, by workspace, and which workspace is in sight. The address that its tab shows stands in the window's own
// address, so that a reload finds it; the window's history is left alone, since every tab has its own.
import { useSyncExternalStore } from "react";
import type { TenantId } from "../backend/types";
import { addressIn, shownTab, type Tab, type Tabs, wentBy } from "./tabs";

/** So long after a change, in ms, the window's address is written: what changed is drawn first, and WebKit throws after 100 writes in 10 s. */
const writeAfterMs = 200;

const byWorkspace = new Map<TenantId, Tabs>();
let inSight: TenantId = "";
const watchers = new Set<() => void>();

export function workspaceInSight(): TenantId {
  return inSight;
}

export function watchTabs(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Undefined for a workspace that was not opened yet. */
export function tabsOf(workspace: TenantId): Tabs | undefined {
  return byWorkspace.get(workspace);
}

export function showWorkspace(workspace: TenantId, tabs: Tabs): void {
  inSight = workspace;
  byWorkspace.set(workspace, tabs);
  told();
}

/** It is removed: should one of the same name come back, it is another one. */
export function forgetTabs(workspace: TenantId): void {
  byWorkspace.delete(workspace);
}

export function changeTabs(workspace: TenantId, change: (tabs: Tabs) => Tabs): void {
  const before = byWorkspace.get(workspace);
  if (before === undefined) return;
  const after = change(before);
  if (after === before) return;
  byWorkspace.set(workspace, after);
  told();
}

function told(): void {
  writeSoon();
  for (const watcher of watchers) watcher();
}

let writing: ReturnType<typeof setTimeout> | undefined;

function writeSoon(): void {
  writing ??= setTimeout(writeAddressNow, writeAfterMs);
}

function writeAddressNow(): void {
  clearTimeout(writing);
  writing = undefined;
  const tabs = byWorkspace.get(inSight);
  if (tabs) history.replaceState(null, "", addressIn(shownTab(tabs)));
}

/** Called once, before anything is drawn. */
export function startTabs(workspace: TenantId, tabs: Tabs): void {
  showWorkspace(workspace, tabs);
  writeAddressNow();
  window.addEventListener("pagehide", writeAddressNow);
}

/** The tabs of the workspace in sight. */
export function tabsInSight(): Tabs {
  const tabs = byWorkspace.get(inSight);
  if (tabs === undefined) throw new Error("no workspace is in sight yet");
  return tabs;
}

export function useWorkspaceInSight(): TenantId {
  return useSyncExternalStore(watchTabs, workspaceInSight);
}

export function useTabs(): { workspace: TenantId; tabs: Tabs; tab: Tab } {
  const workspace = useWorkspaceInSight();
  const tabs = useSyncExternalStore(watchTabs, tabsInSight);
  return { workspace, tabs, tab: shownTab(tabs) };
}

/** Back and forward in the tab in sight. */
export function useHistorySteps() {
  const { workspace, tab } = useTabs();
  const by = (steps: 1 | -1) => () => changeTabs(workspace, (tabs) => wentBy(tabs, tab.id, steps));
  return {
    canBack: tab.at > 0,
    canForward: tab.at < tab.steps.length - 1,
    back: by(-1),
    forward: by(1),
  };
}
