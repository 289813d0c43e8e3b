// Numbers as the desktop's language writes them.
import { locale } from "./locale";

const numbers = new Intl.NumberFormat(locale);
const amounts = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });

export function number(n: number): string {
  return numbers.format(n);
}

/** Credits, of which Apollo charges parts: "34.01", "1,204". */
export function amount(credits: number): string {
  return amounts.format(credits);
}
