// What the workspace's file keeps of its window, as one text: the address it was left at, how the columns of each persona's table stand,
// how its tables were left, and the steps of back and forward. The columns lie beside the address and not in it: back and forward go
// through what was looked at, not through widths of columns. They are not part of the persona itself, which is shared and saved for what
// it asks.
import { type Layout, layoutFrom } from "../people/layout";
import { type Address, writeAddress } from "./address";

/** By the persona or starter that a table is of. */
export type Layouts = Readonly<Record<string, Layout>>;

/** What is kept of a window besides its address. */
export interface Kept {
  layouts: Layouts;
  /** How its tables were left. */
  left: unknown;
  /** The addresses that back and forward go through, and which of them is the window's. */
  steps: Steps | null;
}

export interface Steps {
  addresses: string[];
  at: number;
}

const part = "kept";
const nothingKept: Kept = { layouts: {}, left: [], steps: null };

export function viewText(address: Address, kept: Kept): string {
  const text = writeAddress(address);
  const isEmpty = text === "" || text === "?";
  return `${isEmpty ? "?" : `${text}&`}${part}=${encodeURIComponent(JSON.stringify(kept))}`;
}

export function keptIn(text: string | null): Kept {
  const kept = new URLSearchParams(text ?? "").get(part);
  if (kept === null) return nothingKept;
  try {
    const { layouts, left, steps } = JSON.parse(kept) as Record<string, unknown>;
    const tables = Object.entries((layouts ?? {}) as object);
    return {
      layouts: Object.fromEntries(tables.map(([table, layout]) => [table, layoutFrom(layout)])),
      left,
      steps: isSteps(steps) ? steps : null,
    };
  } catch {
    // Nothing of it is worth a message: the window opens as usual.
    return nothingKept;
  }
}

function isSteps(steps: unknown): steps is Steps {
  const { addresses, at } = (steps ?? {}) as Partial<Steps>;
  return (
    Array.isArray(addresses) && addresses.every((one) => typeof one === "string") && addresses[at ?? -1] !== undefined
  );
}

/** The name of the table that an address shows: everyone's is no persona's. */
export function tableOf({ show, persona, starter }: Pick<Address, "show" | "persona" | "starter">): string {
  if (show === "everyone") return "everyone";
  return persona ?? (starter === null ? "new" : `starter ${starter}`);
}
