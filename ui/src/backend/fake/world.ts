// What the parts of the fake share: its workspaces, who listens, and `window.__fake`, by which a test bends it.
import type { BreakerChange, TenantId } from "../types";
import { failure } from "./answers";
import { breakerOf, callsInWindow, type FakeControls, type Trouble, type WorkspaceState } from "./state";
import { type FakeStore, loadStore, saveStore } from "./store";

declare global {
  interface Window {
    __fake?: FakeControls;
  }
}

export interface World {
  /** What `?fake=` asks for. */
  asked: string | null;
  store: FakeStore;
  controls: FakeControls;
  keyringLocked: boolean;
  breakerHeard: Set<(breaker: BreakerChange) => void>;
  peopleHeard: Set<(workspace: TenantId) => void>;
  /** The workspace, which has to be there. */
  of(id: TenantId): WorkspaceState;
  /** The workspace, unless its files are a newer Foray's. */
  readable(id: TenantId): WorkspaceState;
  /** Keeps what was changed over a reload. */
  keep(): void;
  peopleChanged(workspace: TenantId): void;
  /** As long as a call takes. */
  call(): Promise<void>;
}

const hour = 3_600_000;

export const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

export function newWorld(fetchPage: FakeControls["fetchPage"]): World {
  const store = loadStore();
  const asked = new URLSearchParams(location.search).get("fake");
  let trouble = (asked ?? "none") as Trouble;

  const controls: FakeControls = {
    get trouble() {
      return trouble;
    },
    set trouble(next: Trouble) {
      const from = breakerOf(trouble, Date.now(), 0).state;
      trouble = next;
      const { state: to, reason } = breakerOf(next, Date.now(), 0);
      const at = new Date().toISOString();
      for (const heard of world.breakerHeard)
        heard({ origin: "fake", from, to, reason: reason ?? "The trial call succeeded.", at });
    },
    delayMs: 60,
    exportPageMs: 80,
    exportHoldsAfter: Number.POSITIVE_INFINITY,
    windowMs: 0,
    windows: 0,
    crowd: 0,
    notices:
      asked === "notice"
        ? ["A damaged cache was set aside as cache.damaged-2026-11-22.sqlite; a new one was made."]
        : [],
    searches: 0,
    lastSearch: null,
    links: [],
    shown: [],
    keysSet: 0,
    cancelChoice: false,
    ageCacheBy(ms) {
      for (const one of store.workspaces.values())
        for (const entry of one.cache.values()) {
          entry.storedAt -= ms;
          entry.answer = { ...entry.answer, as_of: new Date(Date.parse(entry.answer.as_of) - ms).toISOString() };
        }
      keep();
    },
    useUpCalls(workspace, leave) {
      const one = of(workspace);
      const spare = one.workspace.calls_per_hour - callsInWindow(one, Date.now()).length - leave;
      for (let i = 0; i < spare; i++) one.calls.unshift(Date.now() - 20 * 60_000);
      keep();
    },
    freeCalls(workspace) {
      of(workspace).calls = [];
      keep();
    },
    makeNewer(workspace) {
      of(workspace).newer = true;
      keep();
    },
    jobsOf: (workspace) => of(workspace).jobs,
    haveBusyDay(workspace) {
      of(workspace).busyDay = true;
      keep();
    },
    changeJob(workspace, id) {
      const person = of(workspace).stored.people[id];
      if (!person) return;
      const [after, by] = [40, 2].map((days) => new Date(Date.now() - days * 24 * hour).toISOString());
      if (after && by) person.changed_jobs = { after, by };
      peopleChanged(workspace);
    },
    fetchPage,
    left: 0,
    pauseMs: 47 * 60_000,
    ownLimits: "untold",
    broken: false,
    nextPaid: "answered",
    tooEarly: false,
    lockKeyring(locked) {
      world.keyringLocked = locked;
    },
    removeElsewhere(workspace) {
      store.workspaces.delete(workspace);
      keep();
    },
    nextFile: null,
    done: [],
  };
  window.__fake = controls;

  function of(id: TenantId): WorkspaceState {
    const one = store.workspaces.get(id);
    if (!one) throw failure("not_found", "There is no such workspace.", { what: "workspace", name: id });
    return one;
  }
  function keep() {
    saveStore(store);
  }
  function peopleChanged(workspace: TenantId) {
    keep();
    for (const heard of world.peopleHeard) heard(workspace);
  }
  const world: World = {
    asked,
    store,
    controls,
    keyringLocked: false,
    breakerHeard: new Set(),
    peopleHeard: new Set(),
    of,
    keep,
    peopleChanged,
    call: () => wait(controls.delayMs),
    readable(id) {
      const one = of(id);
      if (one.newer)
        throw failure(
          "newer_file",
          "The workspace's file of people and personas was made by a newer version of Foray. Install the newest version; the file was left untouched.",
          { what: "The workspace's file of people and personas" },
        );
      return one;
    },
  };
  return world;
}
