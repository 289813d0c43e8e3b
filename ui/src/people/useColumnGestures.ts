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
