// What the mouse does to the columns: an edge that is drawn resizes, a head that is drawn goes to another place. The table's own
// resizing knows only columns with widths in px; ours get them with the first one that is resized.
import { type PointerEvent, type RefObject, useRef } from "react";
import { drawAmong, follow } from "../shared/drag";
import { type ColumnId, columnIds, type Layout, moveColumn, resizeColumn } from "./layout";
import type { PeopleTable } from "./usePeopleTable";

/** How wide the columns in sight are, in px. */
export function measured(head: HTMLElement | null): Layout["widths"] {
  const heads = head?.querySelectorAll<HTMLElement>("[data-column]") ?? [];
  return Object.fromEntries(
    [...heads].map((one) => [one.dataset.column, Math.round(one.getBoundingClientRect().width)]),
  );
}

/** Left and right of what stands in a cell, in px, with a hair to spare. */
const beside = 2 * 8 + 2;
/** The same in a head, where the way to its menu comes at the right while one points at it. */
const besideHead = 8 + 20 + 2;

/** How wide a column has to be for all that stands in it now, in px: the rows in sight, and its head. */
export function contentWidth(head: HTMLElement | null, id: ColumnId, column: number): number {
  const cells = head?.parentElement?.querySelectorAll<HTMLElement>(`[role=gridcell][data-cell$="/${column}"]`) ?? [];
  const title = head?.querySelector<HTMLElement>(`[data-column="${id}"] button`);
  const widths = [...cells].map((cell) => widthOf(cell) + beside);
  return Math.ceil(Math.max(title ? widthOf(title) + besideHead : 0, ...widths));
}

/** Of all that stands in it, also where that is cut off. */
function widthOf(element: HTMLElement): number {
  const range = document.createRange();
  range.selectNodeContents(element);
  return range.getBoundingClientRect().width;
}

export function useColumnGestures(head: RefObject<HTMLElement | null>, model: PeopleTable) {
  const latest = useRef(model);
  latest.current = model;
  return {
    resize(id: ColumnId, event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.preventDefault();
      const widths = measured(head.current);
      const width = widths[id] ?? 0;
      const { kept } = latest.current;
      follow(
        event,
        (by) => kept.change(resizeColumn(kept.layout, id, width + by, widths)),
        () => undefined,
      );
    },
    drag(id: ColumnId, event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      const own = event.currentTarget.closest<HTMLElement>("[data-column]");
      const heads = () => [...(head.current?.querySelectorAll<HTMLElement>("[data-column]") ?? [])];
      drawAmong(event, own, heads, (over) => {
        const to = columnIds.find((one) => one === over.dataset.column);
        const { kept, order } = latest.current;
        if (to && to !== id) kept.change(moveColumn(kept.layout, order, id, to));
      });
    },
  };
}
