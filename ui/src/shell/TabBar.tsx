// The tabs over the people, one for each view of work; not there while there is only one. They are shown, closed, opened again and put
// into another order, by keys and by the mouse.
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react";
import type { Persona, TenantId } from "../backend/types";
import { fullName } from "../people/facts";
import { IconButton } from "../shared/Button";
import { useCommand } from "../shared/commands";
import { drawAmong } from "../shared/drag";
import { actionOf, keyOf } from "../shared/keys";
import { tell } from "../shared/toasts";
import { texts } from "../texts/texts";
import { addressFrom } from "./address";
import { useBackend } from "./backend-context";
import { changeTabs, useTabs } from "./openTabs";
import { focusTab, panelId, tabElementId } from "./tabPlaces";
import { addressIn, beside, closed, moved, opened, reopened, shown, type Tab, type Tabs } from "./tabs";
import { tabWords } from "./tabWords";

const words = texts.shell.tabs;

export function TabBar({ personas }: { personas: readonly Persona[] }) {
  const { workspace, tabs, tab } = useTabs();
  const bar = useRef<HTMLDivElement>(null);
  const steps = useTabSteps(workspace, tabs, tab);
  useEffect(() => {
    document.getElementById(tabElementId(tab.id))?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [tab.id]);
  if (tabs.open.length === 1) return null;

  function pressed(event: KeyboardEvent, id: number) {
    const place = tabs.open.findIndex((one) => one.id === id);
    switch (actionOf(event, "tab")) {
      case "tab-left":
        focusTab(tabs.open[place - 1]?.id);
        break;
      case "tab-right":
        focusTab(tabs.open[place + 1]?.id);
        break;
      case "move-tab-left":
        steps.move(id, place - 1);
        break;
      case "move-tab-right":
        steps.move(id, place + 1);
        break;
      case "close-this-tab":
        steps.close(id);
        focusTab((tabs.open[place + 1] ?? tabs.open[place - 1])?.id);
        break;
      default:
        return;
    }
    event.preventDefault();
  }
  function drawn(event: PointerEvent<HTMLElement>, id: number) {
    if (event.button !== 0) return;
    const all = () => [...(bar.current?.querySelectorAll<HTMLElement>("[role=tab]") ?? [])];
    drawAmong(event, event.currentTarget, all, (over) => steps.move(id, all().indexOf(over)));
  }
  return (
    <section aria-label={words.title} className="flex h-8 shrink-0 items-stretch border-b border-line bg-pane">
      <div
        ref={bar}
        role="tablist"
        aria-label={words.list}
        className="flex min-w-0 overflow-x-auto [scrollbar-width:none]"
      >
        {tabs.open.map((one) => (
          <OneTab
            key={one.id}
            workspace={workspace}
            tab={one}
            personas={personas}
            selected={one.id === tab.id}
            onShow={() => steps.show(one.id)}
            onClose={() => steps.close(one.id)}
            onKeyDown={(event) => pressed(event, one.id)}
            onDraw={(event) => drawn(event, one.id)}
          />
        ))}
      </div>
      <IconButton label={words.another(keyOf("new-tab"))} className="m-0.5" onClick={steps.another}>
        <Plus size={14} aria-hidden />
      </IconButton>
    </section>
  );
}

/** What can be done to the tabs, and the keys of the window that do it. */
function useTabSteps(workspace: TenantId, tabs: Tabs, tab: Tab) {
  const change = (step: (tabs: Tabs) => Tabs) => changeTabs(workspace, step);
  const alone = tabs.open.length === 1;
  const steps = {
    another: () => change((before) => opened(before, addressIn(tab), false)),
    show: (id: number) => change((before) => shown(before, id)),
    close: (id: number) => {
      change((before) => closed(before, id));
      tell({
        title: words.closed,
        about: "tab",
        undo: () => change(reopened),
      });
    },
    move: (id: number, place: number) => change((before) => moved(before, id, place)),
  };
  useCommand("new-tab", steps.another);
  useCommand("close-tab", () => steps.close(tab.id), alone);
  useCommand("reopen-tab", () => change(reopened), tabs.closed.length === 0);
  useCommand("next-tab", () => steps.show(beside(tabs, 1)), alone);
  useCommand("previous-tab", () => steps.show(beside(tabs, -1)), alone);
  useCommand(
    "tab-by-number",
    (pressed) => {
      const one = pressed?.key === "9" ? tabs.open.at(-1) : tabs.open[Number(pressed?.key) - 1];
      if (one) steps.show(one.id);
    },
    alone,
  );
  return steps;
}

interface OneTabProps {
  workspace: TenantId;
  tab: Tab;
  personas: readonly Persona[];
  selected: boolean;
  onShow: () => void;
  onClose: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onDraw: (event: PointerEvent<HTMLElement>) => void;
}

function OneTab({ workspace, tab, personas, selected, onShow, onClose, onKeyDown, onDraw }: OneTabProps) {
  const address = addressFrom(addressIn(tab));
  const { title, about } = tabWords(address, personas, usePersonName(workspace, address.person));
  return (
    <div
      role="presentation"
      className="group relative flex w-48 min-w-24 shrink border-r border-line"
      onAuxClick={(event) => event.button === 1 && onClose()}
    >
      <button
        type="button"
        id={tabElementId(tab.id)}
        role="tab"
        aria-selected={selected}
        aria-controls={selected ? panelId : undefined}
        aria-keyshortcuts="Delete"
        tabIndex={selected ? 0 : -1}
        title={about}
        onClick={onShow}
        onKeyDown={onKeyDown}
        onPointerDown={onDraw}
        className="flex min-w-0 flex-1 items-center pr-7 pl-3 text-ink-2 hover:bg-hover hover:text-ink aria-selected:bg-bg aria-selected:font-medium aria-selected:text-ink aria-selected:shadow-[inset_0_2px_0_var(--c-accent)]"
      >
        <span className="truncate" dir="auto">
          {title}
        </span>
      </button>
      {/* For the mouse; the keyboard has keys for it, which screen readers tell. */}
      <span
        aria-hidden
        data-close={tab.id}
        title={words.close(keyOf("close-tab"))}
        onClick={onClose}
        className="absolute inset-y-1.5 right-1.5 flex w-5 items-center justify-center rounded-sm text-ink-3 hover:bg-active hover:text-ink"
      >
        <X size={12} />
      </span>
    </div>
  );
}

/** Null while it is not known, or when nobody is open. */
function usePersonName(workspace: TenantId, id: string | null): string | null {
  const backend = useBackend();
  const asked = useQuery({
    queryKey: ["workspace", workspace, "people", "person", id],
    enabled: id !== null,
    queryFn: () => (id === null ? null : backend.person(workspace, id)),
  });
  return asked.data ? fullName(asked.data.person) : null;
}
