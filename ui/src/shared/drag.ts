// Drawing with the mouse: following a press until it ends, and drawing one of several parts that stand side by side to the place of
// another. Where it would stand is marked while it is drawn (`data-target`, see the style sheet).
import type { PointerEvent } from "react";

/** A press that moves less than this, in px, is a click. */
const slack = 5;

export function follow(
  event: PointerEvent<HTMLElement>,
  moved: (by: number, x: number) => void,
  ended: () => void,
): void {
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

/** Draws `own`, which was pressed, among `parts`; `dropped` hears which of them it was let go over, unless it was only clicked. */
export function drawAmong(
  event: PointerEvent<HTMLElement>,
  own: HTMLElement | null,
  parts: () => HTMLElement[],
  dropped: (over: HTMLElement) => void,
): void {
  const pressed = event.currentTarget;
  let over: HTMLElement | null = null;
  follow(
    event,
    (by, x) => {
      if (over === null && Math.abs(by) < slack) return;
      over?.removeAttribute("data-target");
      over = parts().find((one) => isAt(one, x)) ?? over ?? own;
      if (over !== own) over?.setAttribute("data-target", x < middle(own) ? "left" : "right");
    },
    () => {
      over?.removeAttribute("data-target");
      if (over === null) return;
      // What follows is no click on it.
      pressed.addEventListener("click", swallow, { once: true, capture: true });
      setTimeout(() => pressed.removeEventListener("click", swallow, { capture: true }));
      dropped(over);
    },
  );
}

function swallow(event: Event): void {
  event.stopImmediatePropagation();
  event.preventDefault();
}

function isAt(element: HTMLElement, x: number): boolean {
  const { left, right } = element.getBoundingClientRect();
  return left <= x && x < right;
}

function middle(element: HTMLElement | null): number {
  const { left = 0, right = 0 } = element?.getBoundingClientRect() ?? {};
  return (left + right) / 2;
}
