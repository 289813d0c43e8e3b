// The ledger of credits, the caps on them, and what the key and its plan allow.
import { amount, number } from "../../shared/number";
import * as counted from "./counted";

export const credits = {
  title: "Ledger of credits",
  sample: "These credits are a stand-in's, as made up as its people: nothing here costs anything.",

  charged: (n: number) => `${counted.credits(n)} charged`,
  /** After what was charged. */
  unknownMore: (n: number) => `at most ${counted.credits(n)} more that nobody knows of`,

  used: {
    title: "Used in this workspace",
    days: "30 days",
    months: "12 months",
    account: "Account",
    accountAbout: "What this key and its plan allow, and what to do about each no.",
    openAccount: "Account…",
  },

  chart: {
    /** Over the scale. */
    unit: "credits",
    /** What the sentence of the picture is about. */
    lastDays: "the last 30 days",
    lastMonths: "the last 12 months",
    /** For those who do not see it: "No credits in the last 30 days." */
    none: (time: string) => `No credits in ${time}.`,
    /** "Credits in the last 30 days: 27 November 12.5 credits charged; 28 November 1 credit charged." */
    all: (time: string, sums: string) => `Credits in ${time}: ${sums}.`,
    ofSpan: (span: string, sum: string) => `${span} ${sum}`,
    /** Under the mouse: "27 November: 12.5 credits charged" */
    bar: (span: string, sum: string) => `${span}: ${sum}`,
  },

  /** Apollo's own count beside the ledger. */
  against: {
    name: "Apollo's own count",
    /** "Apollo's own count · 1,204 credits left, told 3 h ago" */
    nameWithLeft: (left: number, ago: string) => `Apollo's own count · ${counted.credits(left)} left, told ${ago}`,
    at: (time: string, sentence: string) => `At ${time}: ${sentence}`,
    between: (from: string, to: string, sentence: string) => `From ${from} to ${to}: ${sentence}`,
    notAsked: "Not asked for yet. Each enrichment asks for it before it pays.",
    ask: "Compare · ≤ 2 calls",
    asking: "Asking…",
    failed: "Apollo did not tell",
  },

  /** Paid calls without an answer, or without a price. */
  waiting: {
    title: "Without an answer or a price",
    about:
      "Foray never makes such a call again by itself. Look up: Apollo's own count can tell what became of it, from a minute later on. Accept: it stays unknown, and its people are left alone. Ask again: it is paid for once more.",
    accepted: "accepted",
  },

  ledger: {
    title: "Calls",
    none: "No call was made in this workspace yet.",
    about: "Each call to Apollo and what it cost. What may cost credits is kept for good, what is free for 90 days.",
    all: "All",
    paid: "Paid",
    showAll: (n: number) => `Show all ${counted.calls(n)}`,
    export: "Export as CSV…",
    exported: "Ledger exported",
    notExported: "The ledger was not written",
    showInFolder: "Show in folder",
    notShown: "Not shown",
    head: {
      at: "When",
      purpose: "For",
      people: "Asked for",
      found: "Found",
      state: "State",
      credits: "Credits",
    },
    /** After what it was for. */
    mobiles: "mobiles",
    again: "asked again",
    foundUnknown: "unknown",
    /** Charged, and what may have been: "3 – 13". */
    chargedBetween: (least: number, most: number) => `${amount(least)} – ${amount(most)}`,
    otherCompany: "answered with another company",
    elsewhere: (n: number) => `${number(n)} answered with somebody else`,
    strangers: (n: number) => `${number(n)} came whom nobody asked for`,
    states: {
      on_its_way: "on its way",
      mobiles_on_their_way: "mobiles on their way",
      charged: "charged",
      free: "free",
      price_untold: "price not told",
      may_be_charged: "may have been charged",
      accepted: "accepted as unknown",
      repeated: "asked again",
    },
    /** What a call was for that belongs to no search, by its endpoint. */
    purposes: {
      "users/api_profile": "Check of the key",
      "usage_stats/credit_usage_stats": "Apollo's count of credits",
      "usage_stats/api_usage_stats": "Apollo's limits",
      webhook_result: "Mobile numbers",
      "mixed_people/api_search": "Search",
      "mixed_people/search": "Search",
    },
  },

  caps: {
    title: "Caps",
    about: "Enrichments and pages of full rows stop before they could pass one of them. Empty: no cap.",
    fields: {
      job: "Credits a job",
      day: "Credits a day",
      month: "Credits a month",
      workspace: "Credits in all",
    },
    /** In an empty field. */
    empty: "no cap",
    wrong: "A whole number of credits, or nothing.",
    save: "Save",
    saved: "Caps saved",
    none: "None: what may be paid for is up to each button.",
    /** "At most 50 credits a job, 200 a month." Only the first of them names the unit. */
    atMost: (caps: string) => `At most ${caps}.`,
    each: {
      job: (cap: string) => `${cap} a job`,
      day: (cap: string) => `${cap} a day`,
      month: (cap: string) => `${cap} a month`,
      workspace: (cap: string) => `${cap} in all`,
    },
  },

  /** What is left for a price, above the button that pays it. */
  room: {
    caps: (left: number) => `The caps leave ${counted.credits(left)}`,
    account: (left: number) =>
      `The account has about ${counted.credits(left)} left, by Apollo's last count less what was paid since`,
    capsAndAccount: (caps: number, account: number) =>
      `The caps leave ${counted.credits(caps)} · the account has about ${counted.credits(account)} left, by Apollo's last count less what was paid since`,
  },

  account: {
    title: "Account",
    check: "Check this account",
    checkAbout:
      "Asks Apollo what the key may do, its limits and the credits left. What would cost credits is not tried.",
    start: "Check · ≤ 4 calls · no credits",
    asking: "Asking Apollo…",
    key: "Apollo key and calls…",
    valid: "This key works",
    invalid: "This key does not work",
    checked: (when: string, n: number) => `Checked ${when} with ${counted.calls(n)}.`,
    endpoints: "What Foray uses of Apollo",
    allowed: {
      yes: "open",
      no: "closed",
      not_tried: "not tried: it would cost credits",
    },
    /** After whether it is open: "used 28 Nov". */
    used: (day: string) => `used ${day}`,
    aMinute: (n: number) => `${counted.calls(n)} a minute`,
    anHour: (n: number) => `${counted.calls(n)} an hour`,
    aDay: (n: number) => `${counted.calls(n)} a day`,
  },
};
