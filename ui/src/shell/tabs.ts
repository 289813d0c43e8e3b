// The tabs of one workspace: each is a view of work, with its own steps of back and forward. What is done to them makes new tabs of those
// before; nothing here knows the window. An address is text, as address.ts writes it.

export interface Tab {
  /** Never given to another tab of its workspace: how its tables were left is remembered by it. */
  id: number;
  /** The addresses that back and forward go through. */
  steps: readonly string[];
  /** Which of them it shows. */
  at: number;
}

export interface Tabs {
  /** From left to right; never none. */
  open: readonly Tab[];
  /** The id of the one in sight. */
  shown: number;
  /** Those that were closed, the newest last, and where each stood. */
  closed: readonly { tab: Tab; place: number }[];
  /** How many there ever were. */
  made: number;
}

/** So many steps each way are kept over a restart; twice as many, while the app runs. */
const mostSteps = 30;
const mostClosed = 20;

export function oneTab(address: string): Tabs {
  return { open: [{ id: 0, steps: [address], at: 0 }], shown: 0, closed: [], made: 1 };
}

export function addressIn({ steps, at }: Tab): string {
  return steps[at] ?? "";
}

export function tabOf(tabs: Tabs, id: number): Tab | undefined {
  return tabs.open.find((one) => one.id === id);
}

export function shownTab(tabs: Tabs): Tab {
  return tabOf(tabs, tabs.shown) ?? (tabs.open[0] as Tab);
}

function changed(tabs: Tabs, id: number, change: (tab: Tab) => Tab): Tabs {
  return { ...tabs, open: tabs.open.map((one) => (one.id === id ? change(one) : one)) };
}

/** A tab goes on to another address; what was forward of it is no more. */
export function stepped(tabs: Tabs, id: number, address: string): Tabs {
  return changed(tabs, id, (tab) => {
    if (addressIn(tab) === address) return tab;
    const before = tab.steps.slice(0, tab.at + 1).slice(-2 * mostSteps);
    return { ...tab, steps: [...before, address], at: before.length };
  });
}

/** The step that a tab shows becomes another address. */
export function rewritten(tabs: Tabs, id: number, address: string): Tabs {
  return changed(tabs, id, (tab) => ({ ...tab, steps: tab.steps.with(tab.at, address) }));
}

/** Back (-1) or forward (1), as far as there are steps. */
export function wentBy(tabs: Tabs, id: number, by: 1 | -1): Tabs {
  return changed(tabs, id, (tab) => (tab.steps[tab.at + by] === undefined ? tab : { ...tab, at: tab.at + by }));
}

/** Another tab beside the one in sight. `behind`: that one stays in sight. */
export function opened(tabs: Tabs, address: string, behind: boolean): Tabs {
  const id = tabs.made;
  const place = tabs.open.indexOf(shownTab(tabs)) + 1;
  const open = tabs.open.toSpliced(place, 0, { id, steps: [address], at: 0 });
  return { ...tabs, open, made: id + 1, shown: behind ? tabs.shown : id };
}

/** The last one stays. Its neighbour comes into sight, the one on the right if there is one. */
export function closed(tabs: Tabs, id: number): Tabs {
  const place = tabs.open.findIndex((one) => one.id === id);
  const tab = tabs.open[place];
  if (tab === undefined || tabs.open.length === 1) return tabs;
  const open = tabs.open.filter((one) => one !== tab);
  const beside = open[Math.min(place, open.length - 1)] as Tab;
  return {
    ...tabs,
    open,
    shown: tabs.shown === id ? beside.id : tabs.shown,
    closed: [...tabs.closed, { tab, place }].slice(-mostClosed),
  };
}

/** The one that was closed last is back where it stood, and in sight. */
export function reopened(tabs: Tabs): Tabs {
  const last = tabs.closed.at(-1);
  if (last === undefined) return tabs;
  const { tab, place } = last;
  return { ...tabs, open: tabs.open.toSpliced(place, 0, tab), shown: tab.id, closed: tabs.closed.slice(0, -1) };
}

export function shown(tabs: Tabs, id: number): Tabs {
  return tabOf(tabs, id) === undefined ? tabs : { ...tabs, shown: id };
}

/** The one so many places to the right of the one in sight; after the last comes the first. */
export function beside(tabs: Tabs, by: number): number {
  const count = tabs.open.length;
  const place = tabs.open.indexOf(shownTab(tabs)) + by;
  return (tabs.open[((place % count) + count) % count] as Tab).id;
}

export function moved(tabs: Tabs, id: number, place: number): Tabs {
  const tab = tabOf(tabs, id);
  if (tab === undefined) return tabs;
  const others = tabs.open.filter((one) => one !== tab);
  return { ...tabs, open: others.toSpliced(Math.min(others.length, Math.max(0, place)), 0, tab) };
}

/** What of them is stored: those that are open, each with its newest steps. */
export function keptOf({ open, shown, made }: Tabs): unknown {
  const tabs = open.map(({ id, steps, at }) => {
    const from = Math.max(0, at - mostSteps);
    return { id, steps: steps.slice(from, at + mostSteps), at: at - from };
  });
  return { open: tabs, shown, made };
}

/** Tabs from what was stored. A tab with a step that is not `own` is left out; null when none is left. */
export function tabsFrom(stored: unknown, own: (address: string) => boolean): Tabs | null {
  const { open, shown, made } = (stored ?? {}) as Record<string, unknown>;
  const tabs = Array.isArray(open) ? open.filter((one) => isTab(one, own)) : [];
  const [first] = tabs;
  if (first === undefined || new Set(tabs.map(({ id }) => id)).size < tabs.length) return null;
  const ids = tabs.map(({ id }) => id);
  return {
    open: tabs,
    shown: ids.find((id) => id === shown) ?? first.id,
    closed: [],
    made: Math.max(typeof made === "number" ? made : 0, ...ids.map((id) => id + 1)),
  };
}

function isTab(stored: unknown, own: (address: string) => boolean): stored is Tab {
  const { id, steps, at } = (stored ?? {}) as Record<string, unknown>;
  if (typeof id !== "number" || typeof at !== "number" || !Array.isArray(steps) || steps[at] === undefined)
    return false;
  return steps.every((one) => typeof one === "string" && own(one));
}
