// What the workspace's file keeps of its window, as one text: the address it was left at, how the columns of each persona's table stand,
// how its tables were left, and its tabs with their steps of back and forward. The columns lie beside the address and not in it: back and forward go
// through what was looked at, not through widths of columns. They are not part of the persona itself, which is shared and saved for what
// it asks.
import { type Layout, layoutFrom } from "../people/layout";
import type { Address } from "./address";

/** By the persona or starter that a table is of. */
export type Layouts = Readonly<Record<string, Layout>>;

/** What is kept of a window besides its address. */
export interface Kept {
  layouts: Layouts;
  /** How its tables were left. */
  left: unknown;
  /** Its tabs. */
  tabs: unknown;
}

const part = "kept";
const nothingKept: Kept = { layouts: {}, left: [], tabs: null };

/** `address` as address.ts writes it. */
export function viewText(address: string, kept: Kept): string {
  const isEmpty = address === "" || address === "?";
  return `${isEmpty ? "?" : `${address}&`}${part}=${encodeURIComponent(JSON.stringify(kept))}`;
}

export function keptIn(text: string | null): Kept {
  const kept = new URLSearchParams(text ?? "").get(part);
  if (kept === null) return nothingKept;
  try {
    const { layouts, left, tabs } = JSON.parse(kept) as Record<string, unknown>;
    const columns = Object.entries((layouts ?? {}) as object);
    return {
      layouts: Object.fromEntries(columns.map(([table, layout]) => [table, layoutFrom(layout)])),
      left,
      tabs,
    };
  } catch {
    // Nothing of it is worth a message: the window opens as usual.
    return nothingKept;
  }
}

/** The name of the table that an address shows: everyone's is no persona's. */
export function tableOf({ show, persona, starter }: Pick<Address, "show" | "persona" | "starter">): string {
  if (show === "everyone") return "everyone";
  return persona ?? (starter === null ? "new" : `starter ${starter}`);
}
