// What is counted, with its number. A call is a unit of rate, a credit a unit of money: no text mixes them.
import { amount, number } from "../../shared/number";

/** "1 call", "4,212 calls". */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

export const calls = (n: number) => plural(n, "call");
export const people = (n: number) => plural(n, "person", "people");
export const companies = (n: number) => plural(n, "company", "companies");
export const rows = (n: number) => plural(n, "row");
export const pages = (n: number) => plural(n, "page");
/** "1 credit", "34.01 credits". */
export const credits = (n: number) => `${amount(n)} ${n === 1 ? "credit" : "credits"}`;
