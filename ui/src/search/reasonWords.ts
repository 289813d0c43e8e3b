// Each reason for having no rows, in three parts: what happened, what it means for the data, what to do. Times are clock times, never
// countdowns.
import type { Reason } from "../backend/types";
import { clock } from "../shared/time";

export interface ReasonWords {
  title: string;
  text: string;
  /** Whether the way on is the key dialog. */
  keyMatters: boolean;
}

const kept = "Rows fetched before are still there under their own filters.";

const titles = new Map<string, string>([
  ["rate_limited", "No calls left this hour"],
  ["apollo_rate_limited", "Apollo asks to wait"],
  ["breaker_open", "Apollo is paused"],
  ["offline", "No network"],
  ["unreachable", "Apollo cannot be reached"],
  ["connection_lost", "The connection broke"],
  ["timed_out", "Apollo did not answer in time"],
  ["unavailable", "Apollo is not available"],
  ["unreadable", "Apollo's answer could not be read"],
  ["key_missing", "This workspace has no Apollo key"],
  ["key_rejected", "Apollo does not accept the key"],
  ["forbidden", "This key may not search"],
  ["out_of_credits", "No Apollo credits left"],
  ["endpoint_closed", "Apollo has closed this search"],
  ["refused", "Apollo refused the question"],
  ["keyring", "The keyring cannot be reached"],
  ["disk_full", "The disk is full"],
  ["read_only", "The data folder cannot be written"],
  ["damaged", "A data file is damaged"],
  ["newer_file", "The data was written by a newer Foray"],
  ["busy", "Another Foray is writing this data"],
  ["storage", "The data could not be read or written"],
]);

const whatToDo = new Map<string, string>([
  ["offline", "Connect this computer and try again."],
  ["unreachable", "Try again in a moment."],
  ["connection_lost", "Try again in a moment."],
  ["timed_out", "The call counts all the same. Try again in a moment."],
  ["unavailable", "It is not your doing. Try again in a moment."],
  ["unreadable", "Try again in a moment; the answer was not kept."],
  ["key_missing", "Add one to search; it stays in this computer's keyring."],
  ["key_rejected", "Replace it with one from Apollo's settings."],
  ["forbidden", "Ask Apollo's account owner for a key that may search, or set the endpoint to the free search."],
  ["out_of_credits", "Buy credits at Apollo, or set the endpoint to the free search, which costs none."],
]);

const keyCodes = new Set(["key_missing", "key_rejected", "forbidden", "out_of_credits", "endpoint_closed", "keyring"]);

export function reasonWords(reason: Reason, now: number): ReasonWords {
  const parts = [reason.message];
  if (reason.reset_at) parts.push(resume(reason.code, clock(reason.reset_at, now)));
  const advice = whatToDo.get(reason.code);
  if (advice && !reason.message.includes(advice)) parts.push(advice);
  parts.push(kept);
  return {
    title: titles.get(reason.code) ?? "The search did not work",
    text: parts.join(" "),
    keyMatters: keyCodes.has(reason.code),
  };
}

function resume(code: string, at: string): string {
  if (code === "rate_limited") return `The next call frees at ${at}.`;
  if (code === "breaker_open") return `The next try is at ${at}.`;
  return `Try again after ${at}.`;
}
