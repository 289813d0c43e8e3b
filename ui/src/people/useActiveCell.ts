// Which cell of the table has the one tab stop, kept by person and not by row: another order or new rows do not move it to somebody
// else. Where that person stands in another order, the store says.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { SearchView } from "../search/useSearchView";
import { useSettled } from "../shared/useSettled";
import type { Cell } from "./gridKeys";
import { leftAt, remember } from "./tableMemory";
import { type People, usePersonPlace } from "./usePeople";

interface Active extends Cell {
  /** Whether the row was that person's in this order. Rows that came in since do not count: what is fetched must not depend on who is found
   * there, or the two would change each other for ever. */
  placed: boolean;
  /** Who the tab stop is with; undefined in the head, before they are there, and while it is not known where they stand now. */
  person: string | undefined;
  /** Moves the tab stop and the focus. */
  goTo: (cell: Cell) => void;
}

interface Place extends Cell {
  id: string | null;
  header: boolean;
  /** The set and order that `row` was said of; null when it is not known where the person stands. */
  key: string | null;
}

/** What the table shows. Its parts stay in the page from one set of people to the next, which is begun where it was left. */
interface Shown {
  /** The name that it is remembered by. */
  table: string;
  /** The set of people, however it is narrowed. */
  which: string;
}

/** Whether the table that went last had the focus. */
let tookFocusAlong = false;

/** Where the tab stop is in a table: with who is open, else where it was left. */
function placeIn(table: string, openPerson: string | null): Place {
  const left = leftAt(table).cell;
  const { row = 0, column = 0 } = left ?? {};
  return { id: openPerson ?? left?.id ?? null, header: false, row, column, key: null };
}

export function useActiveCell(
  scroller: RefObject<HTMLElement | null>,
  reveal: RefObject<(row: number) => void>,
  view: SearchView,
  people: People,
  { table, which }: Shown,
  openPerson: string | null,
): Active {
  const [place, setPlace] = useState<Place>(() => placeIn(table, openPerson));
  const [begun, setBegun] = useState(which);
  if (begun !== which) {
    setBegun(which);
    setPlace(placeIn(table, openPerson));
  }
  const wanted = useRef(false);
  // Whoever comes back with the keys, and so has the focus nowhere, has it where it was in this table; what was in sight stays so. Known
  // when what had the focus is gone.
  const returns = useRef(false);
  const entered = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (entered.current === which) return;
    entered.current = which;
    const nowhere = document.activeElement === document.body;
    const inside = scroller.current?.contains(document.activeElement) ?? false;
    returns.current = (nowhere || inside) && leftAt(table).cell !== null;
    // Whoever was in the table before, and chose another with a key, is in this one.
    wanted.current ||= inside || (nowhere && tookFocusAlong);
    tookFocusAlong = false;
  }, [scroller, table, which]);
  useLayoutEffect(() => {
    const grid = scroller.current;
    return () => {
      tookFocusAlong = grid?.contains(document.activeElement) ?? false;
    };
  }, [scroller]);
  const shown = useRef({ table, which });
  useEffect(() => {
    const before = shown.current;
    shown.current = { table, which };
    const isNarrowedAnew = before.which === which && before.table !== table;
    if (isNarrowedAnew && leftAt(table).cell !== null) setPlace(placeIn(table, null));
  }, [table, which]);
  // While the panel steps through people, the tab stop goes along, so that leaving the panel returns to the person shown.
  useEffect(() => {
    if (openPerson !== null)
      setPlace((before) =>
        before.id === openPerson ? before : { ...before, id: openPerson, header: false, key: null },
      );
  }, [openPerson]);

  const total = people.total ?? 0;
  const row = place.header ? -1 : Math.max(0, Math.min(place.row, total - 1));
  const column = place.column;
  const here = people.at(row)?.id;
  // Rows that came in or went have put somebody else in this row.
  const isOther = place.id !== null && here !== undefined && here !== place.id;
  const gone = isOther && people.loaded.length >= total && people.rowOf(place.id ?? "") === null;
  const moved = place.id !== null && (place.key !== people.key || isOther);
  const sought = place.id;
  // Where somebody out of sight stands among those that a text finds is nobody's question while it goes on, and in the way of its next key.
  const text = people.viewed?.text ?? "";
  const rests = useSettled(text) === text;
  const found = usePersonPlace(view, people, moved && rests ? sought : null);
  useEffect(() => {
    if (!moved || found === null) return;
    // A focus on the person goes along to another row.
    if (found.at !== row && scroller.current?.querySelector("[data-cell]:focus-within")) wanted.current = true;
    // Whoever steps fast is at the next person by now: the row of this one is not theirs.
    setPlace((before) => (before.id === sought ? { ...before, row: found.at, key: people.key } : before));
  }, [moved, sought, found, people.key, row, scroller]);

  useEffect(() => {
    // Whoever stands in the row of who is gone has the tab stop now.
    if (gone && here !== undefined) setPlace((before) => (before.id === sought ? { ...before, id: here } : before));
  }, [gone, here, sought]);

  useLayoutEffect(() => {
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-cell="${row}/${column}"]`);
    // Not drawn yet: the focus waits for it.
    if (!cell) return;
    // A cell that is a link hands its focus to it, also where the person came later than the focus.
    const link = cell.matches("button, input") ? null : cell.querySelector<HTMLElement>("button");
    // Whoever left the panel in the moment in which the tab stop moved on got the cell of the person before; a head that was moved took
    // the focus along.
    const focused = scroller.current?.querySelector("[data-cell]:focus-within") ?? null;
    const strayed = focused !== null && focused !== cell;
    const back = returns.current;
    if (!wanted.current && !back && !strayed && !(link && document.activeElement === cell)) return;
    wanted.current = false;
    returns.current = false;
    if (row >= 0 && !back) reveal.current(row);
    (link ?? cell).focus({ preventScroll: true });
    if (scroller.current) revealAcross(scroller.current, cell);
  });

  return {
    row,
    column,
    placed: place.id === null || place.key === people.key,
    person: isOther && place.key === people.key ? undefined : here,
    goTo: (cell) => {
      wanted.current = true;
      const header = cell.row < 0;
      const id = header ? place.id : (people.at(cell.row)?.id ?? null);
      if (!header) remember(table, { cell: { id, ...cell } });
      setPlace({ ...cell, id, header, key: people.key });
    },
  };
}

/** How much of the row stays over this cell on the left, in px: the boxes and the columns that are kept in sight. */
function widthOver(cell: HTMLElement): number {
  const isKept = (one: Element) => getComputedStyle(one).position === "sticky";
  const own = cell.closest("[aria-colindex]");
  if (own === null || isKept(own)) return 0;
  const kept = [...(own.parentElement?.children ?? [])].filter(isKept);
  return kept.reduce((sum, one) => sum + one.getBoundingClientRect().width, 0);
}

/** Moves the table sideways by as little as it takes to see this cell. */
function revealAcross(scroller: HTMLElement, cell: HTMLElement): void {
  const [box, one] = [scroller.getBoundingClientRect(), cell.getBoundingClientRect()];
  const [left, right] = [one.left - box.left - widthOver(cell), one.right - box.left - scroller.clientWidth];
  if (left < 0) scroller.scrollLeft += left;
  else if (right > 0) scroller.scrollLeft += right;
}
