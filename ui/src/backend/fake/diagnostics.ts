// What the fake tells of its last 24 hours, and of itself: made-up, the same shape and the same care (no key, no people) as the app's.
import type { ActivitySlot } from "../types";
import type { Trouble, WorkspaceState } from "./state";

const slotMs = 30 * 60_000;
const slots = 48;

export function activityOf(state: WorkspaceState, now: number): ActivitySlot[] {
  const end = (Math.floor(now / slotMs) + 1) * slotMs;
  return Array.from({ length: slots }, (_, at) => {
    const begins = end - (slots - at) * slotMs;
    const calls = state.calls.filter((call) => call >= begins && call < begins + slotMs).length;
    const busy = state.busyDay && at > 16 && at < 40;
    return {
      begins_at: new Date(begins).toISOString(),
      live: calls + (busy ? (at * 7) % 12 : 0),
      cached: busy ? (at * 5) % 9 : 0,
      refused: busy && at % 9 === 0 ? 4 : 0,
      failed: busy && at % 11 === 0 ? 3 : 0,
    };
  });
}

export function diagnosticsOf(state: WorkspaceState, trouble: Trouble): string {
  return [
    "Foray 0.1.0 (fake)",
    "system: a browser",
    `workspace: ${state.workspace.sample ? "sample" : "own"}, ${state.workspace.calls_per_hour} calls an hour`,
    `endpoint: ${state.workspace.endpoint}`,
    `key: ${state.key.state}`,
    `answers kept: ${state.cache.size}`,
    `trouble: ${trouble}`,
  ].join("\n");
}
