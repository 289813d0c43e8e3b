// The table of people: one tab stop, the W3C data-grid keys, sorted as a whole, only the rows in sight drawn (as placeholders until they
// are there). Enter or a click opens the person on the right. Nothing here ever spends a call.
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { SearchView } from "../search/useSearchView";
import { useRowHeight } from "../settings/appearance";
import { number } from "../shared/words";
import { sortable, useAddress } from "../shell/address";
import { tableMinWidth } from "./columns";
import { stepTo } from "./gridKeys";
import { Placeholder } from "./Placeholder";
import { tableName } from "./peopleSet";
import { rememberScroll, scrollFor } from "./scrollPlaces";
import { useActiveCell } from "./useActiveCell";
import type { People } from "./usePeople";
import type { PeopleTable } from "./usePeopleTable";

interface PeopleGridProps {
  view: SearchView;
  people: People;
  model: PeopleTable;
}

export function PeopleGrid({ view, people, model }: PeopleGridProps) {
  const [address, setAddress] = useAddress();
  const { table, widths } = model;
  const { sort, look } = people;
  const total = people.total ?? 0;
  const idAt = (row: number) => people.at(row)?.id;
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const scroller = useRef<HTMLDivElement>(null);
  const active = useActiveCell(scroller, view, people, address.person);
  const rowHeight = useRowHeight();

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollMargin: rowHeight,
    overscan: 8,
    // The row with the focus stays drawn wherever one scrolls, so that the focus is never lost.
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      return active.row < 0 || drawn.includes(active.row) ? drawn : [...drawn, active.row].sort((a, b) => a - b);
    },
  });
  const [first, last] = [virtual.range?.startIndex ?? 0, virtual.range?.endIndex ?? 0];
  useEffect(() => look(first, last, active.row), [look, first, last, active.row]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when their height was changed
  useEffect(() => virtual.measure(), [rowHeight]);

  const place = `${view.workspace}/${people.shown}/${JSON.stringify(view.question)}`;
  useEffect(() => {
    const element = scroller.current;
    if (element) element.scrollTop = scrollFor(place);
  }, [place]);

  function sortBy(column: string) {
    const name = sortable.find((one) => one === column);
    if (!name) return;
    const next = address.sort === name ? (`-${name}` as const) : address.sort === `-${name}` ? null : name;
    void setAddress({ sort: next });
  }
  function openPerson(id: string, focus: boolean) {
    void setAddress({ person: id, pane: null }, { history: address.person ? "replace" : "push" });
    if (focus) requestAnimationFrame(() => document.getElementById("person-panel")?.focus());
  }
  function pressed(event: KeyboardEvent) {
    const here = { row: active.row, column: active.column };
    const jump = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const size = { rows: total, columns: headers.length, jump };
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
      aria-colcount={headers.length}
      aria-busy={view.asking || people.sorting || undefined}
      data-testid="grid"
      onKeyDown={pressed}
      onFocus={(event) => event.target === event.currentTarget && active.goTo({ row: 0, column: 0 })}
      onScroll={(event) => rememberScroll(place, event.currentTarget.scrollTop)}
      className="min-h-0 flex-1 overflow-auto scroll-pt-8 outline-none"
    >
      <div
        role="row"
        aria-rowindex={1}
        style={{ gridTemplateColumns: widths, minWidth: tableMinWidth, height: rowHeight }}
        className="sticky top-0 z-1 grid border-b border-line bg-pane text-sm text-ink-2"
      >
        {headers.map((header, column) => {
          const sorted = sort?.column === header.column.id ? (sort.descending ? "descending" : "ascending") : undefined;
          const canSort = header.column.id !== "linkedin";
          const tabIndex = active.row === -1 && active.column === column ? 0 : -1;
          return (
            <div
              key={header.id}
              role="columnheader"
              aria-colindex={column + 1}
              aria-sort={canSort ? (sorted ?? "none") : undefined}
              className="flex min-w-0 items-stretch"
            >
              {canSort ? (
                <button
                  type="button"
                  data-cell={`-1/${column}`}
                  tabIndex={tabIndex}
                  title={total > 0 ? `Sorts all ${number(total)}` : undefined}
                  onClick={() => {
                    active.goTo({ row: -1, column });
                    sortBy(header.column.id);
                  }}
                  className="flex min-w-0 flex-1 items-center gap-1 px-2 font-medium hover:text-ink"
                >
                  <table.FlexRender header={header} />
                  {sorted === "ascending" && <ArrowUp size={12} aria-hidden />}
                  {sorted === "descending" && <ArrowDown size={12} aria-hidden />}
                </button>
              ) : (
                <span
                  data-cell={`-1/${column}`}
                  tabIndex={tabIndex}
                  className="flex flex-1 items-center px-2 font-medium"
                >
                  <table.FlexRender header={header} />
                </span>
              )}
            </div>
          );
        })}
      </div>
      <div
        role="rowgroup"
        // Rows of the order before fade when the new one takes longer than a glance.
        className={`relative ${people.sorting ? "opacity-50 transition-opacity delay-300" : ""}`}
        style={{ height: virtual.getTotalSize(), minWidth: tableMinWidth }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = model.rowAt(item.index);
          const open = row !== undefined && row.id === address.person;
          return (
            <div
              key={item.index}
              role="row"
              aria-rowindex={item.index + 2}
              aria-current={open ? "true" : undefined}
              aria-busy={row === undefined || undefined}
              style={{
                gridTemplateColumns: widths,
                height: rowHeight,
                transform: `translateY(${item.start - rowHeight}px)`,
              }}
              className={`absolute inset-x-0 top-0 grid border-b border-line ${open ? "bg-active" : "hover:bg-hover"}`}
            >
              {model.order.map((name, column) => {
                const cell = row?.getAllCells()[column];
                return (
                  <div
                    key={name}
                    role="gridcell"
                    aria-colindex={column + 1}
                    data-cell={`${item.index}/${column}`}
                    tabIndex={active.row === item.index && active.column === column ? 0 : -1}
                    onClick={() => {
                      active.goTo({ row: item.index, column });
                      if (row) openPerson(row.id, false);
                    }}
                    className="flex min-w-0 items-center px-2"
                  >
                    {cell ? <table.FlexRender cell={cell} /> : <Placeholder column={column} />}
                  </div>
                );
              })}
            </div>
          );
        })}
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
