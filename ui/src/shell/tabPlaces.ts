// Where the tabs and what they show stand in the page, and where the focus goes among them.
import { isModalOpen } from "../shared/Modal";

export const panelId = "work";

export function tabElementId(id: number): string {
  return `tab-${id}`;
}

function afterDrawn(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}

/** Puts the focus on a tab; with only one left there is none, and it goes to what that shows. */
export function focusTab(id: number | undefined): void {
  if (id === undefined) return;
  afterDrawn(() => {
    const tab = document.getElementById(tabElementId(id));
    if (tab) tab.focus();
    else focusIfLost();
  });
}

/** Puts the focus into the table, where it was, unless something else has it by then: the editor, or the heading of a page. */
export function focusPanel(): void {
  afterDrawn(() => focusIfLost());
}

/** So many frames are waited for the table, whose rows may be on their way. */
const patience = 30;

function focusIfLost(frames = patience): void {
  if (document.activeElement !== document.body || isModalOpen()) return;
  const place = document.querySelector<HTMLElement>(`#${panelId} #people [tabindex="0"]`);
  if (place === null && frames > 0) {
    requestAnimationFrame(() => focusIfLost(frames - 1));
    return;
  }
  (place ?? document.getElementById("search"))?.focus({ preventScroll: true });
}
