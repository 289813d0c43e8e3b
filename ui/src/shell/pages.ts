// The pages that stand in the place of the people: what they are called, going to one and leaving it.
import { focusedNow, stillThere } from "../shared/opener";
import { texts } from "../texts/texts";
import { addressInSight, changeAddress } from "./address";
import { leftPlace, mainPlace } from "./useLeftPane";

export type PageName = "settings" | "guide" | "ledger" | "account" | "activity";

export const pageNames: Record<PageName, string> = texts.shell.pages;

/** The id of the first field of the caps: whoever wants to change them is sent there. */
export const firstCap = "first-cap";

/** The id of the list of calls without an answer. */
export const lostCalls = "lost-calls";

/** What a page was opened from: it gets the focus back. */
let opener: HTMLElement | null = null;

/** The id of what is to have the focus on the page that opens. */
let wanted: string | null = null;

/** Once, when it is drawn: with the page, or by whoever draws it later. */
export function takeWanted(): HTMLElement | null {
  const place = wanted === null ? null : document.getElementById(wanted);
  if (place) wanted = null;
  return place;
}

/** `field`: the id of what takes the focus there, if not the heading. */
export function openPage(page: PageName, field: string | null = null): void {
  const { at } = addressInSight();
  wanted = field;
  if (at === page) (takeWanted() ?? document.querySelector<HTMLElement>("[data-page] h1"))?.focus();
  // From one page to the other: back is where the first came from.
  if (at === null) opener = focusedNow();
  changeAddress({ at: page, side: null });
}

export function closePage(): void {
  changeAddress({ at: null });
  // At once, and again when the people are drawn: what it came from may stand among them.
  leftPlace()?.focus();
  requestAnimationFrame(() =>
    requestAnimationFrame(() => (stillThere(opener) ?? mainPlace())?.focus({ preventScroll: true })),
  );
}
