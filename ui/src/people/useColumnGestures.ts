// What the mouse does to the columns: an edge that is drawn resizes, a head that is drawn goes to another place. The table's own
// resizing knows only columns with widths in px; ours get them with the first one that is resized.
import { type PointerEvent, type RefObject, useRef } from "react";
import { type ColumnId, columnIds, type Layout, moveColumn, resizeColumn } from "./layout";
import type { PeopleTable } from "./usePeopleTable";

/** A press that moves less than this, in px, is a click. */
const slack = 5;

/** How wide the columns in sight are, in px. */
export function measured(head: HTMLElement | null): Layout["widths"] {
  const heads = head?.querySelectorAll<HTMLElement>("[data-column]") ?? [];
  return Object.fromEntries(
    [...heads].map((one) => [one.dataset.column, Math.round(one.getBoundingClientRect().width)]),
  );
}

function follow(event: PointerEvent<HTMLElement>, moved: (by: number, x: number) => void, ended: () => void): void {
  const target = event.currentTarget;
  const from = event.clientX;
  target.setPointerCapture(event.pointerId);
  const move = ({ clientX }: globalThis.PointerEvent) => moved(clientX - from, clientX);
  const end = () => {
    target.removeEventListener("pointermove", move);
    target.removeEventListener("pointerup", end);
    target.removeEventListener("pointercancel", end);
    ended();
  };
  target.addEventListener("pointermove", move);
  target.addEventListener("pointerup", end);
  target.addEventListener("pointercancel", end);
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
      const button = event.currentTarget;
      const own = button.closest<HTMLElement>("[data-column]");
      let over: HTMLElement | null = null;
      follow(
        event,
        (by, x) => {
          if (over === null && Math.abs(by) < slack) return;
          over?.removeAttribute("data-target");
          over = headAt(head.current, x) ?? over ?? own;
          if (over !== own) over?.setAttribute("data-target", x < middle(own) ? "left" : "right");
        },
        () => {
          over?.removeAttribute("data-target");
          if (over === null) return;
          // What follows is no click on the head.
          button.addEventListener("click", swallow, { once: true, capture: true });
          setTimeout(() => button.removeEventListener("click", swallow, { capture: true }));
          const to = columnIds.find((one) => one === over?.dataset.column);
          const { kept, order } = latest.current;
          if (to && to !== id) kept.change(moveColumn(kept.layout, order, id, to));
        },
      );
    },
  };
}

function swallow(event: Event): void {
  event.stopImmediatePropagation();
  event.preventDefault();
}

function headAt(head: HTMLElement | null, x: number): HTMLElement | null {
  const heads = [...(head?.querySelectorAll<HTMLElement>("[data-column]") ?? [])];
  return heads.find((one) => one.getBoundingClientRect().left <= x && x < one.getBoundingClientRect().right) ?? null;
}

function middle(element: HTMLElement | null): number {
  const { left = 0, right = 0 } = element?.getBoundingClientRect() ?? {};
  return (left + right) / 2;
}
