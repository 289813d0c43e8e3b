// What can be done to a column, by its menu or by a key: each step changes the order of the rows or the layout of the columns.
import type { RefObject } from "react";
import { hideColumn } from "./hiding";
import { type ColumnId, columnIds, moveColumn, resizeColumn, togglePin } from "./layout";
import { contentWidth, measured } from "./useColumnGestures";
import type { PeopleTable } from "./usePeopleTable";

/** What a key makes a column wider or narrower by, in px. */
const step = 16;

export type ColumnSteps = ReturnType<typeof useColumnSteps>;

export function useColumnSteps(head: RefObject<HTMLElement | null>, model: PeopleTable) {
  const { table, kept, ids, order } = model;
  const { layout, change } = kept;
  const column = (id: ColumnId) => table.getColumn(id);

  /** The column that it would stand in the place of. */
  function beside(id: ColumnId, by: 1 | -1): ColumnId | undefined {
    const other = ids[ids.indexOf(id) + by];
    return other !== undefined && layout.pinned.includes(other) === layout.pinned.includes(id) ? other : undefined;
  }
  return {
    standing: (id: ColumnId) => ({
      sorted: column(id)?.getIsSorted() ?? false,
      others: table.state.sorting.some((one) => one.id !== id),
      pinned: layout.pinned.includes(id),
      canSort: column(id)?.getCanSort() ?? false,
    }),
    sort: (id: ColumnId, descending: boolean) => table.setSorting([{ id, desc: descending }]),
    sortToo: (id: ColumnId) => column(id)?.toggleSorting(false, true),
    unsort: (id: ColumnId) => column(id)?.clearSorting(),
    resize: (id: ColumnId, by: 1 | -1) => {
      const widths = measured(head.current);
      // From what it was set to last: a quick second key comes before the first is drawn.
      kept.changeFrom((layout) => resizeColumn(layout, id, (layout.widths[id] ?? widths[id] ?? 0) + by * step, widths));
    },
    fit: (id: ColumnId) =>
      change(resizeColumn(layout, id, contentWidth(head.current, id, ids.indexOf(id)), measured(head.current))),
    canMove: (id: ColumnId, by: 1 | -1) => beside(id, by) !== undefined,
    move: (id: ColumnId, by: 1 | -1) => {
      const other = beside(id, by);
      if (other) change(moveColumn(layout, order, id, other));
    },
    pin: (id: ColumnId) => change(togglePin(layout, id, measured(head.current))),
    canHide: layout.hidden.length + 1 < columnIds.length,
    hide: (id: ColumnId) => hideColumn(kept, id),
  };
}
