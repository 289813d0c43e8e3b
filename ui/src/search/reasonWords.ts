// Each reason for having no rows, in three parts: what happened, what it means for the data, what to do. Times are clock times, never
// countdowns, and this computer's own: where a moment is known the window writes the sentence itself, since the core's holds that
// moment in the core's words already. Nothing is said twice.
import type { Reason } from "../backend/types";
import { clock, isAhead } from "../shared/time";
import { textOf, texts } from "../texts/texts";

export interface ReasonWords {
  title: string;
  text: string;
}

const words = texts.search.reasons;

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

const pauses = new Map(Object.entries(words.pauses));

/** Within a sentence: "nothing: no network". */
export function shortReason(reason: Reason): string {
  return textOf(words.short, reason.code, words.otherShort);
}

/** What happened, in a sentence or two with this computer's clock times. */
export function reasonSentence(reason: Reason, now: number): string {
  const { code, message, reset_at } = reason;
  const pause = pauses.get(code);
  if (pause && reset_at) return isAhead(reset_at, now) ? pause.until(clock(reset_at, now)) : pause.over;
  // A reason that is new to this window: its sentence, with a time unless it says one.
  if (reset_at && isAhead(reset_at, now) && !/\d:\d\d/.test(message))
    return words.tryAfter(message, clock(reset_at, now));
  return message;
}

/** Why an export waits, and when it goes on: "Apollo is paused; tries again at 14:05". */
export function waitingWords(reason: Reason, now: number): string {
  const { waiting } = texts.search;
  const at = reason.reset_at ? clock(reason.reset_at, now) : null;
  switch (reason.code) {
    case "rate_limited":
      return waiting.hourUsed(at);
    case "not_ready":
      return waiting.mobiles(at);
    case "to_be_counted":
      return waiting.toBeCounted(at);
    case "unwritten":
      return waiting.unwritten;
    case "out_of_credits":
      return waiting.outOfCredits;
    case "key_rejected":
      return waiting.keyRejected;
    case "breaker_open":
      return waiting.paused(at);
    default:
      return waiting.other(shortReason(reason), at);
  }
}

export function reasonWords(reason: Reason, now: number): ReasonWords {
  const parts = [
    reasonSentence(reason, now),
    textOf(words.besides, reason.code, ""),
    ofTheData.has(reason.code) ? "" : words.rowsKept,
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
  return textOf(words.titles, code, words.otherTitle);
}
