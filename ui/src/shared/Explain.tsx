// A short text in the status bar that opens a small page of explanation when pressed.
import { Popover } from "@base-ui/react/popover";
import type { ReactNode } from "react";

interface ExplainProps {
  label: ReactNode;
  title: string;
  children: ReactNode;
  testId?: string;
}

export function Explain({ label, title, children, testId }: ExplainProps) {
  return (
    <Popover.Root>
      <Popover.Trigger
        data-testid={testId}
        className="flex h-6 min-w-0 shrink items-center gap-1.5 truncate rounded-md px-1.5 text-sm text-ink-2 hover:bg-hover hover:text-ink data-popup-open:bg-hover"
      >
        {label}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="start" sideOffset={6} collisionPadding={8}>
          <Popover.Popup className="w-80 max-w-[calc(100vw-2rem)] rounded-md border border-line bg-raised p-3 shadow-pop outline-none">
            <Popover.Title className="mb-1 font-semibold">{title}</Popover.Title>
            <div className="flex flex-col gap-2 text-ink-2">{children}</div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
