// Words for the values of the field: sizes of files, seniorities, sizes of companies, prices.
import type { Price } from "../backend/types";
import { textOf, texts } from "../texts/texts";
import { number } from "./number";

const words = texts.shared;

export function bytes(n: number): string {
  if (n < 1000) return words.sizes.bytes(n);
  if (n < 1_000_000) return words.sizes.kilobytes(Math.round(n / 1000));
  return words.sizes.megabytes(Math.round(n / 100_000) / 10);
}

/** "1 call" or "1 call · ≤ 1 credit". */
export function priceWords({ calls, credits_at_most }: Pick<Price, "calls" | "credits_at_most">): string {
  if (calls === 0) return words.price.none;
  return credits_at_most > 0 ? words.price.callsAndCredits(calls, credits_at_most) : words.price.calls(calls);
}

/** The words for a seniority; one that is not known is shown as Apollo sent it. */
export function seniorityWords(value: string): string {
  return textOf(words.seniorities, value, value);
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
