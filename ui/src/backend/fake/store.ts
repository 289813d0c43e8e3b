// Keeps the fake's state over a reload of the page (as the app keeps its own over a restart), in the session storage of the tab.
// Test material only: keys are never part of it.
import type { Settings } from "../types";
import { newWorkspace, sampleId, type WorkspaceState } from "./state";

const place = "foray-fake";
const usualSettings: Settings = {
  theme: "system",
  contrast: "system",
  density: "normal",
  zoom: 100,
  proxy: { mode: "system" },
  log_level: "info",
  notice_read: false,
};

export interface FakeStore {
  workspaces: Map<string, WorkspaceState>;
  lastWorkspace: string | null;
  settings: Settings;
}

type Flat = Omit<WorkspaceState, "personas" | "cache"> & {
  personas: [string, unknown][];
  cache: [string, unknown][];
};

export function loadStore(): FakeStore {
  const text = sessionStorage.getItem(place);
  if (text === null) {
    return {
      workspaces: new Map([[sampleId, newWorkspace(sampleId, "Sample workspace", true)]]),
      lastWorkspace: null,
      settings: usualSettings,
    };
  }
  const flat = JSON.parse(text) as { workspaces: Flat[]; lastWorkspace: string | null; settings: Settings };
  return {
    settings: flat.settings,
    lastWorkspace: flat.lastWorkspace,
    workspaces: new Map(
      flat.workspaces.map((one) => [
        one.workspace.id,
        { ...one, personas: new Map(one.personas), cache: new Map(one.cache) } as WorkspaceState,
      ]),
    ),
  };
}

export function saveStore(store: FakeStore): void {
  const workspaces = [...store.workspaces.values()].map((one) => ({
    ...one,
    personas: [...one.personas],
    cache: [...one.cache],
  }));
  try {
    sessionStorage.setItem(
      place,
      JSON.stringify({ workspaces, lastWorkspace: store.lastWorkspace, settings: store.settings }),
    );
  } catch {
    // Full: the fake then forgets at a reload, which no test of ours needs with that many pages.
  }
}
