// The price of an enrichment before it is paid, and requests that may have been charged, in words. Calls and credits are never mixed.
import type { Booked, EnrichEstimate, Undecided } from "../backend/types";
import { number } from "../shared/number";
import { clockSince } from "../shared/time";
import { textOf, texts } from "../texts/texts";

const words = texts.enrich;

/** Calls of any kind that it is known to make: those that pay, and those that ask for nothing but a count. */
export function callsOf({ calls, free_calls }: EnrichEstimate): number {
  return calls + free_calls;
}

/** What stands on the button: "Enrich 38 · 5 calls · ≤ 38 credits", "Enrich 7 companies · 7 calls · ≤ 7 credits"; under a cap that stops
 * it "Enrich up to 38 · 5 calls · ≤ 20 credits". */
export function buttonWords(estimate: EnrichEstimate): string {
  const { what, to_enrich, credits_at_most, mobiles_at_most, payable } = estimate;
  const whom = what === "people" ? number(to_enrich) : texts.counted.companies(to_enrich);
  const price = (mobiles_at_most > 0 ? words.priceWithLooks : words.price)(callsOf(estimate), payable);
  return (payable < credits_at_most ? words.startPayingUpTo : words.startPaying)(whom, price);
}

/** Of those asked for with mobiles: whose address is charged once more; "" where nobody's is. */
export function paidAgainWords({ paid_again }: Pick<EnrichEstimate, "paid_again">): string {
  return paid_again === 0 ? "" : words.paidAgain(paid_again);
}

/** "27 credits", "27 credits and up to 10 more that may have been charged": what was paid so far. */
export function bookedWords({ charged, unknown }: Booked): string {
  return unknown > 0 ? words.bookedAndUnknown(charged, unknown) : words.booked(charged);
}

/** Who is selected, or in the table where that is all of them; of companies whose they are. */
export function selectedWords(estimate: EnrichEstimate, everybodyShown = false): { count: number; what: string }[] {
  const { what, of_people: people, people_without_domain: none, selected } = estimate;
  const { sums } = words;
  if (what === "people") return [{ count: selected, what: everybodyShown ? sums.inTable : sums.selected }];
  const companies = { count: selected, what: sums.company(selected) };
  if (people === null) return [companies];
  const whose = { count: people, what: sums.person(people) };
  return none === 0 ? [whose, companies] : [whose, { count: none, what: sums.withoutDomain(none) }, companies];
}

/** What is said when there is nothing to pay for. */
export function nobodyWords({ what, over_limit }: Pick<EnrichEstimate, "what" | "over_limit">): string {
  return over_limit > 0 ? words.nobody.overLimit : words.nobody[what];
}

/** Whether everybody it asked for was answered: its price alone is not known, and nobody is left to ask for again. */
export function isAnswered({ page, again_at_most }: Undecided): boolean {
  return !page && again_at_most === null;
}

/** What is known of a request that got no answer: when, for whom, why, and what it may have cost. */
export function undecidedWords(one: Undecided, now: number): string {
  const { title, company, people, charged, at_most } = one;
  const { undecided } = words;
  const when = clockSince(one.asked_at, now);
  if (isAnswered(one)) return undecided.answered(when, title, at_most);
  const whom = one.page
    ? undecided.searchFor(title)
    : company
      ? undecided.companyOf(company, title)
      : undecided.peopleOf(people, title);
  const why = textOf(undecided.why, one.why, undecided.lost);
  const cost = charged === null ? undecided.mayBeCharged(at_most) : undecided.chargedUnanswered(charged);
  return undecided.told(when, whom, why, cost);
}
