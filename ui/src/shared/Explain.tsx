// A short text in the status bar that opens a small page of explanation when pressed. Where the bar has no room for all of the text it
// is cut there, lent as a title (shared/tooltips.ts), and whole on the page, for whoever has no pointer.
import { Popover } from "@base-ui/react/popover";
import type { ReactNode } from "react";
import { texts } from "../texts/texts";

interface ExplainProps {
  title: string;
  /** What stands in the bar. */
  words: string;
  /** A mark in front of it. */
  mark?: ReactNode;
  children: ReactNode;
  testId: string;
  /** Tailwind's share in what the bar is short of. */
  shrink: string;
  /** Tailwind's width of the page. */
  width?: string;
}

export function Explain({ title, words, mark, children, testId, shrink, width = "w-80" }: ExplainProps) {
  return (
    <Popover.Root>
      <Popover.Trigger
        data-testid={testId}
        className={`flex h-6 min-w-10 items-center gap-1.5 rounded-md px-1.5 text-sm text-ink-2 hover:bg-hover hover:text-ink data-popup-open:bg-hover ${shrink}`}
      >
        {mark}
        <span className="truncate">{words}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="start" sideOffset={6} collisionPadding={8}>
          <Popover.Popup
            className={`flex max-h-(--available-height) max-w-[calc(100vw-2rem)] flex-col rounded-md border border-line bg-raised pt-3 shadow-pop outline-none ${width}`}
          >
            <Popover.Title className="px-3 pb-1 font-semibold">{title}</Popover.Title>
            <div
              role="group"
              aria-label={texts.shared.explained(title)}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
              tabIndex={0}
              className="flex min-h-0 flex-col gap-2 overflow-y-auto rounded-md px-3 pb-3 text-ink-2"
            >
              <p className="font-medium text-ink">{words}</p>
              {children}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
