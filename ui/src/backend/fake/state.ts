// What the fake remembers and how a test bends it: workspaces, personas, keys, cache, calls, and the trouble to answer with.
// Lives in memory; `?fake=…` in the address and `window.__fake` set the trouble.
import type { Answer, BreakerStatus, EndpointSetting, KeyStatus, Persona, SearchInput, Workspace } from "../types";

export type Trouble =
  | "none"
  | "rate_limited"
  | "breaker_open"
  | "offline"
  | "key_missing"
  | "key_rejected"
  | "forbidden"
  | "out_of_credits"
  | "timed_out"
  | "unavailable"
  | "unreadable"
  | "storage";

export interface CacheEntry {
  answer: Answer;
  storedAt: number;
  bytes: number;
}

export interface WorkspaceState {
  workspace: Workspace;
  key: KeyStatus;
  personas: Map<string, Persona>;
  cache: Map<string, CacheEntry>;
  calls: number[];
  closedFull: boolean;
  view: string | null;
}

export interface FakeControls {
  trouble: Trouble;
  /** How long a call takes, in ms. */
  delayMs: number;
  /** How long a page of an export takes, in ms. */
  exportPageMs: number;
  /** Makes every cached answer older by this much. */
  ageCacheBy(ms: number): void;
  useUpCalls(workspace: string, leave: number): void;
  notices: string[];
  searches: number;
  /** What was asked last. */
  lastSearch: SearchInput | null;
  links: string[];
  shown: string[];
  /** What `keySet` was told last, for asserting that the key crosses once and is kept nowhere in the page. */
  keysSet: number;
  cancelChoice: boolean;
}

export const sampleId = "00000000-0000-4000-8000-000000000001";
const hour = 3_600_000;

export function newWorkspace(id: string, name: string, sample: boolean): WorkspaceState {
  return {
    workspace: { id, name, sample, calls_per_hour: 100, endpoint: "auto", key_hint: null },
    key: sample ? { state: "not_needed" } : { state: "missing" },
    personas: new Map(),
    cache: new Map(),
    calls: [],
    closedFull: false,
    view: null,
  };
}

export function callsInWindow(state: WorkspaceState, now: number): number[] {
  return state.calls.filter((at) => at > now - hour);
}

export function breakerOf(trouble: Trouble, now: number): BreakerStatus {
  return trouble === "breaker_open"
    ? {
        state: "open",
        reason: "The last 5 calls failed.",
        retry_at: new Date(now + 30_000).toISOString(),
      }
    : { state: "closed", reason: null, retry_at: null };
}

export function endpointInUse(state: WorkspaceState): { free: boolean; because: string | null } {
  const setting: EndpointSetting = state.workspace.endpoint;
  if (setting === "free") return { free: true, because: "set for this workspace" };
  if (setting === "full") return { free: false, because: "set for this workspace" };
  return state.closedFull
    ? { free: true, because: "Apollo has closed the full search for this key" }
    : { free: false, because: null };
}
