// Jobs: how they stand and end, what may be said to them, and their price before it is paid.
import { number } from "../../shared/number";
import { calls, companies, credits, people, plural, rows } from "./counted";

/** What is said of a job as the kind that it is; the capital name begins a sentence. */
function kind(name: string, capital: string) {
  return {
    name,
    /** Of the bar that fills: "export of Sales leaders" */
    of: (title: string) => `${name} of ${title}`,
    /** "Export of Sales leaders" */
    titled: (title: string) => `${capital} of ${title}`,
    cancel: `Cancel ${name}`,
    dismiss: (title: string) => `Dismiss the ${name} of ${title}`,
    forget: (title: string) => `Forget the ${name} of ${title}`,
    news: {
      paused: `${capital} paused`,
      failed: `${capital} stopped`,
      cancelled: `${capital} cancelled`,
    },
  };
}

/** How a job ended or why it stands; "far" is how far it came: "300 of 4,212 rows · 3 pages · 1 call spent". */
function end(verb: string) {
  return {
    because: (why: string) => `${verb}: ${why}`,
    beforePaying: `${verb} before anything was paid.`,
    beforeFirstPage: `${verb} before its first page.`,
    after: (far: string) => `${verb} after ${far}.`,
    afterBecause: (far: string, why: string) => `${verb} after ${far}: ${why}`,
  };
}

/** The button that asks for a price, and the same with its price behind it. */
function priced(words: string) {
  return { ask: `${words}…`, pay: words };
}

export const jobs = {
  kinds: {
    export: kind("export", "Export"),
    rerun: kind("re-run", "Re-run"),
    people: kind("enrichment", "Enrichment"),
    companies: kind("enrichment of companies", "Enrichment of companies"),
  },

  states: {
    queued: "in line",
    running: "running",
    waiting: "waiting",
    paused: "paused",
    done: "done",
    failed: "stopped",
    cancelled: "cancelled",
  },

  /** How far it is. */
  far: {
    /** "300 of 4,212 rows" */
    rowsOf: (n: number, total: number) => `${number(n)} of ${rows(total)}`,
    spent: (n: number) => `${calls(n)} spent`,
    spentAndUnknown: (n: number, unknown: number) =>
      `${calls(n)} spent and up to ${number(unknown)} more that broke off`,
    /** An enrichment goes through people or companies. */
    asked: {
      people: (n: number, total: number) => `${number(n)} of ${people(total)} asked for`,
      companies: (n: number, total: number) => `${number(n)} of ${companies(total)} asked for`,
    },
    leftOut: (n: number) => `${number(n)} asked for by another enrichment meanwhile`,
  },

  left: {
    lessThanMinute: "less than a minute left",
    minutes: (n: number) => `about ${n} min left`,
    hours: (n: number) => `about ${n} h left`,
  },

  /** What it was told and does not obey yet. */
  wish: {
    pause: "pausing after this call…",
    cancel: "cancelling after this call…",
    cancelOwing: "cancelled: mobiles that are paid for are fetched before it ends",
  },

  starting: "starting…",
  waitingFor: (why: string) => `waiting: ${why}`,
  /** Where what a re-run fetched is. */
  rerunDone: "the pages are in the cache, the people in the store",

  ends: {
    paused: end("Paused"),
    failed: end("Stopped"),
    cancelled: end("Cancelled"),
  },

  /** What there is of one that ended early, after why. */
  kept: {
    rerun: "It goes on from there.",
    /** The file itself may be gone or too short. */
    rows: "They are kept: resumed, it writes the file from them and asks for none of them again.",
    file: (path: string) => `They are kept in ${path}, and the same export goes on from there.`,
    notAsked: {
      people: (n: number) => `${people(n)} ${n === 1 ? "was" : "were"} not asked for.`,
      companies: (n: number) => `${companies(n)} ${n === 1 ? "was" : "were"} not asked for.`,
    },
    mobiles: "Mobiles that are paid for still come when it goes on.",
  },
  unfinishedExports: (n: number) =>
    `${plural(n, "unfinished export")} ${n === 1 ? "keeps" : "keep"} the rows fetched so far until cancelled and taken out of the history.`,

  /** The short news of one that is done. */
  done: {
    exported: (n: number) => `Exported ${rows(n)}`,
    fetched: (n: number) => `Fetched ${rows(n)}`,
    enriched: {
      people: (n: number) => `Enriched ${people(n)}`,
      companies: (n: number) => `Enriched ${companies(n)}`,
    },
    noAnswer: "An enrichment got no answer",
    nobody: {
      people: "Nobody was found",
      companies: "No company was found",
    },
  },

  refused: {
    notConfirmed: "Nothing was paid",
    other: "That did not work",
  },

  /** In the status bar: "1 job · running", "4 jobs · 1 running, 1 waiting, 2 in line". */
  bar: {
    none: "Jobs",
    all: (n: number) => plural(n, "job"),
    running: (n: number) => `${n} running`,
    waiting: (n: number) => `${n} waiting`,
    paused: (n: number) => `${n} paused`,
    queued: (n: number) => `${n} in line`,
  },

  tray: {
    title: "Jobs",
    fold: "Fold the jobs away",
    putAway: (n: number) => `Put away ${number(n)} that are over`,
    putAwayHint: "They stay in the history",
    showNow: "Under way",
    showHistory: "History",
    historyTitle: "Jobs that are over",
    historyAbout: "They stay here for 90 days, the newest 200 of them.",
    noHistory: "No job of this workspace is over yet.",
  },

  line: {
    tryNow: "Try now",
    tryNowHint: "Asks at once instead of waiting; within what was agreed to",
    pause: "Pause",
    up: (title: string) => `Move ${title} up`,
    down: (title: string) => `Move ${title} down`,
    showInFolder: "Show in folder",
    notShown: "No file manager answered",
    fileIs: (path: string) => `The file is ${path}`,
  },

  goOn: priced("Go on"),
  exportAgain: priced("Export again"),
  rerunAgain: priced("Re-run again"),

  price: {
    noCall: "no call",
    calls: (atMost: number) => `≤ ${calls(atMost)}`,
    credits: (atMost: number) => `≤ ${credits(atMost)}`,
    /** In the place of the price. */
    held: "a cap of credits is reached",
  },

  /** When the hour has not enough calls; "what" is that which waits: "the export". */
  short: {
    mayNeed: (n: number, left: number, limit: number) =>
      `This may need ${calls(n)}; ${number(left)} of ${number(limit)} ${left === 1 ? "is" : "are"} left this hour.`,
    frees: (time: string) => `The next one frees at ${time}.`,
    waits: (what: string) =>
      `When they are used ${what} waits and goes on by itself; one call in ten of the hour is left for what you click yourself.`,
  },

  rerun: {
    title: "Fetch all pages",
    about:
      "Asks for every page of this search, one after the other, while you work. The people land in this workspace; no file is written.",
    aboutSome: (n: number) =>
      `Asks for every page of this search, ${people(n)}, one after the other, while you work. The people land in this workspace; no file is written.`,
    pages: "Which pages",
    missing: "Those that are missing",
    missingHint: "pages in the cache cost nothing",
    anew: "All, anew",
    anewHint: "to see what has changed at Apollo",
    short: "the re-run",
    cancel: "Cancel",
    /** Its price comes after it. */
    start: "Fetch",
  },
};
