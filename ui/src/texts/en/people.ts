// The people: their table, what narrows it, who is selected in it, and everything that is known of one of them.
import { number } from "../../shared/number";
import * as counted from "./counted";

const tooManyToCopy = (most: number) =>
  `At most ${number(most)} people are copied: export them instead, that has no end`;

export const people = {
  /** Apollo does not know it. */
  unknown: "unknown",
  /** The free search does not tell it. */
  notTold: "not told",
  nameUnknown: "Name unknown",
  /** How likely there is one is Apollo's word: "direct: maybe". */
  directPhone: (likelihood: string) => `direct: ${likelihood}`,
  email: {
    verifiedLocked: "verified, locked",
    available: "available",
    none: "none",
    /** An address that is not known to be good: "guessed · ana@example.com" */
    unsure: (status: string, address: string) => `${status} · ${address}`,
  },
  /** What Apollo says of an address, by its word for it. */
  emailStatus: {
    verified: "verified",
    extrapolated: "guessed",
    unverified: "unverified",
    "likely to engage": "likely",
    private: "private",
    unavailable: "none",
  },

  /** Whom the table shows. */
  shown: {
    choose: "Whom the table shows",
    page: "This page",
    pageHint: "The rows of the page that was asked for last",
    fetched: "All fetched",
    fetchedOf: (n: number) => `All ${number(n)} fetched`,
    fetchedHint: "The people of all pages fetched for these filters, each once",
    everyone: "Everyone",
    everyoneHint: "Everybody ever fetched in this workspace, by whatever search",
  },
  /** What the table is called. */
  tables: {
    page: "People on this page",
    fetched: "All people fetched for these filters",
    everyone: "Everyone",
  },
  /** Where one stands: "3 of 50 on this page". */
  places: {
    page: (at: number, total: number) => `${number(at)} of ${number(total)} on this page`,
    fetched: (at: number, total: number) => `${number(at)} of ${number(total)} fetched`,
    everyone: (at: number, total: number) => `${number(at)} of ${number(total)} in this workspace`,
    none: "not among those in the table",
  },
  counts: {
    fetched: (n: number) => `${number(n)} fetched`,
    /** "300 fetched · 271 different people" */
    fetchedDifferent: (rows: number, different: number) =>
      `${number(rows)} fetched · ${counted.plural(different, "different person", "different people")}`,
    everyone: (n: number) => `${counted.people(n)} ever fetched in this workspace`,
  },

  /** The search field. */
  find: {
    label: "Find people that were fetched",
    placeholder: "Find people",
    hint: (key: string) => `Names, titles, companies and places of everybody fetched here (${key})`,
    empty: "Empty the field",
  },

  /** What there is to narrow by. */
  narrow: {
    title: "Narrow by",
    facets: "Facets",
    nothing: "Nothing is known of them to narrow by.",
    more: (n: number) => `${number(n)} more`,
    /** The values of people of whom it is not known. */
    notKnown: "Not known",
  },
  facets: {
    seniority: "Seniority",
    function: "Function",
    country: "Country",
    industry: "Industry",
    headcount: "Company size",
    email_status: "E-mail",
    source: "Told by",
    age: "Newest fact",
  },
  ages: {
    day: "In the last day",
    week: "In the last week",
    month: "In the last month",
    quarter: "In the last three months",
    year: "In the last year",
    older: "Longer ago",
  },
  /** What narrows the table, over it. */
  narrowed: {
    title: "Narrowed by",
    found: (n: number) => `${number(n)} found`,
    wordsTyped: (find: string) => `“${find}”`,
    /** "Seniority: VP" */
    value: (facet: string, value: string) => `${facet}: ${value}`,
    remove: (what: string) => `No longer ${what}`,
    showAll: "Show all again",
    allShown: "All are shown again",
  },

  columns: {
    name: "Name",
    title: "Title",
    company: "Company",
    place: "Place",
    seniority: "Seniority",
    email: "E-mail",
    phone: "Phone",
    linkedin: "LinkedIn",
  },
  /** The head of a column. */
  head: {
    sorts: (total: number) => `Sorts all ${number(total)}; with Shift after the others`,
    place: (n: number) => `Number ${number(n)} in the order`,
    /** After its number, told and not seen. */
    inOrder: "in the order",
    menu: (key: string) => `Column menu (${key})`,
    edge: (key: string) => `Draw it; a double click makes the column as wide as its contents (${key})`,
  },
  columnMenu: {
    title: (column: string) => `Column ${column}`,
    ascending: "Sort ascending",
    descending: "Sort descending",
    sortToo: "Sort by it, too",
    unsort: "Take it out of the order",
    wider: "Wider",
    narrower: "Narrower",
    fit: "As wide as its contents",
    left: "Move to the left",
    right: "Move to the right",
    pin: "Keep it in sight",
    unpin: "Let it scroll with the others",
    hide: "Hide",
    hidden: (column: string) => `${column} is hidden`,
  },
  tableMenu: {
    title: "Columns and rows",
    columns: "Columns",
    rows: "Rows",
    asUsual: "All columns as usual",
  },
  /** The table before its people are there. */
  searching: "Searching",
  rowNotThere: "Not there yet",
  keepComing: "People keep coming in, so the rows could not be read as of one moment. Try again in a minute.",

  selection: {
    title: "Selection",
    count: (n: number) => `${number(n)} selected`,
    /** Where some of those selected are not in the table. */
    countAndHere: (n: number, here: number) => `${number(n)} selected · ${number(here)} in this table`,
    one: (name: string) => `Select ${name}`,
    all: (n: number) => `Select all ${number(n)}`,
    allFetched: (n: number) => `Select all ${number(n)} fetched`,
    nobody: "Select nobody",
    nobodyHint: (key: string) => `Select nobody (${key})`,
    enrich: "Enrich…",
    copy: "Copy",
    export: "Export…",
    longestRange: (n: number) => `A range holds at most ${number(n)} people`,
    longestRangeDetail: "Select all, then take out those who are not meant.",
    failed: "Not selected",
    letGo: (n: number) => `${number(n)} no longer selected`,
  },
  copying: {
    tooMany: tooManyToCopy,
    tooManyDetail: (most: number) => `${tooManyToCopy(most)}.`,
    failed: "Not copied",
    done: (n: number) => `Copied ${counted.people(n)}`,
  },

  linkedIn: {
    label: (name: string) => `LinkedIn page of ${name}, opens in the browser`,
    failed: "The link was not opened",
  },

  /** The panel of one person. */
  panel: {
    title: (name: string) => `Person: ${name}`,
    next: (key: string) => `Next person (${key})`,
    previous: (key: string) => `Previous person (${key})`,
    close: "Close the panel (Escape)",
    facts: "Facts",
    enrich: "Enrich…",
    /** For those who were enriched already. */
    enrichMore: "Ask for more…",
    /** The line of keys under the panel. */
    nextKey: "J next",
    previousKey: "K previous",
    closeKey: "Esc leave",
  },
  facts: {
    email: "E-mail",
    phone: "Phone",
    linkedIn: "LinkedIn",
    title: "Title",
    place: "Place",
    seniority: "Seniority",
    functions: "Works in",
    headline: "Headline",
    firstName: "First name",
    lastName: "Last name",
    id: "Apollo's person id",
  },
  company: {
    title: "Company",
    name: "Name",
    domain: "Domain",
    id: "Apollo's company id",
    toCome: "Industry, size and more come when companies are enriched.",
    enrich: "Enrich the company…",
    employees: (n: number) => counted.plural(n, "person works there", "people work there"),
    revenue: (dollars: number) => `$${number(dollars)} a year`,
  },
  companyFacts: {
    industry: "Industry",
    employees: "Employees",
    founded_year: "Founded",
    annual_revenue: "Revenue",
    city: "City",
    state: "State",
    /** The whole place: city and state stand with it. */
    country: "Place",
    website_url: "Website",
    linkedin_url: "LinkedIn",
    phone: "Phone",
    keywords: "Keywords",
    technologies: "Technologies",
    description: "What it does",
  },

  /** Who told a fact. */
  sources: {
    search: "Apollo's full search",
    stub: "Apollo's free search",
    enrichment: "enrichment",
    import: "import",
    typed: "typed",
  },
  madeUp: "made up",
  /** The same among what there is to narrow by. */
  madeUpBy: {
    search: "made up, full search",
    stub: "made up, free search",
    enrichment: "made up, enrichment",
  },
  /** "Apollo's full search, 3 h ago" */
  told: (source: string, when: string) => `${source}, ${when}`,
  /** Why somebody is here whom nobody asked for; by each of these they were asked for: an address, a link, a name at a company. */
  answeredFor: (asked: readonly string[]) =>
    `Came instead of somebody else: asked by ${asked.join(" and by ")}, Apollo answered with this person. They are kept as who they are, not as whom you asked for. What it cost is in the ledger.`,

  jobs: {
    title: "Jobs",
    /** "VP Sales at Acme" */
    at: (title: string, employer: string) => `${title} at ${employer}`,
    /** Where no title was told. */
    somethingAt: (employer: string) => `at ${employer}`,
    changedAbout: (day: string) => `Changed jobs about ${day}`,
    changedBetween: (after: string, by: string) => `Changed jobs between ${after} and ${by}`,
    toldSince: (day: string) => `told since ${day}`,
    span: (first: string, last: string) => `${first} to ${last}`,
  },
};
