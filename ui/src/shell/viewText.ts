// What the workspace's file keeps of its window, as one text: the address it was left at, and how the columns of each persona's table
// stand. They lie beside the address and not in it: back and forward go through what was looked at, not through widths of columns. They
// are not part of the persona itself, which is shared and saved for what it asks.
import { type Layout, layoutFrom } from "../people/layout";
import { type Address, writeAddress } from "./address";

/** By the persona or starter that a table is of. */
export type Layouts = Readonly<Record<string, Layout>>;

const part = "tables";

export function viewText(address: Address, layouts: Layouts): string {
  const text = writeAddress(address);
  if (Object.keys(layouts).length === 0) return text;
  const tables = encodeURIComponent(JSON.stringify(layouts));
  return `${text}${text === "" || text === "?" ? "?" : "&"}${part}=${tables}`;
}

export function layoutsIn(text: string | null): Layouts {
  const kept = new URLSearchParams(text ?? "").get(part);
  if (kept === null) return {};
  try {
    const tables = JSON.parse(kept) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(tables).map(([table, layout]) => [table, layoutFrom(layout)]));
  } catch {
    // No layout is worth a message: the columns stand as usual.
    return {};
  }
}

/** The name of the table that an address shows: everyone's is no persona's. */
export function tableOf({ show, persona, starter }: Pick<Address, "show" | "persona" | "starter">): string {
  if (show === "everyone") return "everyone";
  return persona ?? (starter === null ? "new" : `starter ${starter}`);
}
