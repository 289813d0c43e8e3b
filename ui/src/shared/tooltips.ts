// When a `title` is shown: never while something is pressed or lies over the window (the system would draw it over menus, dialogs and
// file choosers), and never where it only repeats what stands there whole. It is kept back by taking the attribute away until the
// pointer leaves, since the system asks for nothing else. Text that is cut off and has no title is lent its own for as long: in a table
// of thousands of cells none carries one for itself.
import { useEffect } from "react";

interface HeldBack {
  element: HTMLElement;
  title: string;
}

/** A title, as far as the rule needs to know it. */
interface Titled {
  title: string;
  /** What stands there to be read; "" of a picture. */
  text: string;
  /** Whether some of that does not fit. */
  cut: boolean;
}

/** Whether there is more in a title than what can be read without it. */
export function saysMore({ title, text, cut }: Titled): boolean {
  return cut || title.trim() !== text.trim();
}

const over = "[data-modal], [role=menu], [role=listbox], [data-popup-open]";

/** What opened does not keep back its own titles, only those of what it lies over. */
function isUnder(element: HTMLElement): boolean {
  const open = [...document.querySelectorAll(over)];
  return open.length > 0 && !open.some((one) => one.matches("[data-modal], [role=menu]") && one.contains(element));
}

function isCut(element: HTMLElement): boolean {
  const parts = [element, ...element.querySelectorAll<HTMLElement>(".truncate")];
  return parts.some((part) => part.scrollWidth > part.clientWidth && getComputedStyle(part).overflowX !== "visible");
}

function isShown(element: HTMLElement): boolean {
  const { title, innerText: text } = element;
  return !isUnder(element) && saysMore({ title, text, cut: isCut(element) });
}

/** The text under the pointer that is cut off and that nothing else tells whole. */
function cutAt(target: EventTarget | null): HTMLElement | null {
  const text = target instanceof Element ? target.closest<HTMLElement>(".truncate") : null;
  return text !== null && text.closest("[title]") === null && !isUnder(text) && isCut(text) ? text : null;
}

function titledAround(target: EventTarget | null): HTMLElement[] {
  const around: HTMLElement[] = [];
  let element = target instanceof Element ? target.closest<HTMLElement>("[title]") : null;
  while (element !== null) {
    around.push(element);
    element = element.parentElement?.closest<HTMLElement>("[title]") ?? null;
  }
  return around;
}

/** Keeps titles back as long as the calling part is there. */
export function useTooltipRule(): void {
  useEffect(() => {
    let held: HeldBack[] = [];
    let lent: HTMLElement | null = null;
    const takeBack = () => {
      lent?.removeAttribute("title");
      lent = null;
    };
    const holdBack = (element: HTMLElement) => {
      held.push({ element, title: element.title });
      element.removeAttribute("title");
    };
    const giveBack = (left: (element: HTMLElement) => boolean) => {
      const gone = held.filter(({ element }) => left(element));
      held = held.filter((one) => !gone.includes(one));
      // Who was drawn anew meanwhile has another by now.
      for (const { element, title } of gone) if (!element.hasAttribute("title")) element.title = title;
    };
    const entered = ({ target }: PointerEvent) => {
      giveBack((element) => !(target instanceof Node && element.contains(target)));
      for (const element of titledAround(target)) if (!isShown(element)) holdBack(element);
      takeBack();
      lent = held.length > 0 ? null : cutAt(target);
      told();
    };
    // Rows move under a pointer that stands still.
    const told = () => {
      if (lent !== null && lent.title !== lent.innerText) lent.title = lent.innerText;
    };
    const pressed = ({ target }: PointerEvent) => {
      takeBack();
      titledAround(target).forEach(holdBack);
    };
    const gone = ({ relatedTarget }: PointerEvent) => {
      if (relatedTarget !== null) return;
      takeBack();
      giveBack(() => true);
    };
    document.addEventListener("pointerover", entered, true);
    document.addEventListener("pointermove", told, true);
    document.addEventListener("pointerdown", pressed, true);
    document.addEventListener("pointerout", gone, true);
    return () => {
      takeBack();
      giveBack(() => true);
      document.removeEventListener("pointerover", entered, true);
      document.removeEventListener("pointermove", told, true);
      document.removeEventListener("pointerdown", pressed, true);
      document.removeEventListener("pointerout", gone, true);
    };
  }, []);
}
