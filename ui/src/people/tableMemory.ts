// How each table was left: how far it was scrolled, which cell had the tab stop, who was picked. Whoever comes back to it finds it so,
// also after a restart: the newest of these lie with the workspace's view. The order of the rows does not count, but where one stood in
// it does.
import type { PeopleView, Picked, TenantId } from "../backend/types";
import { noneSelected, type Selection } from "./selection";

export interface Left {
  /** Rows before the first one in sight, with the part of it that is not. */
  rows: number;
  /** Who had the tab stop, in which row and column. */
  cell: { id: string | null; row: number; column: number } | null;
  selection: Selection;
}

const nothing: Left = { rows: 0, cell: null, selection: noneSelected };

/** So many tables are remembered while the app runs, and so many of them after it. */
const most = 200;
const mostKept = 20;
/** A longer selection is not kept over a restart: it would be a second store of people. */
const mostIds = 2_000;

const tables = new Map<string, Left>();
const watchers = new Set<() => void>();

/** The name of a table in a tab of a workspace, whatever the order of its rows. */
export function tableKey({ workspace, tab }: { workspace: TenantId; tab: number }, viewed: PeopleView | null): string {
  return JSON.stringify([workspace, tab, viewed && { ...viewed, sort: [] }]);
}

export function leftAt(table: string): Left {
  return tables.get(table) ?? nothing;
}

export function remember(table: string, part: Partial<Left>): void {
  const before = leftAt(table);
  // The newest stands last.
  tables.delete(table);
  tables.set(table, { ...before, ...part });
  const oldest = tables.size > most ? tables.keys().next().value : undefined;
  if (oldest !== undefined) tables.delete(oldest);
  for (const watcher of watchers) watcher();
}

export function watchTables(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function isOf(workspace: TenantId, table: string): boolean {
  return table.startsWith(`${JSON.stringify([workspace]).slice(0, -1)},`);
}

export type KeptTable = [table: string, rows: number, cell: Left["cell"], picked: Picked];

/** The newest tables of a workspace, to be stored. */
export function keptTables(workspace: TenantId): KeptTable[] {
  const own = [...tables].filter(([table]) => isOf(workspace, table));
  return own.slice(-mostKept).map(([table, { rows, cell, selection }]) => {
    const { kind, ids } = selection.ids.size > mostIds ? noneSelected : selection;
    return [table, rows, cell, { kind, ids: [...ids] }];
  });
}

/** Puts a workspace's stored tables back, unless they were already looked at. What is no table of it is left out. */
export function restoreTables(workspace: TenantId, stored: unknown): void {
  if (!Array.isArray(stored)) return;
  for (const one of stored) {
    const [table, rows, cell, picked] = one as KeptTable;
    if (typeof table !== "string" || typeof rows !== "number" || !Array.isArray(picked?.ids)) continue;
    if (!isOf(workspace, table) || tables.has(table)) continue;
    tables.set(table, { rows, cell, selection: { kind: picked.kind, ids: new Set(picked.ids) } });
  }
}
