// Short news over the table, over the heading of a page, or beside a dialog, where nothing is to be pressed, with at most one thing to do (Undo,
// Show in folder). They stay 6 s, long ones for as long as reading them takes, are announced politely, and can be read again among what
// was done in the workspace.
import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { type ReactNode, useLayoutEffect } from "react";
import { note, undoDeed } from "../activity/deeds";
import type { TenantId } from "../backend/types";
import { workspaceInSight } from "../shell/openTabs";
import { texts } from "../texts/texts";

const manager = Toast.createToastManager();
const stayMs = 6000;
/** A slow reader's letter. */
const letterMs = 60;

interface News {
  /** What happened, in a few words; names and paths, which may be long, go into the detail. */
  title: string;
  detail?: string;
  /** What it is about: later news of the same takes this one away. */
  about?: string;
  action?: { label: string; run: () => void };
  /** The way back, which is offered in the place of anything else. */
  undo?: () => void;
  /** Where it happened, if that may be out of sight by now: then it is only noted there. */
  workspace?: TenantId;
}

const latest = new Map<string, string>();

/** Takes the last news about something away: it is no longer true. */
export function tellNoMore(about: string): void {
  const id = latest.get(about);
  if (id !== undefined) manager.close(id);
  latest.delete(about);
}

export function tell({ title, detail, about, action, undo, workspace = workspaceInSight() }: News): void {
  let id = "";
  const takeBack =
    undo &&
    (() => {
      manager.close(id);
      undo();
    });
  const deed = note(workspace, { title, detail, undo: takeBack });
  if (workspace !== workspaceInSight()) return;
  if (about !== undefined) tellNoMore(about);
  const offered = undo ? { label: texts.shared.undo, run: () => void undoDeed(workspace, deed) } : action;
  id = manager.add({
    title,
    description: detail,
    timeout: Math.max(stayMs, (title.length + (detail?.length ?? 0)) * letterMs),
    priority: "low",
    actionProps: offered && {
      children: offered.label,
      onClick: () => {
        manager.close(id);
        offered.run();
      },
    },
  });
  if (about !== undefined) latest.set(about, id);
}

/** Takes all news away: another workspace is opened, and it is none of its business. */
export function tellNothing(): void {
  manager.close();
}

export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} timeout={stayMs}>
      {children}
      <Toast.Portal>
        <Toast.Viewport
          aria-label={texts.shared.news}
          className="fixed top-(--over-people) in-[:root:has([data-page])]:top-[calc(0.25rem+var(--tabs))] in-[:root:has([data-modal])]:top-auto in-[:root:has([data-modal])]:bottom-3 left-1/2 in-[:root:has([data-modal])]:left-3 z-10 flex w-96 max-w-[calc(100vw-2rem)] in-[:root:has([data-modal])]:w-[clamp(11rem,50vw-18rem,24rem)] -translate-x-1/2 in-[:root:has([data-modal])]:translate-x-0 flex-col gap-2 outline-none"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

const followMs = 200;

/** Keeps to the head of the table: below all that can be pressed above it, however many lines of notices come and go. */
function useOverThePeople(shown: boolean): void {
  useLayoutEffect(() => {
    if (!shown) return;
    const follow = () => {
      const top = document.getElementById("people")?.getBoundingClientRect().top ?? 0;
      document.documentElement.style.setProperty("--over-people", `${top}px`);
    };
    follow();
    const following = setInterval(follow, followMs);
    return () => clearInterval(following);
  }, [shown]);
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  useOverThePeople(toasts.length > 0);
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={[]}
      className="rounded-md border border-line bg-raised shadow-pop data-limited:hidden"
    >
      <Toast.Content className="flex items-center gap-3 py-2 pr-2 pl-3">
        <div className="min-w-0 flex-1">
          <Toast.Title className="font-medium wrap-anywhere" dir="auto" />
          <Toast.Description className="text-sm wrap-anywhere text-ink-2" dir="auto" />
        </div>
        <Toast.Action className="h-7 rounded-md px-2 font-medium text-accent hover:bg-hover" />
        <Toast.Close
          aria-label={texts.shared.dismiss}
          title={texts.shared.dismiss}
          className="inline-flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover"
        >
          <X size={14} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
