// What belongs in the address, so that back and forward restore it: the workspace, the persona it began with, its filters, page, page
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
  throttle,
  useQueryStates,
} from "nuqs";
import type { FiltersInput } from "../backend/types";

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
  at: parseAsStringLiteral(["settings", "guide", "ledger", "account"]),
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

/** WebKit throws after 100 changes in 10 s: at most one in 200 ms. */
const options = { history: "push", limitUrlUpdates: throttle(200) } as const;

export function useAddress() {
  return useQueryStates(addressParts, options);
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
