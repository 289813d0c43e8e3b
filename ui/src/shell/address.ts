// What belongs in the address of a tab, so that back and forward restore it: the workspace, the persona it began with, its filters, page, page
// size, sort, what narrows it, and which person or editor is open on the right. The address never spends anything: it only says what to look at.
import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsInteger,
  parseAsNativeArrayOf,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs";
import { useCallback, useSyncExternalStore } from "react";
import type { FiltersInput } from "../backend/types";
import { changeTabs, tabsInSight, useTabs, watchTabs, workspaceInSight } from "./openTabs";
import { addressIn, opened, rewritten, shownTab, stepped, tabOf } from "./tabs";

export const pageSizes = [10, 25, 50, 100] as const;
export const usualPageSize = 50;
export const lastPage = 500;
export const sortable = ["name", "title", "company", "place", "seniority", "email", "phone"] as const;
export const shownSets = ["page", "fetched", "everyone"] as const;

const texts = parseAsNativeArrayOf(parseAsString).withDefault([]);
const sorts = sortable.flatMap((column) => [column, `-${column}`] as const);

const addressParts = {
  w: parseAsString,
  /** The id of the saved persona that the filters began with. */
  persona: parseAsString,
  /** The name of the starter persona that the filters began with. */
  starter: parseAsString,
  /** The name being written for the persona; null while it is the one it has. */
  name: parseAsString,
  title: texts,
  seniority: texts,
  industry: texts,
  location: texts,
  size: texts,
  keywords: parseAsString.withDefault(""),
  page: parseAsInteger.withDefault(1),
  rows: parseAsNumberLiteral(pageSizes).withDefault(usualPageSize),
  /** Whom the table shows: the page, all that was fetched for these filters, or everyone in the workspace. */
  show: parseAsStringLiteral(shownSets).withDefault("page"),
  /** Columns, the most important first, with a minus in front for the other way round. */
  sort: parseAsArrayOf(parseAsStringLiteral(sorts)).withDefault([]),
  /** The words in the search field. */
  find: parseAsString.withDefault(""),
  /** Values chosen among facets, each as "facet:value". */
  only: texts,
  /** Whether the facets are in sight. */
  facets: parseAsStringLiteral(["open"]),
  person: parseAsString,
  pane: parseAsStringLiteral(["edit"]),
  /** A page in the place of the people. */
  at: parseAsStringLiteral(["settings", "guide", "ledger", "account", "activity"]),
  /** The left pane, where it is not as the width of the window has it. */
  side: parseAsStringLiteral(["folded", "open"]),
};

export type Address = inferParserType<typeof addressParts>;

export const readAddress = createLoader(addressParts);
export const writeAddress = createSerializer(addressParts);

/** Everything but the workspace, at its default. */
export const blank = {
  persona: null,
  starter: null,
  name: null,
  title: null,
  seniority: null,
  industry: null,
  location: null,
  size: null,
  keywords: null,
  page: null,
  rows: null,
  show: null,
  sort: null,
  find: null,
  only: null,
  person: null,
  pane: null,
  at: null,
} as const;

/** Parts that become others; null is the usual one. The workspace stays: each has tabs of its own. */
export type AddressChange = { [Part in Exclude<keyof Address, "w">]?: Address[Part] | null };

let last = { text: "", address: readAddress("") };

/** The same address for the same text, so that what is made of it is made once. */
export function addressFrom(text: string): Address {
  if (last.text !== text) last = { text, address: readAddress(new URLSearchParams(text)) };
  return last.address;
}

/** What opens on the right or in the place of the people has a left pane that was fetched over them fold away again. */
function withChange(text: string, change: AddressChange): string {
  const before = addressFrom(text);
  const opens = [change.pane, change.person, change.at].some((part) => part !== null && part !== undefined);
  const side = opens && before.side === "open" ? null : before.side;
  return writeAddress({ ...before, side, ...change });
}

/** The address of the tab in sight, and the way to change it: a step of that tab's history, whatever is in sight by then, unless the
 * step at hand is to become it. */
export function useAddress() {
  const { workspace, tab } = useTabs();
  const { id } = tab;
  const setAddress = useCallback(
    (change: AddressChange, { history = "push" }: { history?: "push" | "replace" } = {}) =>
      changeTabs(workspace, (tabs) => {
        const own = tabOf(tabs, id);
        if (own === undefined) return tabs;
        const go = history === "push" ? stepped : rewritten;
        return go(tabs, id, withChange(addressIn(own), change));
      }),
    [workspace, id],
  );
  return [addressFrom(addressIn(tab)), setAddress] as const;
}

/** The address of the tab in sight at this moment. */
export function addressInSight(): Address {
  return addressFrom(addressIn(shownTab(tabsInSight())));
}

/** Changes the address of the tab that is in sight at this moment, as a step of its history. */
export function changeAddress(change: AddressChange): void {
  changeTabs(workspaceInSight(), (tabs) => stepped(tabs, tabs.shown, withChange(addressIn(shownTab(tabs)), change)));
}

/** The address in sight as it would be with this change. */
export function addressWith(change: AddressChange): Address {
  return readAddress(new URLSearchParams(withChange(addressIn(shownTab(tabsInSight())), change)));
}

/** One part of that address: who looks at no other is not drawn anew for those. For parts that are no lists. */
export function useAddressPart<Part extends keyof Address>(part: Part): Address[Part] {
  return useSyncExternalStore(watchTabs, () => addressInSight()[part]);
}

/** Opens another tab behind the one in sight, at that one's address but for some parts. */
export function useOpenBehind(): (change: AddressChange) => void {
  const { workspace, tab } = useTabs();
  return (change) => changeTabs(workspace, (tabs) => opened(tabs, withChange(addressIn(tab), change), true));
}

export function filtersOf(address: Address): FiltersInput {
  return {
    titles: address.title,
    seniorities: address.seniority,
    industries: address.industry,
    locations: address.location,
    company_sizes: address.size,
    keywords: address.keywords,
  };
}

/** The part of an address that says these filters. */
export function addressOf(filters: FiltersInput) {
  return {
    title: filters.titles,
    seniority: filters.seniorities,
    industry: filters.industries,
    location: filters.locations,
    size: filters.company_sizes,
    keywords: filters.keywords,
  };
}

/** A page that can be asked for: 1 to 500, whatever the address says. */
export function pageOf(address: Address): number {
  return Math.min(lastPage, Math.max(1, address.page));
}
