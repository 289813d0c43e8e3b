// Whether the left pane is there: as the width of the window has it, until somebody folds it away or fetches it. Where there is no room
// for it beside the people, and a panel on the right if one is open, it is folded away; fetched there, it lies over them.
import { PanelLeftOpen } from "lucide-react";
import { useSyncExternalStore } from "react";
import { IconButton } from "../shared/Button";
import { isModalOpen } from "../shared/Modal";
import { texts } from "../texts/texts";
import { type Address, useAddress } from "./address";

/** Narrower than this it leaves the people too little room. */
const narrow = "(max-width: 767px)";
/** And narrower than this, together with a panel on the right. */
const tight = "(max-width: 1023px)";

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}

function hasPanel({ at, pane, person }: Address): boolean {
  return at === null && (pane === "edit" || person !== null);
}

export function useLeftPane() {
  const [address, setAddress] = useAddress();
  const isNarrow = useMedia(narrow);
  const isTight = useMedia(tight);
  const noRoom = isNarrow || (isTight && hasPanel(address));
  const go = (side: Address["side"], focus: string) => {
    void setAddress({ side }, { history: "replace" });
    requestAnimationFrame(() => document.getElementById(focus)?.focus());
  };
  return {
    shown: address.side === "open" || (address.side === null && !noRoom),
    over: noRoom,
    fold: () => go(noRoom ? null : "folded", "unfold"),
    unfold: () => go(noRoom ? "open" : null, "workspace-menu"),
  };
}

/** Fetches the left pane; nothing while it is there. */
export function UnfoldButton({ workspaceName }: { workspaceName: string }) {
  const { shown, unfold } = useLeftPane();
  if (shown) return null;
  return (
    <IconButton id="unfold" label={texts.shell.leftPane.unfold(workspaceName)} onClick={unfold}>
      <PanelLeftOpen size={15} aria-hidden />
    </IconButton>
  );
}

/** Where the focus goes when the part that had it is gone. */
export function leftPlace(): HTMLElement | null {
  return document.getElementById("workspace-menu") ?? document.getElementById("unfold");
}

/** Where the focus goes when what stood over the people is gone: to them, at their tab stop. */
export function mainPlace(): HTMLElement | null {
  const people = document.getElementById("people");
  return people?.querySelector<HTMLElement>('[tabindex="0"]') ?? people ?? leftPlace();
}

/** Gives the focus a place when all that could have it was drawn anew. */
export function focusLeftIfLost(): void {
  focusIfLost(leftPlace);
}

/** Gives the focus a place when what had it is gone. */
export function focusIfLost(place: () => HTMLElement | null): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement === document.body && !isModalOpen()) place()?.focus({ preventScroll: true });
    }),
  );
}

/** Gives the focus a place when the pane that had it has folded away. */
export function keepFocus(): void {
  focusIfLost(() => document.getElementById("edit-filters"));
}
