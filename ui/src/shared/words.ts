// Words for the values of the field: numbers with their unit, seniorities, company sizes, prices. A call is a unit of rate, a credit
// a unit of money: no sentence here mixes them.
import type { Price } from "../backend/types";
import { number } from "./number";

/** "1 call", "4,212 calls". */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

export function bytes(n: number): string {
  if (n < 1000) return plural(n, "byte");
  if (n < 1_000_000) return `${number(Math.round(n / 1000))} kB`;
  return `${number(Math.round(n / 100_000) / 10)} MB`;
}

/** "1 call" or "1 call · ≤ 1 credit". */
export function priceWords(price: Pick<Price, "calls" | "credits_at_most">): string {
  const calls = plural(price.calls, "call");
  if (price.calls === 0) return "no call";
  return price.credits_at_most > 0 ? `${calls} · ≤ ${plural(price.credits_at_most, "credit")}` : calls;
}

const seniorities = new Map([
  ["owner", "Owner"],
  ["founder", "Founder"],
  ["c_suite", "C-suite"],
  ["partner", "Partner"],
  ["vp", "VP"],
  ["head", "Head"],
  ["director", "Director"],
  ["manager", "Manager"],
  ["senior", "Senior"],
  ["entry", "Entry"],
  ["intern", "Intern"],
]);

/** The words for a seniority; one that is not known is shown as Apollo sent it. */
export function seniorityWords(value: string): string {
  return seniorities.get(value) ?? value;
}

/** "arts_and_design" is "Arts and design"; so are several with commas between. */
export function functionWords(value: string): string {
  return capital(value.replaceAll("_", " "));
}

/** "51,100" is "51–100"; "10001" and "10001+" are "10,001+". What is no range is shown as it stands. */
export function sizeWords(value: string): string {
  const [min, max, ...rest] = value.replace(/\+$/, "").split(",");
  if (rest.length > 0 || !isCount(min) || (max !== undefined && !isCount(max))) return value;
  return max === undefined ? `${number(Number(min))}+` : `${number(Number(min))}–${number(Number(max))}`;
}

function isCount(text: string | undefined): boolean {
  return text !== undefined && /^\d+$/.test(text);
}

/** "computer software" as a label: "Computer software". */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase("en") + text.slice(1);
}

/** Without case, accents and outer blanks, to find what stands there by what is typed. The desktop's own comparison does not serve: where
 * its language is the one named POSIX, capitals are other letters. */
export function folded(text: string): string {
  return text.trim().normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
