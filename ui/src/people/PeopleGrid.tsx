// The table of people: one tab stop, the W3C data-grid keys, sorted as a whole, only the rows in sight drawn (as placeholders until they
// are there). Enter or a click opens the person on the right. Nothing here ever spends a call.
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import type { SearchView } from "../search/useSearchView";
import { useRowHeight } from "../settings/appearance";
import { sortable, useAddress } from "../shell/address";
import { tableMinWidth } from "./columns";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { stepTo } from "./gridKeys";
import { tableName } from "./peopleSet";
import { rememberScroll, scrollFor } from "./scrollPlaces";
import { useActiveCell } from "./useActiveCell";
import type { People } from "./usePeople";
import type { PeopleTable } from "./usePeopleTable";
import { useRowsInSight } from "./useRowsInSight";

/** So many rows beyond those in sight are fetched, too: whoever scrolls on finds them there. */
const ahead = 100;

interface PeopleGridProps {
  view: SearchView;
  people: People;
  model: PeopleTable;
}

export function PeopleGrid({ view, people, model }: PeopleGridProps) {
  const [address, setAddress] = useAddress();
  const { look } = people;
  const total = people.total ?? 0;
  const idAt = (row: number) => people.at(row)?.id;
  const scroller = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const reveal = useRef<(row: number) => void>(() => undefined);
  const active = useActiveCell(scroller, reveal, view, people, address.person);
  const rowHeight = useRowHeight();

  const place = `${view.workspace}/${people.shown}/${JSON.stringify(view.question)}`;
  const sight = useRowsInSight({
    scroller,
    pane,
    count: total,
    rowHeight,
    kept: active.row,
    onMoved: (rows) => rememberScroll(place, rows),
  });
  const { first, last, scrollTo } = sight;
  reveal.current = sight.reveal;
  useEffect(() => {
    look(Math.max(0, first - ahead), Math.min(total - 1, last + ahead), active.row);
  }, [look, first, last, total, active.row]);
  useLayoutEffect(() => scrollTo(scrollFor(place)), [place, scrollTo]);

  function sortBy(column: number, id: string) {
    active.goTo({ row: -1, column });
    const name = sortable.find((one) => one === id);
    if (!name) return;
    const next = address.sort === name ? (`-${name}` as const) : address.sort === `-${name}` ? null : name;
    void setAddress({ sort: next });
  }
  function openPerson(id: string, focus: boolean) {
    void setAddress({ person: id, pane: null }, { history: address.person ? "replace" : "push" });
    if (focus) requestAnimationFrame(() => document.getElementById("person-panel")?.focus());
  }
  const latestClick = useRef((_row: number, _column: number, _id: string | undefined) => {});
  latestClick.current = (row, column, id) => {
    active.goTo({ row, column });
    if (id !== undefined) openPerson(id, false);
  };
  // The same one for good, so that rows are not drawn anew for it.
  const clicked = useCallback(
    (row: number, column: number, id: string | undefined) => latestClick.current(row, column, id),
    [],
  );
  function pressed(event: KeyboardEvent) {
    const here = { row: active.row, column: active.column };
    const jump = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const size = { rows: total, columns: model.order.length, jump };
    const follows = address.person !== null;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const step =
      follows && plain && event.key === "j"
        ? "ArrowDown"
        : follows && plain && event.key === "k"
          ? "ArrowUp"
          : event.key;
    const next = stepTo(here, { ...modifiers(event), key: step }, size);
    const id = idAt(here.row);
    if (next) {
      event.preventDefault();
      active.goTo(next);
      const nextId = idAt(next.row);
      if (follows && nextId && nextId !== id) void setAddress({ person: nextId }, { history: "replace" });
    } else if (event.key === "Enter" && plain && !event.shiftKey && id && !isButton(event.target)) {
      event.preventDefault();
      openPerson(id, true);
    } else if (event.key === "Escape" && follows) {
      event.preventDefault();
      void setAddress({ person: null });
    }
  }

  return (
    <div
      ref={scroller}
      id="people"
      tabIndex={-1}
      role="grid"
      aria-label={tableName(people.shown)}
      aria-rowcount={total + 1}
      aria-colcount={model.order.length}
      aria-busy={view.asking || people.sorting || undefined}
      data-testid="grid"
      onKeyDown={pressed}
      onFocus={(event) => event.target === event.currentTarget && active.goTo({ row: 0, column: 0 })}
      className="min-h-0 flex-1 overflow-auto outline-none"
    >
      <GridHead model={model} people={people} height={rowHeight} active={active} onSort={sortBy} />
      <div role="rowgroup" style={{ height: sight.length, minWidth: tableMinWidth }}>
        <div
          // Rows of the order before fade when the new one takes longer than a glance.
          className={`sticky overflow-y-clip ${people.sorting ? "opacity-50 transition-opacity delay-300" : ""}`}
          style={{ top: rowHeight, height: sight.view }}
        >
          <div ref={pane}>
            {sight.rows.map(({ index, top }) => {
              const row = model.rowAt(index);
              return (
                <GridRow
                  key={index}
                  index={index}
                  row={row}
                  top={top}
                  height={rowHeight}
                  order={model.order}
                  widths={model.widths}
                  tabStop={active.row === index ? active.column : null}
                  open={row !== undefined && row.id === address.person}
                  onCell={clicked}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

function modifiers({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) {
  return { ctrlKey, metaKey, altKey, shiftKey };
}

function isButton(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest("button") !== null;
}
