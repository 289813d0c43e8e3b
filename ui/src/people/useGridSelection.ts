// Picking people in the table: one by one, from one row to another, those in sight, all. What was picked before a range was begun stays
// picked while the range grows and shrinks.
import { useRef } from "react";
import { toFailure } from "../backend/failure";
import type { SearchView } from "../search/useSearchView";
import { tell } from "../shared/toasts";
import { number } from "../shared/words";
import { useAddress } from "../shell/address";
import { viewedOf } from "./peopleSet";
import { allSelected, isSelected, noneSelected, type Selection, selectedCount, toggled, withIds } from "./selection";
import { remember, tableKey } from "./tableMemory";
import type { People } from "./usePeople";
import type { Selected } from "./useSelection";

/** A range of more rows than this is not picked by hand: each id has to be fetched. */
const longestRange = 10_000;

export type GridSelection = ReturnType<typeof useGridSelection>;

export function useGridSelection(view: SearchView, people: People, { selection, select }: Selected, fetched: number) {
  const [address, setAddress] = useAddress();
  const range = useRef<{ from: number; base: Selection; key: string } | null>(null);
  const turn = useRef(0);
  const total = people.total ?? 0;
  const count = selectedCount(selection, total);

  async function extend(from: number, to: number) {
    if (range.current?.key !== people.key) range.current = { from, base: selection, key: people.key };
    const { from: begin, base } = range.current;
    const [first, last] = [Math.max(0, Math.min(begin, to)), Math.max(begin, to)];
    if (last - first >= longestRange) {
      tell({
        title: `A range holds at most ${number(longestRange)} people`,
        detail: "Select all, and let go of those who are not meant.",
        about: "range",
      });
      return;
    }
    turn.current += 1;
    const mine = turn.current;
    const here = idsHere(people, first, last);
    try {
      const ids = here ?? (await people.fetchRows(first, last)).map(({ id }) => id);
      // A later step has its own range.
      if (mine === turn.current) select(withIds(base, ids));
    } catch (thrown) {
      tell({ title: "Not selected", detail: toFailure(thrown).message });
    }
  }
  function all() {
    select(allSelected);
  }
  /** The way from all of this page to all that was fetched for its filters. */
  const more = people.shown === "page" && fetched > total ? fetched : null;
  function everyPage() {
    remember(tableKey(view, viewedOf(view, "fetched")), { selection: allSelected });
    if (address.show === "page") void setAddress({ show: "fetched" });
  }
  return {
    selection,
    count,
    total,
    more,
    everyPage,
    picked: count === 0 ? ("none" as const) : count >= total ? ("all" as const) : ("some" as const),
    isSelected: (id: string) => isSelected(selection, id),
    toggle: (id: string) => {
      range.current = null;
      select(toggled(selection, id));
    },
    extend: (from: number, to: number) => void extend(from, to),
    /** The next range begins where it is begun. */
    endRange: () => {
      range.current = null;
    },
    /** First those in sight, then all. */
    allInSight: (first: number, last: number) => {
      range.current = null;
      const ids = idsHere(people, first, Math.min(last, total - 1)) ?? [];
      if (people.shown !== "page" && ids.length < total && !ids.every((id) => isSelected(selection, id)))
        select(withIds(noneSelected, ids));
      else if (count >= total && more !== null) everyPage();
      else all();
    },
    all,
    none: () => {
      range.current = null;
      select(noneSelected);
      // One is picked again as fast.
      if (count > 1) tell({ title: `${number(count)} let go`, about: "selection", undo: () => select(selection) });
    },
  };
}

function idsHere(people: People, first: number, last: number): string[] | null {
  const ids: string[] = [];
  for (let row = first; row <= last; row++) {
    const person = people.at(row);
    if (!person) return null;
    ids.push(person.id);
  }
  return ids;
}
