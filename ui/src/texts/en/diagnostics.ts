// Diagnostics of a workspace: the picture of a day, how calls and service stand, and the text to send along with a question.
import { number } from "../../shared/number";

export const diagnostics = {
  title: "Diagnostics",
  about: (workspace: string) => `Workspace “${workspace}”, the last 24 hours.`,
  noCalls: "No calls in the last 24 hours",

  day: {
    /** The picture as a sentence: "In the last 24 hours: 41 answered, 12 from the cache, 0 not sent, 2 failed." */
    sentence: (outcomes: string) => `In the last 24 hours: ${outcomes}.`,
    /** One half hour: "14:30: 3 answered, 1 failed" */
    slot: (when: string, outcomes: string) => `${when}: ${outcomes}`,
    table: "Calls by half hour, where there were any",
    from: "From",
  },
  /** What came of a call: over the numbers in the table and after the one in the legend; in the middle of a sentence with its number. */
  outcomes: {
    live: { name: "answered", about: "calls that Apollo answered", counted: (n: number) => `${n} answered` },
    cached: { name: "from the cache", about: "no call", counted: (n: number) => `${n} from the cache` },
    refused: {
      name: "not sent",
      about: "no calls left, paused, no network or no key",
      counted: (n: number) => `${n} not sent`,
    },
    failed: { name: "failed", about: "sent, but without an answer of use", counted: (n: number) => `${n} failed` },
  },

  /** How calls and service stand: what each line is of, and what it says. */
  standing: {
    calls: "Calls",
    callsLeft: (left: number, of: number) => `${number(left)} of ${number(of)} left this hour`,
    nextCall: "Next call",
    nextCallFrees: (when: string) => `one more frees at ${when}`,
    allFree: "all are free",
    hold: "On hold",
    holdUntil: (when: string) => `until ${when}: the record of this hour's calls was lost`,
    pause: "Pause",
    pauseUntil: (when: string) => `Apollo's own limit is reached until ${when}`,
    limits: "Apollo's limits",
    service: "Service",
    network: "Network",
    networkGone: (since: string) => `none since ${since}`,
    networkFine: "nothing wrong is known",
  },
  breaker: {
    name: "Breaker",
    closed: "closed: calls go through",
    /** After these two may come a sentence that tells why. */
    halfOpen: "half open: one call tries whether Apollo answers again.",
    open: "open: calls are paused.",
    openUntil: (when: string) => `open: calls are paused; next try at ${when}.`,
  },

  text: {
    label: "Diagnostics",
    hint: "no key and no people in it; it is sent nowhere",
    copy: "Copy",
    copied: "Copied.",
    selected: (key: string) => `Selected: press ${key} to copy it.`,
  },
};
