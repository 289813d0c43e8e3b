// What is asked, the ways to ask, where the rows came from, and why there are none.
import { number } from "../../shared/number";
import { calls, credits } from "./counted";

/** What happened, as a heading, by the code of a reason. */
const titles = {
  rate_limited: "No calls left this hour",
  apollo_rate_limited: "Apollo's own limit is reached",
  breaker_open: "Apollo is paused",
  ledger_lost: "Calls are on hold",
  offline: "No network",
  unreachable: "Apollo cannot be reached",
  barred: "Something stands between you and Apollo",
  connection_lost: "The connection broke",
  timed_out: "Apollo did not answer in time",
  unavailable: "Apollo is not available",
  unreadable: "Apollo's answer could not be read",
  key_missing: "This workspace has no Apollo key",
  key_rejected: "Apollo does not accept the key",
  forbidden: "This key may not use this search",
  out_of_credits: "No Apollo credits left",
  endpoint_closed: "Apollo has closed this search",
  bad_input: "The filters cannot be searched like this",
  refused: "Apollo refused the question",
  keyring: "The keyring cannot be reached",
  disk_full: "The disk is full",
  read_only: "The data folder cannot be written",
  damaged: "A data file is damaged",
  newer_file: "The data was written by a newer Foray",
  older_open: "An older Foray is still running",
  busy: "Another Foray is writing this data",
  storage: "The data could not be read or written",
  not_ready: "Apollo is still working on it",
  gone: "Apollo does not have this any more",
  capped: "A cap of credits is reached",
  may_be_charged: "Paid calls got no answer",
  to_be_counted: "A paid call got no answer",
  unwritten: "Paid for, and not on the disk yet",
};

const otherTitle = "The search did not work";

/** "no network" after a colon, but "Apollo" keeps its capital. */
const afterColon = (title: string) =>
  title.startsWith("Apollo") ? title : title.charAt(0).toLowerCase() + title.slice(1);

/** The part of a question that is easily overlooked; null is as usual. */
const where = (page: number | null, pageSize: number | null) =>
  `${page === null ? "" : ` on page ${number(page)}`}${pageSize === null ? "" : ` with ${number(pageSize)} people a page`}`;

