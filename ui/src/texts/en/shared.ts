// What many places say: prices, sizes, times, Apollo's own values, the parts that every screen is made of.
import { number } from "../../shared/number";
import { calls, credits, plural } from "./counted";

export const shared = {
  close: "Close",
  undo: "Undo",
  dismiss: "Dismiss",
  /** The corner in which they come up, to whoever only hears it. */
  news: "Notifications",
  /** The cross at the head of a page. */
  backToPeople: "Back to the people (Escape)",
  /** The part of a page that scrolls, to whoever only hears it. */
  pageParts: (title: string) => `${title}, its parts`,
  /** The page of an explanation, to whoever only hears it. */
  explained: (title: string) => `${title}, explained`,
  removeChip: (label: string) => `Remove ${label}`,
  notInList: "Nothing like it in the list",
  notWhole: "A whole number, 1 or more.",
  tooMuch: (most: number) => `No more than ${number(most)}.`,

  price: {
    none: "no call",
    calls,
    /** "43 calls · ≤ 43 credits" */
    callsAndCredits: (n: number, atMost: number) => `${calls(n)} · ≤ ${credits(atMost)}`,
  },

  sizes: {
    bytes: (n: number) => plural(n, "byte"),
    kilobytes: (n: number) => `${number(n)} kB`,
    megabytes: (n: number) => `${number(n)} MB`,
  },

  /** By Apollo's own values. */
  seniorities: {
    owner: "Owner",
    founder: "Founder",
    c_suite: "C-suite",
    partner: "Partner",
    vp: "VP",
    head: "Head",
    director: "Director",
    manager: "Manager",
    senior: "Senior",
    entry: "Entry",
    intern: "Intern",
  },

  /** How old something is: days are never fewer than two. */
  age: {
    now: "just now",
    minutes: (n: number) => `${number(n)} min`,
    hours: (n: number) => `${number(n)} h`,
    days: (n: number) => `${number(n)} days`,
  },
  /** The same of when it was. */
  ago: {
    now: "just now",
    minutes: (n: number) => `${number(n)} min ago`,
    hours: (n: number) => `${number(n)} h ago`,
    days: (n: number) => `${number(n)} days ago`,
  },
  /** Of another day than today: "Tue 24 Nov, 14:05". */
  dayAndTime: (day: string, time: string) => `${day}, ${time}`,
  noTime: "unknown",
};
