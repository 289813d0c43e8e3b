// Whole numbers as they are typed into a field: how many rows, calls or credits.
import { texts } from "../texts/texts";

/** More than anybody means. */
const most = 999_999_999;

/** What was typed. What is no such number counts as 0, for the sentence about it. */
export function whole(text: string): number {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
}

/** What is wrong with a number that may be left out; empty when nothing is. */
export function wrongNumber(text: string): string {
  if (text.trim() === "" || whole(text) > 0) return "";
  return /^0*[1-9]\d{9,}$/.test(text.trim()) ? texts.shared.tooMuch(most) : texts.shared.notWhole;
}
