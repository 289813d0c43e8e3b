// A dialog for what must be decided now: title, body, buttons; Escape and the close button leave, focus goes back where it was. A
// click beside it leaves too, unless something was typed: that is not thrown away by a slip. It is open for as long as it is drawn.
import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type FocusEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { texts } from "../texts/texts";
import { focusedNow, stillThere } from "./opener";

interface ModalProps {
  onClose: () => void;
  title: string;
  about?: ReactNode;
  children: ReactNode;
  /** A selector of the part that takes the focus when it opens, if not its first field. */
  initialFocus?: string;
  /** Tailwind's width of it. */
  width?: string;
  /** Where the focus goes when it closes and what it came from is gone by then, as an item of a menu is. */
  finalFocus?: () => HTMLElement | null;
}

/** Whether a dialog waits to be answered; news and small explanations have the role of a dialog, too, and wait for nobody. */
export function isModalOpen(): boolean {
  return document.querySelector("[data-modal]") !== null;
}

/** A field that holds another text than it was found with. */
function typedIn(found: Map<HTMLInputElement, string>): HTMLInputElement | undefined {
  const typed = [...found].find(
    ([field, text]) => field.isConnected && field.value.trim() !== "" && field.value !== text,
  );
  return typed?.[0];
}

const firstField = "input:checked, input:not([type=radio])";

export function Modal({
  onClose,
  title,
  about,
  children,
  initialFocus = firstField,
  width = "w-[30rem]",
  finalFocus,
}: ModalProps) {
  const popup = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    opener.current = focusedNow();
  }, []);
  const found = useRef(new Map<HTMLInputElement, string>());
  return (
    <Dialog.Root
      open
      onOpenChange={(next, { reason }) => {
        if (next) return;
        const typed = reason === "outside-press" ? typedIn(found.current) : undefined;
        if (typed) requestAnimationFrame(() => typed.focus());
        else onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-shade" />
        <Dialog.Popup
          ref={popup}
          data-modal=""
          onFocus={({ target }: FocusEvent) => {
            if (target instanceof HTMLInputElement && !found.current.has(target))
              found.current.set(target, target.value);
          }}
          // Whoever opens a dialog came to fill it in: the first field, not the cross.
          initialFocus={() => popup.current?.querySelector<HTMLElement>(initialFocus) ?? true}
          finalFocus={() => stillThere(opener.current) ?? finalFocus?.() ?? true}
          className={`fixed top-[8vh] left-1/2 flex max-h-[88vh] max-w-[calc(100vw-3rem)] -translate-x-1/2 flex-col rounded-md border border-line bg-raised wrap-anywhere shadow-pop outline-none ${width}`}
        >
          <div className="flex items-start gap-2 px-4 pt-3 pb-2">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
              {about && (
                <Dialog.Description render={<div />} className="mt-0.5 text-ink-2">
                  {about}
                </Dialog.Description>
              )}
            </div>
            <Dialog.Close
              aria-label={texts.shared.close}
              title={texts.shared.close}
              className="-mr-1 inline-flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover"
            >
              <X size={16} aria-hidden />
            </Dialog.Close>
          </div>
          {/* What gets the focus is scrolled clear of buttons that stay at the end of it. */}
          <div className="flex min-h-0 scroll-pb-16 flex-col overflow-y-auto px-4 pt-1 pb-4">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
