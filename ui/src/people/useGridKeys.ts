// What the keys do in the table and in its head: the W3C data grid's steps, picking, opening, and the columns. What each key means
// stands in the table of keys.
import type { KeyboardEvent } from "react";
import { type Action, actionOf } from "../shared/keys";
import { useAddress } from "../shell/address";
import type { OpenMenu } from "./ColumnMenu";
import { type Cell, type GridSize, stepTo } from "./gridKeys";
import type { ColumnId } from "./layout";
import type { ColumnSteps } from "./useColumnSteps";
import type { GridSelection } from "./useGridSelection";

interface GridKeys {
  active: Cell & { person: string | undefined; goTo: (cell: Cell) => void };
  picking: GridSelection;
  steps: ColumnSteps;
  size: () => GridSize;
  /** A person is open: who is open goes along with the tab stop. */
  follows: boolean;
  columnAt: (column: number) => ColumnId | undefined;
  idAt: (row: number) => string | undefined;
  openPerson: (id: string, focus: boolean) => void;
  pickInSight: () => void;
  onCopy: (row: number, column: number) => void;
  onMenu: (menu: OpenMenu) => void;
}

export function useGridKeys(grid: GridKeys): (event: KeyboardEvent) => void {
  const { active, picking, steps, follows, idAt } = grid;
  const [, setAddress] = useAddress();

  function pressed(event: KeyboardEvent) {
    const inHead = active.row === -1;
    const action = actionOf(
      event,
      ...(inHead ? (["head"] as const) : []),
      ...(follows ? (["person"] as const) : []),
      "table",
    );
    if (action && act(action, event)) event.preventDefault();
  }
  /** Whether the key was the table's. */
  function act(action: Action, event: KeyboardEvent): boolean {
    const here = { row: active.row, column: active.column };
    const size = grid.size();
    const id = active.person;
    const next = stepTo(here, followed[action] ?? action, size);
    if (next) {
      picking.endRange();
      active.goTo(next);
      const nextId = idAt(next.row);
      if (follows && nextId && nextId !== id) setAddress({ person: nextId }, { history: "replace" });
      return true;
    }
    const to = stepTo(here, extended[action] ?? null, size);
    if (to && here.row >= 0) {
      picking.extend(here.row, Math.max(0, to.row));
      active.goTo({ row: Math.max(0, to.row), column: here.column });
      return true;
    }
    if (here.row === -1) return actOnHead(action, event);
    switch (action) {
      case "pick":
        if (id) picking.toggle(id);
        return true;
      case "pick-all":
        grid.pickInSight();
        return true;
      case "pick-none":
        picking.none();
        return true;
      case "copy":
        if (String(getSelection()) !== "") return false;
        grid.onCopy(here.row, here.column);
        return true;
      case "open":
        if (!id || isButton(event.target)) return false;
        grid.openPerson(id, true);
        return true;
      case "leave":
        setAddress({ person: null });
        return true;
      default:
        return false;
    }
  }
  function actOnHead(action: Action, event: KeyboardEvent): boolean {
    const id = grid.columnAt(active.column);
    const at = event.currentTarget.querySelector<HTMLElement>(`[data-column="${id}"]`);
    if (!id || !at) return false;
    switch (action) {
      case "narrower":
      case "wider":
        steps.resize(id, action === "wider" ? 1 : -1);
        return true;
      case "fit":
        steps.fit(id);
        return true;
      case "move-left":
      case "move-right": {
        const by = action === "move-right" ? 1 : -1;
        if (steps.canMove(id, by)) {
          steps.move(id, by);
          active.goTo({ row: -1, column: active.column + by });
        }
        return true;
      }
      case "column-menu":
        grid.onMenu({ id, at });
        return true;
      default:
        return false;
    }
  }
  return pressed;
}

/** While a person is open, their keys step through the table, too. */
const followed: Partial<Record<Action, Action>> = { next: "down", previous: "up" };
const extended: Partial<Record<Action, Action>> = {
  "extend-up": "up",
  "extend-down": "down",
  "extend-page-up": "page-up",
  "extend-page-down": "page-down",
  "extend-first": "first",
  "extend-last": "last",
};

function isButton(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest("button") !== null;
}
