// The table of people: one tab stop, the W3C data-grid keys, sorted as a whole, only the rows in sight drawn (as placeholders until they
// are there). Enter or a click opens the person on the right. Nothing here ever spends a call.
import { type CSSProperties, type MouseEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { SearchView } from "../search/useSearchView";
import { useRowHeight } from "../settings/appearance";
import { useCommand } from "../shared/commands";
import { useSteady } from "../shared/useSteady";
import { useAddress, useOpenBehind } from "../shell/address";
import { ColumnMenu, type OpenMenu } from "./ColumnMenu";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { tableName } from "./peopleSet";
import { leftAt, remember, tableKey } from "./tableMemory";
import { useActiveCell } from "./useActiveCell";
import { useColumnSteps } from "./useColumnSteps";
import { useGridKeys } from "./useGridKeys";
import type { GridSelection } from "./useGridSelection";
import type { People } from "./usePeople";
import type { PeopleTable } from "./usePeopleTable";
import { useRowsInSight } from "./useRowsInSight";

/** So many rows beyond those in sight are fetched, too: whoever scrolls on finds them there. */
const ahead = 100;

interface PeopleGridProps {
  view: SearchView;
  people: People;
  model: PeopleTable;
  picking: GridSelection;
  onCopy: (row: number, column: number) => void;
}

export function PeopleGrid({ view, people, model, picking, onCopy }: PeopleGridProps) {
  const [address, setAddress] = useAddress();
  const openBehind = useOpenBehind();
  const { look } = people;
  const total = people.total ?? 0;
  const idAt = (row: number) => people.at(row)?.id;
  const scroller = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const table = tableKey(view, people.viewed);
  const reveal = useRef<(row: number) => void>(() => undefined);
  const which = [view.tab, people.shown, view.question.page, address.persona, address.starter].join("/");
  const active = useActiveCell(scroller, reveal, view, people, { table, which }, address.person);
  const steps = useColumnSteps(head, model);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const rowHeight = useRowHeight();

  const sight = useRowsInSight({
    scroller,
    pane,
    count: total,
    rowHeight,
    kept: active.row,
    isThere: (row) => people.at(row) !== undefined,
    onMoved: (rows) => remember(table, { rows }),
  });
  const { first, last, wanted, scrollTo } = sight;
  reveal.current = sight.reveal;
  useEffect(() => {
    const around = (from: number, to: number) => [Math.max(0, from - ahead), Math.min(total - 1, to + ahead)] as const;
    const awaited = wanted < 0 ? [] : [around(wanted, wanted + last - first)];
    // Whose row it is not is not worth fetching.
    const tabStop = active.placed ? [[Math.max(0, active.row), Math.max(0, active.row)] as const] : [];
    look([around(first, last), ...awaited, ...tabStop]);
  }, [look, first, last, wanted, total, active.row, active.placed]);
  useLayoutEffect(() => scrollTo(leftAt(table).rows), [table, scrollTo]);

  const follows = address.person !== null;
  // Who was just opened, or is stepped to, stays in sight also where the panel leaves less room.
  const here = useRef(active.row);
  here.current = active.row;
  useLayoutEffect(() => {
    if (follows && here.current >= 0 && sight.view > 0) reveal.current(here.current);
  }, [follows, sight.view]);
  function openPerson(id: string, focus: boolean) {
    void setAddress({ person: id, pane: null }, { history: follows ? "replace" : "push" });
    if (focus) requestAnimationFrame(() => document.getElementById("person-panel")?.focus());
  }
  const clicked = useSteady((row: number, column: number, event: MouseEvent) => {
    const id = idAt(row);
    if (event.shiftKey) picking.extend(active.row, row);
    else if (id !== undefined && column < 0) picking.toggle(id);
    else if (id !== undefined && (event.ctrlKey || event.metaKey)) picking.toggle(id);
    else if (id !== undefined) openPerson(id, false);
    if (!event.shiftKey) picking.endRange();
    active.goTo({ row, column });
  });

  function clickedAside(event: MouseEvent) {
    const cell = event.target instanceof Element && event.target.closest<HTMLElement>("[data-cell]");
    const id = cell && event.button === 1 ? idAt(Number(cell.dataset.cell?.split("/")[0])) : undefined;
    if (id !== undefined) openBehind({ person: id, pane: null });
  }

  // From the palette, too, which has taken the focus from the table.
  useCommand("pick-all", () => picking.allInSight(first, last));
  useCommand("pick-none", picking.none, picking.count === 0);
  useCommand("copy", () => onCopy(active.row, active.column));

  const pressed = useGridKeys({
    active,
    picking,
    steps,
    size: () => ({
      rows: total,
      columns: model.ids.length,
      jump: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
    }),
    follows,
    columnAt: (column) => model.ids[column],
    idAt,
    openPerson,
    pickInSight: () => picking.allInSight(first, last),
    onCopy,
    onMenu: setMenu,
  });
  const stays = JSON.stringify(model.stays);
  return (
    <>
      <ColumnMenu of={menu} steps={steps} onClose={() => setMenu(null)} />
      <div
        ref={scroller}
        id="people"
        tabIndex={-1}
        role="grid"
        aria-label={tableName(people.shown)}
        aria-rowcount={total + 1}
        aria-colcount={model.ids.length + 1}
        aria-multiselectable
        aria-busy={view.asking || people.sorting || undefined}
        data-testid="grid"
        onKeyDown={pressed}
        onAuxClick={clickedAside}
        // Rows are picked with Shift, not the text between two clicks.
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onFocus={(event) => event.target === event.currentTarget && active.goTo({ row: 0, column: 0 })}
        style={{ "--tracks": model.tracks } as CSSProperties}
        className="min-h-0 flex-1 overflow-auto outline-none"
      >
        <GridHead
          head={head}
          model={model}
          people={people}
          height={rowHeight}
          active={active}
          picked={picking.picked}
          onPickAll={picking.picked === "all" ? picking.none : picking.all}
          onMenu={setMenu}
          onFit={steps.fit}
        />
        <div role="rowgroup" style={{ height: sight.length, minWidth: model.least }}>
          <div
            // Rows of the order before fade when the new one takes longer than a glance.
            className={`sticky ${people.sorting ? "opacity-50 transition-opacity delay-300 motion-reduce:duration-0" : ""}`}
            style={{ top: rowHeight, height: sight.view }}
          >
            <div ref={pane}>
              {sight.rows.map(({ index, top }) => {
                const person = people.at(index);
                return (
                  <GridRow
                    key={index}
                    index={index}
                    person={person}
                    top={top}
                    height={rowHeight}
                    ids={model.ids}
                    stays={stays}
                    tabStop={active.row === index ? active.column : null}
                    open={person !== undefined && person.id === address.person}
                    picked={person !== undefined && picking.isSelected(person.id)}
                    onCell={clicked}
                  />
                );
              })}
            </div>
          </div>
        </div>
      </div>
    </>
  );
}
