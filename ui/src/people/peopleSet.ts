// Whom the table shows, as the address has it and as the people store is asked for it, and what that is called.
import type { PeopleCounts, PeopleSet, PeopleView, Sort } from "../backend/types";
import { isBlank, searchInput } from "../search/question";
import type { SearchView } from "../search/useSearchView";
import { type Address, sortable } from "../shell/address";
import { texts } from "../texts/texts";
import { choicesOf } from "./facetWords";

const words = texts.people;

export type Shown = Address["show"];

/** The parts of an address that say whom the table shows of them, and in which order. */
type Narrowing = Pick<Address, "show" | "find" | "only" | "sort">;

/** Null where there is nothing to show yet: no page was answered, or there are no filters. */
function setOf({ question, answer }: Pick<SearchView, "question" | "answer">, shown: Shown): PeopleSet | null {
  switch (shown) {
    case "everyone":
      return { kind: "everybody" };
    case "fetched":
      return isBlank(question.filters) ? null : { kind: "fetched", filters: question.filters };
    case "page":
      return answer === null || answer.people.length === 0
        ? null
        : { kind: "page", input: searchInput(question), endpoint: answer.endpoint };
  }
}

/** What the table asks the store for; null where there is nothing to show yet. */
export function viewedOf(
  view: Pick<SearchView, "question" | "answer">,
  { show, find, only, sort }: Narrowing,
): PeopleView | null {
  const set = setOf(view, show);
  return set === null ? null : { set, text: find.trim(), facets: choicesOf(only), sort: sortsOf(sort) };
}

/** The columns of the order, the most important first. */
export function sortsOf(sort: Address["sort"]): Sort[] {
  return sort.flatMap((text) => {
    const column = sortable.find((one) => one === text.replace(/^-/, ""));
    return column ? { column, descending: text.startsWith("-") } : [];
  });
}

/** The same as the address has it; a column stands in it once. */
export function addressOfSorts(sorts: readonly { id: string; desc: boolean }[]): Address["sort"] {
  return sorts.flatMap(({ id, desc }) => {
    const column = sortable.find((one) => one === id);
    return column ? (desc ? (`-${column}` as const) : column) : [];
  });
}

/** The choice in words; the count stands on it where it says more than the line above. */
export function shownWords(shown: Shown, counts: PeopleCounts | null): string {
  return shown === "fetched" && counts && counts.different > 0
    ? words.shown.fetchedOf(counts.different)
    : words.shown[shown];
}

/** What the table is called to whoever does not see it. */
export function tableName(shown: Shown): string {
  return words.tables[shown];
}

/** Where one stands: "3 of 50 on this page". */
export function placeWords(at: number, total: number, shown: Shown): string {
  return words.places[shown](at + 1, total);
}

/** How many rows and people there are: "300 fetched · 271 different people". */
export function fetchedWords({ fetched, different }: PeopleCounts): string {
  return fetched === different ? words.counts.fetched(fetched) : words.counts.fetchedDifferent(fetched, different);
}

export function everyoneWords(counts: PeopleCounts | null): string {
  return counts === null ? "" : words.counts.everyone(counts.everybody);
}
