// Picking people in the table: one by one, from one row to another, those in sight, all. What was picked before a range was begun stays
// picked while the range grows and shrinks.
import { useRef } from "react";
import { toFailure } from "../backend/failure";
import type { SearchView } from "../search/useSearchView";
import { tell } from "../shared/toasts";
import { useAddress } from "../shell/address";
import { texts } from "../texts/texts";
import { viewedOf } from "./peopleSet";
import { allSelected, isSelected, noneSelected, type Selection, selectedCount, toggled, withIds } from "./selection";
import { remember, tableKey } from "./tableMemory";
import type { People } from "./usePeople";
import type { Selected } from "./useSelection";

const words = texts.people.selection;

/** A range of more rows than this is not picked by hand: each id has to be fetched. */
const longestRange = 10_000;

interface Range {
  from: number;
  /** Who stood there when it was begun; undefined when they were not there yet. */
  id: string | undefined;
  /** What was picked before. */
  base: Selection;
  key: string;
}

/** Where a range begins now: rows that came in between have moved it along with its person. Null when nobody knows. */
function rowNow(people: People, { from, id }: Range): number | null {
  const now = people.at(from)?.id;
  return id === undefined || now === undefined || now === id ? from : people.rowOf(id);
}

export type GridSelection = ReturnType<typeof useGridSelection>;

export function useGridSelection(view: SearchView, people: People, { selection, select }: Selected, fetched: number) {
  const [address, setAddress] = useAddress();
  const range = useRef<Range | null>(null);
  const turn = useRef(0);
  const total = people.total ?? 0;
  const count = selectedCount(selection, total);
  // Who was picked stays so when a page that is fetched anew no longer has them. How many of a table are picked is known where all of it
  // is there.
  const whole = people.loaded.length >= total;
  const here = whole ? people.loaded.filter(({ id }) => isSelected(selection, id)).length : count;
  const isAll = (whole || selection.kind === "all_but") && here >= total;

  async function extend(from: number, to: number) {
    const begun = range.current?.key === people.key ? rowNow(people, range.current) : null;
    if (range.current === null || begun === null)
      range.current = { from, id: people.at(from)?.id, base: selection, key: people.key };
    const { base } = range.current;
    const begin = begun ?? from;
    const [first, last] = [Math.max(0, Math.min(begin, to)), Math.max(begin, to)];
    if (last - first >= longestRange) {
      tell({
        title: words.longestRange(longestRange),
        detail: words.longestRangeDetail,
        about: "range",
      });
      return;
    }
    await withRows(first, last, (ids) => select(withIds(base, ids)));
  }
  /** Does it with those in these rows, once they are there, unless another step was taken meanwhile: that has rows of its own. */
  async function withRows(first: number, last: number, act: (ids: string[]) => void) {
    turn.current += 1;
    const mine = turn.current;
    try {
      const ids = idsHere(people, first, last) ?? (await people.fetchRows(first, last)).map(({ id }) => id);
      if (mine === turn.current) act(ids);
    } catch (thrown) {
      tell({ title: words.failed, detail: toFailure(thrown).message });
    }
  }
  function all() {
    select(allSelected);
  }
  /** The way from all of this page to all that was fetched for its filters. */
  const more = people.shown === "page" && fetched > total ? fetched : null;
  function everyPage() {
    remember(tableKey(view, viewedOf(view, { ...address, show: "fetched" })), { selection: allSelected });
    if (address.show === "page") void setAddress({ show: "fetched" });
  }
  return {
    selection,
    count,
    total,
    more,
    everyPage,
    /** How many of those who are picked are in the table. */
    here,
    picked: isAll ? ("all" as const) : here > 0 ? ("some" as const) : ("none" as const),
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
      void withRows(first, Math.min(last, total - 1), (ids) => {
        if (people.shown !== "page" && ids.length < total && !ids.every((id) => isSelected(selection, id)))
          select(withIds(noneSelected, ids));
        else if (isAll && more !== null) everyPage();
        else all();
      });
    },
    all,
    none: () => {
      range.current = null;
      select(noneSelected);
      // One is picked again as fast.
      if (count > 1) tell({ title: words.letGo(count), about: "selection", undo: () => select(selection) });
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
