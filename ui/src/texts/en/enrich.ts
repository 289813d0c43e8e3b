// Enrichment: its price before it is paid, and paid calls that got no answer.
import { amount, number } from "../../shared/number";
import { calls, credits, people, plural } from "./counted";

/** Of those asked for with mobiles: whose address is charged once more. */
const paidAgain = (n: number) =>
  `${number(n)} of them ${n === 1 ? "has" : "have"} an address already: Apollo sells no mobile alone, and charges it again.`;

export const enrich = {
  title: "Enrich",
  whatToAskFor: "What to ask for",
  people: "People",
  peopleHint: "e-mail addresses and whole names",
  companies: "Companies",
  companiesHint: "industry, employees, place and more",
  about: {
    people:
      "Asks Apollo for e-mail addresses and whole names, ten people to a call. A person costs up to 1 credit, and nothing when Apollo has no address. What comes lands in this workspace with its source and date.",
    companies:
      "Asks Apollo for each company by its domain, once however many of the people work there. A company costs 1 credit, and nothing when Apollo does not know the domain.",
  },
  whatElse: "What else",
  mobiles: "Mobile numbers",
  mobilesHint: "up to 8 credits more for each; Apollo takes some minutes, and each look for them is a call",
  privateAddresses: "Private addresses, where there is no other",
  privateAddressesHint: "Apollo gives none for people in the EU",
  inFull: "Also those whose industry and size came with their people",
  inFullHint: "for revenue, technologies and what they do",
  notFoundAgain: "Ask again for those whom Apollo did not know",
  most: "At most this many credits",
  mostHint: "Empty: enough for all of them.",
  lostBefore: (lost: string) => `${lost} What can be done about them stands in the ledger; this pays all the same.`,
  cancel: "Cancel",
  /** The button before its price is known. */
  start: "Enrich",
  /** "Enrich 38 · 5 calls · ≤ 38 credits" */
  startPaying: (whom: string, price: string) => `Enrich ${whom} · ${price}`,
  /** Under a cap that stops it: "Enrich up to 38 · 5 calls · ≤ 20 credits" */
  startPayingUpTo: (whom: string, price: string) => `Enrich up to ${whom} · ${price}`,
  price: (n: number, atMost: number) => `${calls(n)} · ≤ ${credits(atMost)}`,
  /** How often mobiles are looked for is up to Apollo. */
  priceWithLooks: (n: number, atMost: number) => `${calls(n)} + looks for mobiles · ≤ ${credits(atMost)}`,
  shortOfCalls: "the enrichment",
  paidAgain,

  sums: {
    /** After a number. */
    inTable: "in the table",
    selected: "selected",
    company: (n: number) => (n === 1 ? "company" : "companies"),
    person: (n: number) => (n === 1 ? "person" : "people"),
    withoutDomain: (n: number) =>
      `of them ${n === 1 ? "has" : "have"} no company domain yet: enriching people tells it`,
    toEnrich: "to enrich",
    toEnrichIn: (n: number) => `to enrich in ${calls(n)}`,
    toEnrichInAndFree: (n: number, free: number) => `to enrich in ${calls(n)} + ${plural(free, "free call")}`,
    atMost: (n: number) => `at most ${credits(n)}`,
    atMostWithMobiles: (n: number, mobiles: number) => `at most ${credits(n)} and ${credits(mobiles)} for mobiles`,
  },
  nobody: {
    overLimit: "What you set as the most is too little for even one of them.",
    people: "There is nobody left to pay for.",
    companies: "There is no company left to pay for.",
  },

  /** What was paid so far. */
  booked: credits,
  bookedAndUnknown: (charged: number, unknown: number) =>
    `${credits(charged)} and up to ${amount(unknown)} more that may have been charged`,

  /** Paid calls that got no answer. */
  undecided: {
    title: "Calls that may have been charged",
    priceNotTold: "Apollo did not tell the price of a paid call.",
    noAnswer: "{what} and is not made again by itself.",
    noAnswerWhat: "A paid call got no answer",
    more: (n: number) => `${number(n)} more…`,
    close: "Close",
    lookUp: "Look up · ≤ 2 calls",
    lookUpHint: "Asks Apollo's own count whether it was charged; costs no credits",
    accept: "Accept",
    acceptHint: "Leaves it unknown for good: nobody is asked for again, and nothing more is paid",
    askAgain: (atMost: number) => `Ask again · ≤ ${credits(atMost)}`,
    askAgainHint: "Asks for the same once more and pays for it once more, whatever was charged already",
    /** "14:05 · 3 people of “Nordic CFOs” · the connection broke · may have been charged up to 3 credits" */
    told: (when: string, whom: string, why: string, cost: string) => `${when} · ${whom} · ${why} · ${cost}`,
    answered: (when: string, title: string, atMost: number) =>
      `${when} · “${title}” · everybody it asked for was answered, so nobody is asked for again · price not told, at most ${credits(atMost)}`,
    searchFor: (title: string) => `a search for “${title}”`,
    peopleOf: (n: number, title: string) => `${people(n)} of “${title}”`,
    companyOf: (company: string, title: string) => `${company} of “${title}”`,
    mayBeCharged: (atMost: number) => `may have been charged up to ${credits(atMost)}`,
    chargedUnanswered: (charged: number) => `${credits(charged)} charged, without an answer`,
    why: {
      crash: "Foray was ended in the middle",
      timed_out: "Apollo did not answer in time",
      unavailable: "Apollo failed in the middle",
      connection_lost: "the connection broke",
      unreadable: "the answer could not be read",
    },
    lost: "its answer got lost",
    outcome: {
      lookedUp: "Looked up",
      notToBeFound: "Not to be found out",
      notKnownYet: "Not known yet",
      accepted: "Accepted as it is",
      acceptedDetail: "It stays unknown in the ledger; its people are left alone.",
      askedAgain: "Asked again",
      askedAgainDetail: "A job of its own asks for them: it stands among the jobs below.",
    },
  },
};
