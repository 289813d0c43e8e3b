// A page of its own in the main pane, beside the table of people: a heading that takes the focus, and parts one below the other.
import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { takeWanted } from "../shell/pages";
import { UnfoldButton } from "../shell/useLeftPane";
import { texts } from "../texts/texts";
import { IconButton } from "./Button";
import { isModalOpen } from "./Modal";
import { isMenuOpen } from "./menu";

interface PageProps {
  title: string;
  workspaceName: string;
  onClose: () => void;
  children: ReactNode;
}

export function Page({ title, workspaceName, onClose, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // A frame later: the menu it was chosen from gives the focus back to its button first.
    const frame = requestAnimationFrame(() => (takeWanted() ?? heading.current)?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const parts = useRef<HTMLDivElement>(null);
  function pressed(event: KeyboardEvent) {
    if (event.defaultPrevented) return;
    if (event.key === "Escape") onClose();
    // The heading has the focus at first, and scrolls nothing by itself.
    const by = event.target === heading.current && parts.current ? scrollBy(event.key, parts.current) : null;
    if (by === null) return;
    parts.current?.scrollBy(0, by);
    event.preventDefault();
  }
  useEscapeFromBeside(onClose);
  return (
    <section aria-label={title} data-page="" onKeyDown={pressed} className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-14 shrink-0 items-center gap-1.5 border-b border-line px-3">
        <UnfoldButton workspaceName={workspaceName} />
        <h1 ref={heading} tabIndex={-1} className="min-w-0 flex-1 truncate text-lg font-semibold outline-none">
          {title}
        </h1>
        <IconButton label={texts.shared.backToPeople} onClick={onClose}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      <div
        ref={parts}
        id="people"
        role="group"
        aria-label={texts.shared.pageParts(title)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto px-6 py-5 max-md:px-3"
      >
        <div className="flex max-w-[44rem] flex-col gap-7">{children}</div>
      </div>
    </section>
  );
}

/** How far a key scrolls what scrolls, in px; null for a key that scrolls nothing. */
function scrollBy(key: string, { clientHeight, scrollHeight }: HTMLElement): number | null {
  const view = clientHeight * 0.9;
  const keys = new Map([
    ["ArrowDown", 40],
    ["ArrowUp", -40],
    ["PageDown", view],
    [" ", view],
    ["PageUp", -view],
    ["Home", -scrollHeight],
    ["End", scrollHeight],
  ]);
  return keys.get(key) ?? null;
}

/** Escape leaves the page also from beside it, as from the jobs or where nothing has the focus: the page itself hears no key then. */
function useEscapeFromBeside(onClose: () => void): void {
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape" || isModalOpen() || isMenuOpen()) return;
      if (event.target instanceof Element && event.target.closest("[data-page]")) return;
      setTimeout(() => !event.defaultPrevented && onClose());
    };
    // Before anybody else: what was open when it was pressed may be closed by it. Whoever has a use for it has said so a moment later.
    window.addEventListener("keydown", pressed, true);
    return () => window.removeEventListener("keydown", pressed, true);
  }, [onClose]);
}

/** The heading of the page that is open. */
export function pageHeading(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-page] h1");
}

export function Part({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3">
      <div>
        <h2 className="font-semibold">{title}</h2>
        {about && <p className="text-ink-2">{about}</p>}
      </div>
      {children}
    </section>
  );
}

/** A line with what it is about on the left and what can be done on the right. */
export function Row({ name, about, children }: { name: string; about?: ReactNode; children?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <div className="min-w-48 flex-1">
        <p>{name}</p>
        {about && <div className="text-sm wrap-anywhere text-ink-3">{about}</div>}
      </div>
      {children}
    </div>
  );
}
