// The frame of the window: its panes, tabs, status bar, palette and sheet of keys; and what is said when it cannot start.
import { number } from "../../shared/number";
import { calls, plural } from "./counted";

export const shell = {
  /** The product: a heading for whoever does not see the window. */
  product: "Foray",
  /** Where the desktop lists its windows. */
  windowTitle: (title: string, workspace: string) => `${title} – ${workspace} – Foray`,
  skipToPeople: "Skip to the people",
  workspaceGone: "The workspace that was open is gone",
  workspaceGoneDetail: "It was removed elsewhere. This is another one.",

  start: {
    failed: "Foray could not start",
    again: "Try again",
    brokenTwice: (error: string) =>
      `This window has broken down twice: ${error}. Nothing is lost; restart Foray, and please tell us.`,
    inBrowser: "This is the window of the Foray app; opened in a browser it has nothing to talk to.",
  },

  /** What the pages are called that stand in the place of the people. */
  pages: {
    settings: "Settings",
    guide: "Calls, credits and your data",
    ledger: "Ledger of credits",
    account: "Account",
    activity: "What was done",
  },

  leftPane: {
    title: "Workspace",
    fold: "Fold the left pane away",
    unfold: (workspace: string) => `Show the left pane (${workspace})`,
    sample: "Made-up people: nothing here costs anything.",
    ownKey: "Use my own Apollo key…",
  },

  notices: {
    title: "Notices",
    dismiss: "Dismiss this notice",
  },

  tabs: {
    /** The bar, with its button; and the tabs in it. */
    title: "Tabs",
    list: "Views",
    another: (key: string) => `This view in a new tab (${key})`,
    close: (key: string) => `Close the tab (${key})`,
    closed: "Tab closed",
    /** A tab whose filters began with nothing. */
    newPersona: "New persona",
    /** A tab that shows who was found by these words. */
    found: (typed: string) => `“${typed}”`,
    /** After the name of a persona whose filters differ from what it was saved with. */
    changed: "changed",
  },

  palette: {
    title: "Everything that can be done",
    field: "What to do",
    fieldHint: "What to do, a persona, a workspace",
    nothing: "Nothing of that name",
    actions: "What can be done",
    jobs: "Jobs",
    tabs: "Tabs",
    /** A tab by its place: "2. Sales leaders, DACH" */
    tab: (place: number, title: string) => `${place}. ${title}`,
    personas: "Personas",
    workspaces: "Workspaces",
  },

  keySheet: {
    title: "All keys",
    /** The list on the sheet. */
    list: "Keys",
    places: {
      window: "Everywhere",
      table: "In the table",
      head: "On the head of a column",
      person: "While a person is open",
      tab: "On a tab",
    },
    /** Between the first and the last of many keys. */
    to: "to",
  },

  status: {
    title: "Status",
    /** A button to a page, with its key or a hint: "Settings (Ctrl+,)" */
    hinted: (name: string, hint: string) => `${name} (${hint})`,
    activity: "What was done",
    activityHint: "since the app was started",
    ledger: "Ledger",
    ledgerHint: "credits paid, and the account",
    guide: "How it works",
    settings: "Settings",
  },

  service: {
    title: "Service",
    sampleAbout:
      "These people are made up. They come from a stand-in for Apollo inside the app, over a real connection on this computer; nothing leaves it.",
    about: "Searches go to Apollo, with this workspace's key.",
    pausesAbout:
      "When calls keep failing they are paused for a while, so that none are wasted; rows that were fetched before stay in sight.",
    /** Who answers; the name in the texts below. */
    sample: "Sample data (stand-in)",
    apollo: "Apollo",
    ok: "Apollo ok",
    offlineSince: (at: string) => `No network since ${at}`,
    offline: "No network",
    paused: (name: string) => `${name} paused`,
    pausedUntil: (name: string, at: string) => `${name} paused, next try ${at}`,
    triedAgain: (name: string) => `${name} being tried again`,
    noAnswer: (name: string) => `${name} did not answer`,
    /** Why it would not answer the next search, by the code of the reason. */
    shut: {
      key_rejected: "Apollo refuses the key",
      out_of_credits: "No Apollo credits left",
      capped: "A cap of credits is reached",
    },
    shutOther: (name: string) => `${name} refuses this search`,
    keyless: "No Apollo key yet",
    notAsked: "Apollo not asked yet",
  },

  calls: {
    title: "Calls",
    about: (limit: number) =>
      `A call is one request to Apollo. This workspace may make ${number(limit)} in any 60 minutes; the workspace menu sets the number. Each counts for an hour, whatever its answer. Rows from the cache take none.`,
    left: (n: number, limit: number) => `${number(n)} of ${number(limit)} calls left this hour`,
    nextFrees: (at: string) => `next frees ${at}`,
    onHold: (until: string) => `calls on hold until ${until}`,
    ownLimitReached: (until: string) => `Apollo's own limit is reached until ${until}`,
  },

  /** Apollo's own limits: a line for each kind of call, a column for each span of time. */
  limits: {
    title: "Calls made of those that Apollo itself allows:",
    kinds: {
      people_search: "people search",
      company_search: "company search",
      enrichment: "enrichment",
      bulk_enrichment: "bulk enrichment",
      other: "other",
    },
    periods: {
      minute: "this minute",
      hour: "this hour",
      day: "this day",
    },
    /** Below one of these. */
    until: (at: string) => `until ${at}`,
    used: (n: number, limit: number) => `${number(n)} of ${number(limit)}`,
    /** One of them as a sentence; the period as above. */
    told: (kind: string, used: number, limit: number, period: string, until: string) =>
      `Apollo's own limit for ${kind}: ${number(used)} of ${calls(limit)} ${period}, until ${until}.`,
  },

  endpoint: {
    title: "Apollo's search in use",
    full: "full search",
    free: "free search",
    fullAbout: (endpoint: string) => `Full rows (${endpoint}). A page may cost up to 1 credit.`,
    /** Of made-up people, who cost nothing. */
    fullSampleAbout: (endpoint: string) => `Full rows (${endpoint}).`,
    freeAbout: (endpoint: string) =>
      `Stubs that cost no credit (${endpoint}): last names are shortened; places, seniorities, addresses and links are not told.`,
  },

  cache: {
    title: "Cache",
    empty: "cache empty",
    /** "cache 12 answers, 48 kB" */
    holds: (answers: number, size: string) => `cache ${plural(answers, "answer")}, ${size}`,
    about: (hours: number) =>
      `Each answer is kept on this computer. For ${plural(hours, "hour")} the same question is answered from here at once and takes no call; after that it is shown as stale when Apollo cannot be asked.`,
    forgetThese: "Forget this persona's rows",
    forgetAll: "Forget all kept answers",
    theseCost: (price: string) =>
      `The rows kept for these filters would have to be asked for again, and paid again: ${price} a page. Exported files stay.`,
    allCost: (price: string) =>
      `All rows kept for this workspace would have to be asked for again, and paid again: ${price} a page. Exported files stay.`,
    forget: "Forget them now",
    keep: "Keep them",
  },
};
