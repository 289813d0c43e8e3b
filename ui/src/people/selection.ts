// Who is picked in a table: by id, never by row, so that another order or new rows change nothing. Everybody is picked as a rule ("all
// but these"), since nobody reads a million ids.
import type { Picked } from "../backend/types";

export interface Selection {
  kind: Picked["kind"];
  ids: ReadonlySet<string>;
}

export const noneSelected: Selection = { kind: "only", ids: new Set() };
export const allSelected: Selection = { kind: "all_but", ids: new Set() };

export function isSelected({ kind, ids }: Selection, id: string): boolean {
  return ids.has(id) === (kind === "only");
}

/** How many are picked of a table with so many people. */
export function selectedCount({ kind, ids }: Selection, total: number): number {
  return kind === "only" ? ids.size : Math.max(0, total - ids.size);
}

export function toggled(selection: Selection, id: string): Selection {
  return withIds(selection, [id], !isSelected(selection, id));
}

/** Picks these people, or lets them go. */
export function withIds({ kind, ids }: Selection, these: readonly string[], picked = true): Selection {
  const next = new Set(ids);
  for (const id of these) {
    if (picked === (kind === "only")) next.add(id);
    else next.delete(id);
  }
  return { kind, ids: next };
}

/** As the store is told. */
export function pickedOf({ kind, ids }: Selection): Picked {
  return { kind, ids: [...ids] };
}
