// What the fake remembers and how a test bends it: workspaces, personas, keys, cache, calls, and the trouble to answer with.
// Lives in memory; `?fake=…` in the address and `window.__fake` set the trouble.
import type {
  Answer,
  BreakerStatus,
  EndpointSetting,
  Job,
  KeyStatus,
  Persona,
  Reason,
  SearchInput,
  Workspace,
} from "../types";
import { type Bought, nothingBought } from "./enrich";
import { nobodyStored, type Stored } from "./stored";

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
  | "unreachable"
  | "ledger_lost"
  | "storage";

/** How a paid call is answered: as it should be; not at all; for its first with somebody else; with everybody and no price. */
export type PaidAnswer = "answered" | "lost" | "instead" | "price untold";

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
  /** Everybody ever fetched here. */
  stored: Stored;
  calls: number[];
  /** What was paid for here. */
  bought: Bought;
  /** Unfinished ones in their order. */
  jobs: Job[];
  closedFull: boolean;
  /** What the last search or check was refused with, until the key or the search is another one. */
  gate: Reason | null;
  /** Whether this key was answered. */
  answered: boolean;
  view: string | null;
  /** Its file of personas was made by a newer Foray. */
  newer: boolean;
  /** It was used all day: its activity has something to show. */
  busyDay: boolean;
}

export interface FakeControls {
  trouble: Trouble;
  /** How long a call takes, in ms. */
  delayMs: number;
  /** How long a page of an export takes, in ms. */
  exportPageMs: number;
  /** Pages after which the next one stays under way, until a test lets it end. */
  exportHoldsAfter: number;
  /** Milliseconds until rows of the store come, as of very many people. */
  windowMs: number;
  /** Windows of rows that the store was asked for. */
  windows: number;
  /** So many people were ever fetched in each workspace, as far as the table of everyone knows; 0: who really was. */
  crowd: number;
  /** Makes every cached answer older by this much. */
  ageCacheBy(ms: number): void;
  useUpCalls(workspace: string, leave: number): void;
  /** An hour passes for the calls. */
  freeCalls(workspace: string): void;
  /** The files of a workspace were made by a newer Foray. */
  makeNewer(workspace: string): void;
  jobsOf(workspace: string): Job[];
  /** The workspace was used all day. */
  haveBusyDay(workspace: string): void;
  /** Answers tell that somebody changed jobs. */
  changeJob(workspace: string, id: string): void;
  /** Another page of what was searched last comes in without the window having asked, as an export brings it. */
  fetchPage(workspace: string, page: number): Promise<void>;
  /** So many of the first who match are at Apollo no longer. */
  left: number;
  /** What an answer without rows is refused with: when it is over, in ms from now. */
  pauseMs: number;
  /** What Apollo told of its own limits: nothing yet, all of them, or all of them and that one is reached. */
  ownLimits: "untold" | "told" | "reached";
  /** The status is such that whoever draws it throws: a mistake of the window's own. */
  broken: boolean;
  /** What becomes of the next paid call. */
  nextPaid: PaidAnswer;
  /** Whether Apollo's count does not tell yet what became of a lost call. */
  tooEarly: boolean;
  notices: string[];
  searches: number;
  /** What was asked last. */
  lastSearch: SearchInput | null;
  links: string[];
  shown: string[];
  /** The keyring is locked: it answers nothing until it is unlocked again. */
  lockKeyring(locked: boolean): void;
  /** The command line removes a workspace. */
  removeElsewhere(workspace: string): void;
  /** What the next file dialog that opens a file gives: a backup or a persona. */
  nextFile: "backup" | "persona" | "broken" | null;
  /** Folders and files that were shown, window resets, restores: what the app was asked to do. */
  done: string[];
  /** What `keySet` was told last, for asserting that the key crosses once and is kept nowhere in the page. */
  keysSet: number;
  cancelChoice: boolean;
}

export const sampleId = "00000000-0000-4000-8000-000000000001";
const hour = 3_600_000;

export function newWorkspace(id: string, name: string, sample: boolean): WorkspaceState {
  return {
    workspace: {
      id,
      name,
      sample,
      calls_per_hour: 100,
      endpoint: "auto",
      key_hint: null,
      refresh_stale: false,
      cache_mb: 256,
      cache_hours: 24,
      export_folder: null,
      caps: { job: null, day: null, month: null, workspace: null },
    },
    key: sample ? { state: "not_needed" } : { state: "missing" },
    personas: new Map(),
    cache: new Map(),
    stored: nobodyStored(),
    calls: [],
    bought: nothingBought(),
    jobs: [],
    closedFull: false,
    gate: null,
    answered: false,
    view: null,
    newer: false,
    busyDay: false,
  };
}

export function callsInWindow(state: WorkspaceState, now: number): number[] {
  return state.calls.filter((at) => at > now - hour);
}

export function breakerOf(trouble: Trouble, now: number, pauseMs: number): BreakerStatus {
  return trouble === "breaker_open"
    ? {
        state: "open",
        reason: "The last 5 calls failed.",
        retry_at: new Date(now + pauseMs).toISOString(),
        offline_since: null,
      }
    : {
        state: "closed",
        reason: null,
        retry_at: null,
        offline_since: trouble === "offline" ? new Date(now - 5 * 60_000).toISOString() : null,
      };
}

export function endpointInUse(state: WorkspaceState): { free: boolean; because: string | null } {
  const setting: EndpointSetting = state.workspace.endpoint;
  if (setting === "free") return { free: true, because: "set for this workspace" };
  if (setting === "full") return { free: false, because: "set for this workspace" };
  return state.closedFull
    ? { free: true, because: "Apollo has closed the full search for this key" }
    : { free: false, because: null };
}
