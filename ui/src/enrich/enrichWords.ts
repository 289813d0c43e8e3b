// The price of an enrichment before it is paid, and requests that may have been charged, in words. Calls and credits are never mixed.
import type { Booked, EnrichEstimate, EnrichWhat, Undecided } from "../backend/types";
import { locale } from "../shared/locale";
import { clockSince } from "../shared/time";
import { number, plural } from "../shared/words";

const amounts = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });

/** "34.01", "1,204". */
export function amount(credits: number): string {
  return amounts.format(credits);
}

/** "1 credit", "34.01 credits". */
export function credits(count: number): string {
  return `${amount(count)} ${count === 1 ? "credit" : "credits"}`;
}

/** What an enrichment brings, and how it is paid for. */
export function aboutWords(what: EnrichWhat): string {
  return what === "people"
    ? "Asks Apollo for e-mail addresses and whole names, ten people to a call. A person costs up to 1 credit, and nothing when Apollo has no address. What comes lands in this workspace with its source and date."
    : "Asks Apollo for each company by its domain, once however many of the people work there. A company costs 1 credit, and nothing when Apollo does not know the domain.";
}

/** Calls of any kind that it is known to make: those that pay, and those that ask for nothing but a count. */
export function callsOf({ calls, free_calls }: EnrichEstimate): number {
  return calls + free_calls;
}

/** What stands on the button: "Enrich 38 · 5 calls · ≤ 38 credits", "Enrich 7 companies · 7 calls · ≤ 7 credits"; under a cap that stops
 * it "Enrich up to 38 · 5 calls · ≤ 20 credits". How often mobiles are looked for is up to Apollo. */
export function buttonWords(estimate: EnrichEstimate): string {
  const { what, to_enrich, credits_at_most, mobiles_at_most, payable } = estimate;
  const whom = what === "people" ? number(to_enrich) : plural(to_enrich, "company", "companies");
  const looks = mobiles_at_most > 0 ? " + looks for mobiles" : "";
  const price = `${plural(callsOf(estimate), "call")}${looks} · ≤ ${credits(payable)}`;
  return `Enrich ${payable < credits_at_most ? "up to " : ""}${whom} · ${price}`;
}

/** Of those asked for with mobiles: whose address is charged once more; "" where nobody's is. */
export function paidAgainWords({ paid_again }: Pick<EnrichEstimate, "paid_again">): string {
  if (paid_again === 0) return "";
  const whose = paid_again === 1 ? "has an address" : "have an address";
  return `${number(paid_again)} of them ${whose} already: Apollo sells no mobile alone, and charges it again.`;
}

/** "27 credits", "27 credits and up to 10 more that may have been charged": what was paid so far. */
export function bookedWords({ charged, unknown }: Booked): string {
  return `${credits(charged)}${unknown > 0 ? ` and up to ${amount(unknown)} more that may have been charged` : ""}`;
}

/** Who is selected, or in the table where that is all of them; of companies whose they are. */
export function selectedWords(estimate: EnrichEstimate, everybodyShown = false): { count: number; what: string }[] {
  const { what, of_people: people, people_without_domain: none, selected } = estimate;
  if (what === "people") return [{ count: selected, what: everybodyShown ? "in the table" : "selected" }];
  const companies = { count: selected, what: selected === 1 ? "company" : "companies" };
  if (people === null) return [companies];
  const whose = { count: people, what: people === 1 ? "person" : "people" };
  if (none === 0) return [whose, companies];
  const without = {
    count: none,
    what: `of them ${none === 1 ? "has" : "have"} no company domain yet: enriching people tells it`,
  };
  return [whose, without, companies];
}

/** What is said when there is nothing to pay for. */
export function nobodyWords({ what, over_limit }: Pick<EnrichEstimate, "what" | "over_limit">): string {
  if (over_limit > 0) return "What you set as the most is too little for even one of them.";
  return what === "people" ? "There is nobody left to pay for." : "There is no company left to pay for.";
}

const causes = new Map([
  ["crash", "Foray was ended in the middle"],
  ["timed_out", "Apollo did not answer in time"],
  ["unavailable", "Apollo failed in the middle"],
  ["connection_lost", "the connection broke"],
  ["unreadable", "the answer could not be read"],
]);

/** Whether everybody it asked for was answered: its price alone is not known, and nobody is left to ask for again. */
export function isAnswered({ page, again_at_most }: Undecided): boolean {
  return !page && again_at_most === null;
}

/** What is known of a request that got no answer: when, for whom, why, and what it may have cost. */
export function undecidedWords(one: Undecided, now: number): string {
  const whom = one.page ? "a search for" : `${one.company ?? plural(one.people, "person", "people")} of`;
  const why = causes.get(one.why ?? "") ?? "its answer got lost";
  if (isAnswered(one))
    return `${clockSince(one.asked_at, now)} · “${one.title}” · everybody it asked for was answered, so nobody is asked for again · price not told, at most ${credits(one.at_most)}`;
  const cost =
    one.charged === null
      ? `may have been charged up to ${credits(one.at_most)}`
      : `${credits(one.charged)} charged, without an answer`;
  return `${clockSince(one.asked_at, now)} · ${whom} “${one.title}” · ${why} · ${cost}`;
}
