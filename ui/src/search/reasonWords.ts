// Each reason for having no rows, in three parts: what happened, what it means for the data, what to do. Times are clock times, never
// countdowns, and this computer's own: where a moment is known the window writes the sentence itself, since the core's holds that
// moment in the core's words already. Nothing is said twice.
import type { Reason } from "../backend/types";
import { clock, isAhead } from "../shared/time";

export interface ReasonWords {
  title: string;
  text: string;
}

const kept = "Rows fetched before are still there under their own filters.";

const titles = new Map<string, string>([
  ["rate_limited", "No calls left this hour"],
  ["apollo_rate_limited", "Apollo's own limit is reached"],
  ["breaker_open", "Apollo is paused"],
  ["ledger_lost", "Calls are on hold"],
  ["offline", "No network"],
  ["unreachable", "Apollo cannot be reached"],
  ["barred", "Something stands between you and Apollo"],
  ["connection_lost", "The connection broke"],
  ["timed_out", "Apollo did not answer in time"],
  ["unavailable", "Apollo is not available"],
  ["unreadable", "Apollo's answer could not be read"],
  ["key_missing", "This workspace has no Apollo key"],
  ["key_rejected", "Apollo does not accept the key"],
  ["forbidden", "This key may not use this search"],
  ["out_of_credits", "No Apollo credits left"],
  ["endpoint_closed", "Apollo has closed this search"],
  ["bad_input", "The filters cannot be searched like this"],
  ["refused", "Apollo refused the question"],
  ["keyring", "The keyring cannot be reached"],
  ["disk_full", "The disk is full"],
  ["read_only", "The data folder cannot be written"],
  ["damaged", "A data file is damaged"],
  ["newer_file", "The data was written by a newer Foray"],
  ["older_open", "An older Foray is still running"],
  ["busy", "Another Foray is writing this data"],
  ["storage", "The data could not be read or written"],
  ["not_ready", "Apollo is still working on it"],
  ["gone", "Apollo does not have this any more"],
  ["capped", "A cap of credits is reached"],
  ["may_be_charged", "Paid calls got no answer"],
  ["to_be_counted", "A paid call got no answer"],
  ["unwritten", "Paid for, and not on the disk yet"],
]);

/** What the core's own sentence leaves unsaid. */
const besides = new Map<string, string>([
  ["timed_out", "The call counts all the same."],
  ["unavailable", "It is not your doing."],
  ["unreadable", "The call counts, but the answer was not kept."],
  ["capped", "Raise the cap in the ledger, or choose the free search, which costs no credits."],
  ["key_missing", "It stays in this computer's keyring."],
  ["forbidden", "Choose the free search, or ask Apollo's account owner for a key that may use this one."],
]);

/** Where the kept rows themselves may be out of reach, nothing is promised about them. */
const ofTheData = new Set([
  "disk_full",
  "read_only",
  "damaged",
  "newer_file",
  "older_open",
  "busy",
  "storage",
  "not_found",
  "unwritten",
]);

/** What happened, and the pause there is until it is worth trying again; the second part once the pause is over. */
const pauses = new Map<string, { what: string; until: (at: string) => string; over: string }>([
  [
    "rate_limited",
    {
      what: "All calls of this hour are used.",
      until: (at) => `The next one frees at ${at}.`,
      over: "One is free again.",
    },
  ],
  [
    "apollo_rate_limited",
    { what: "Apollo takes no more calls for now.", until: (at) => `Calls go on at ${at}.`, over: "It is over." },
  ],
  [
    "breaker_open",
    {
      what: "Apollo keeps failing or is very slow, so calls are paused.",
      until: (at) => `The next try is at ${at}.`,
      over: "It may be tried again now.",
    },
  ],
  [
    "ledger_lost",
    {
      what: "The record of this hour's calls was lost, so nobody knows how many were made.",
      until: (at) => `Calls go on at ${at}.`,
      over: "Calls can go on now.",
    },
  ],
]);

/** "nothing: no network" after a colon, but "Apollo" keeps its capital. */
export function shortReason(reason: Reason): string {
  const title = titleOf(reason.code);
  return title.startsWith("Apollo") ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

/** What happened, in a sentence or two with this computer's clock times. */
export function reasonSentence(reason: Reason, now: number): string {
  const { code, message, reset_at } = reason;
  const pause = pauses.get(code);
  if (pause && reset_at)
    return `${pause.what} ${isAhead(reset_at, now) ? pause.until(clock(reset_at, now)) : pause.over}`;
  // A reason that is new to this window: its sentence, with a time unless it says one.
  if (reset_at && isAhead(reset_at, now) && !/\d:\d\d/.test(message))
    return `${message} Try again after ${clock(reset_at, now)}.`;
  return message;
}

/** Why an export waits, and when it goes on: "Apollo is paused; tries again at 14:05". */
export function waitingWords(reason: Reason, now: number): string {
  const at = reason.reset_at ? clock(reason.reset_at, now) : null;
  switch (reason.code) {
    case "rate_limited":
      return `this hour's calls are used, but for those kept for your clicks${at ? `; goes on at ${at}` : ""}`;
    case "not_ready":
      return `mobile numbers take Apollo some minutes${at ? `; looks again at ${at}` : ""}`;
    case "to_be_counted":
      return `a paid call with this key got no answer; Apollo's own count is asked for${at ? ` at ${at}` : " first"}`;
    case "unwritten":
      return "the disk does not take what was paid for; make room, and leave Foray open until then";
    case "out_of_credits":
      return "no Apollo credits left; asked again within the hour, or at once by Try now";
    case "key_rejected":
      return "Apollo does not accept the key; replace it, or Try now once it is in order";
    case "breaker_open":
      return `Apollo is paused${at ? `; tries again at ${at}` : ""}`;
    default:
      return `${shortReason(reason)}${at ? `; goes on at ${at}` : ""}`;
  }
}

export function reasonWords(reason: Reason, now: number): ReasonWords {
  const parts = [
    reasonSentence(reason, now),
    besides.get(reason.code) ?? "",
    ofTheData.has(reason.code) ? "" : kept,
  ].filter((part) => part !== "");
  return { title: titleOf(reason.code), text: parts.join(" ") };
}

/** The way on that lies in the workspace's settings: a key, or the other search. */
export function wayOn(reason: Reason, free: boolean): "add-key" | "key" | "free-search" | null {
  switch (reason.code) {
    case "key_missing":
      return "add-key";
    case "key_rejected":
    case "keyring":
      return "key";
    case "forbidden":
    case "out_of_credits":
    case "endpoint_closed":
      return free ? "key" : "free-search";
    default:
      return null;
  }
}

function titleOf(code: string): string {
  return titles.get(code) ?? "The search did not work";
}