export const search = {
  /** The main pane, to whoever does not see it. */
  people: "People",
  back: (key: string) => `Back (${key})`,
  forward: (key: string) => `Forward (${key})`,
  /** A few people of a table, as whom to enrich: "Sales leaders, DACH · 3 selected" */
  selectedOf: (table: string, n: number) => `${table} · ${number(n)} selected`,

  header: {
    /** After the name of a persona whose filters differ from what it was saved with. */
    changed: "changed",
    noFilters: "No filters yet",
    edit: "Edit",
    export: "Export…",
    capsLeave: (left: number) => `the caps leave ${credits(left)}`,
    searching: "Searching…",
    nextCall: (at: string) => `Next call at ${at}`,
    /** These three stand before the price. */
    search: "Search",
    again: "Try again",
    refresh: "Refresh",
  },

  pager: {
    title: "Pages",
    previous: "Previous",
    next: "Next",
    peopleAPage: "People a page",
    /** Before the field of the page's number. */
    page: "page",
    /** After the field. */
    of: (last: number) => `of ${number(last)}`,
    /** Which numbers the field takes. */
    range: (last: number) => `1 to ${number(last)}`,
    go: "Go",
    /** In the place of a price. */
    noCall: "no call",
    callFrees: (at: string) => `a call frees ${at}`,
  },

  /** The filters of a question in one line. */
  summary: {
    /** "CFO, CEO, COO and 2 more" */
    andMore: (named: string, rest: number) => `${named} and ${rest} more`,
    sizes: (sizes: string) => `${sizes} people`,
    keywords: (keywords: string) => `“${keywords}”`,
  },

  /** Where the rows came from, and how many there are. */
  source: {
    asking: "asking Apollo…",
    askingFirst: "waiting for the keyring, which may be asking for its password, or for Apollo…",
    notSearched: "not searched yet",
    /** Here and below: "3 h ago". */
    live: (ago: string) => `live, ${ago}`,
    callsSpent: (n: number) => `${calls(n)} spent`,
    cached: (ago: string) => `cached, ${ago}`,
    /** Here and below: "3 h", "2 days". */
    stale: (age: string) => `stale, ${age} old`,
    staleFor: (age: string, why: string) => `stale, ${age} old: ${why}`,
    staleNow: "stale, just fetched",
    staleNowFor: (why: string) => `stale, just fetched: ${why}`,
    nothing: "nothing",
    nothingFor: (why: string) => `nothing: ${why}`,
    rowsFrom: (day: string) => `These rows are from ${day}.`,
    mayHaveChanged: "They may have changed since.",
    matching: (n: number) => `${number(n)} matching`,
    page: (page: number, pages: number) => `page ${number(page)} of ${number(pages)}`,
    /** A search among what was done, and one that brought nothing new. */
    searched: "Searched",
    notDone: "Not searched",
    noCall: "no call",
  },

  /** Why there are no rows, and the way on. */
  noRows: {
    blank: "Say whom you look for",
    blankText: "Add titles, places or any other filter; the search needs at least one.",
    addFilters: "Add filters",
    wrongFilters: titles.bad_input,
    noMatch: "Nobody matches these filters",
    noMatchText:
      "Take a filter away or widen one: values within a filter are alternatives, but every filter must hold. Keywords are matched literally and rule out many.",
    editFilters: "Edit filters",
    pastLast: (page: number) => `Nobody is on page ${number(page)}`,
    pastLastText: "The people who match end before this page.",
    toFirst: "Back to page 1",
    notSearched: "Not searched yet",
    /** "Nothing is known for these filters on page 3 with 10 people a page yet. A search costs 1 call …". Null is as usual, and no cap. */
    notSearchedText: (
      page: number | null,
      pageSize: number | null,
      price: string,
      capsLeave: number | null,
      key: string,
    ) => {
      const left = capsLeave === null ? "" : `, of which the caps leave ${credits(capsLeave)}`;
      return `Nothing is known for these filters${where(page, pageSize)} yet. A search costs ${price}${left}; its rows are then kept, and looking at them again costs nothing. Press Search, or ${key}.`;
    },
    /** The price while it is not known. */
    aCall: "a call",
    network: "Network settings…",
    ledger: "Ledger of credits…",
    addKey: "Add an Apollo key…",
    key: "Look at the key…",
    freeSearch: "Choose the free search…",
    nobodyFetched: "Nobody was fetched in this workspace yet",
    nobodyFetchedText: "Whoever a search or an export brings stays here, also when the rows of a search are forgotten.",
    nobodyLeft: "None of them matches",
    nobodyLeftText:
      "Each word begins a word of the name, title, company or place; every facet must hold. Who was not fetched yet is not found here.",
    showAll: "Show all again",
  },

  /** The record of the hour's calls was lost. */
  lostLedger: {
    forgive: "Nothing was called: go on now",
    forgiven: "Calls go on",
    notForgiven: "Calls are still on hold",
  },

  reasons: {
    titles,
    otherTitle,
    /** The same within a sentence. */
    short: Object.fromEntries(Object.entries(titles).map(([code, title]) => [code, afterColon(title)])),
    otherShort: afterColon(otherTitle),
    /** What the core's own sentence leaves unsaid. */
    besides: {
      timed_out: "The call counts all the same.",
      unavailable: "It is not your doing.",
      unreadable: "The call counts, but the answer was not kept.",
      capped: "Raise the cap in the ledger, or choose the free search, which costs no credits.",
      key_missing: "It stays in this computer's keyring.",
      forbidden: "Choose the free search, or ask Apollo's account owner for a key that may use this one.",
    },
    rowsKept: "Rows fetched before are still there under their own filters.",
    /** What happened, and the pause there is until it is worth trying again; or that the pause is over. */
    pauses: {
      rate_limited: {
        until: (at: string) => `All calls of this hour are used. The next one frees at ${at}.`,
        over: "All calls of this hour are used. One is free again.",
      },
      apollo_rate_limited: {
        until: (at: string) => `Apollo takes no more calls for now. Calls go on at ${at}.`,
        over: "Apollo takes no more calls for now. It is over.",
      },
      breaker_open: {
        until: (at: string) => `Apollo keeps failing or is very slow, so calls are paused. The next try is at ${at}.`,
        over: "Apollo keeps failing or is very slow, so calls are paused. It may be tried again now.",
      },
      ledger_lost: {
        until: (at: string) =>
          `The record of this hour's calls was lost, so nobody knows how many were made. Calls go on at ${at}.`,
        over: "The record of this hour's calls was lost, so nobody knows how many were made. Calls can go on now.",
      },
    },
    /** The core's sentence, and when to try again. */
    tryAfter: (sentence: string, at: string) => `${sentence} Try again after ${at}.`,
  },

  /** Why an export waits, and when it goes on: "Apollo is paused; tries again at 14:05". The time is null while it is not known. */
  waiting: {
    hourUsed: (at: string | null) =>
      `this hour's calls are used, but for those kept for your clicks${at === null ? "" : `; goes on at ${at}`}`,
    mobiles: (at: string | null) =>
      `mobile numbers take Apollo some minutes${at === null ? "" : `; looks again at ${at}`}`,
    toBeCounted: (at: string | null) =>
      `a paid call with this key got no answer; Apollo's own count is asked for${at === null ? " first" : ` at ${at}`}`,
    unwritten: "the disk does not take what was paid for; make room, and leave Foray open until then",
    outOfCredits: "no Apollo credits left; asked again within the hour, or at once by Try now",
    keyRejected: "Apollo does not accept the key; replace it, or Try now once it is in order",
    paused: (at: string | null) => `Apollo is paused${at === null ? "" : `; tries again at ${at}`}`,
    /** For any other reason, which is told as within a sentence. */
    other: (why: string, at: string | null) => `${why}${at === null ? "" : `; goes on at ${at}`}`,
  },
};
