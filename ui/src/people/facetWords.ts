// What there is to narrow by, in words: the facets, their values, and how the address has those that were chosen.
import type { Facet, FacetChoice, FactSource } from "../backend/types";
import { capital, functionWords, seniorityWords, sizeWords } from "../shared/words";
import { statusWords } from "./facts";
import { sourceName } from "./toldWords";

export const facetNames: Record<Facet, string> = {
  seniority: "Seniority",
  function: "Function",
  country: "Country",
  industry: "Industry",
  headcount: "Company size",
  email_status: "E-mail",
  source: "Told by",
  age: "Newest fact",
};

const facets = Object.keys(facetNames) as Facet[];

const ages = new Map([
  ["day", "In the last day"],
  ["week", "In the last week"],
  ["month", "In the last month"],
  ["quarter", "In the last three months"],
  ["year", "In the last year"],
  ["older", "Longer ago"],
]);

const sources: readonly string[] = ["stub", "import", "search", "enrichment", "typed"] satisfies FactSource[];

function isSource(value: string): value is FactSource {
  return sources.includes(value);
}

/** A value in words; null is not known. `sample`: made-up people are nobody's. */
export function valueWords(facet: Facet, value: string | null, sample: boolean): string {
  if (value === null) return "Not known";
  switch (facet) {
    case "seniority":
      return seniorityWords(value);
    case "function":
      return functionWords(value);
    case "headcount":
      return sizeWords(value);
    case "source":
      return isSource(value) ? capital(sourceName(value, sample)) : value;
    case "age":
      return ages.get(value) ?? value;
    case "email_status":
      return capital(statusWords(value));
    case "country":
      return value;
    case "industry":
      return capital(value);
  }
}

/** One chosen value as the address has it: the facet, a colon, the value; nothing after it for those of whom it is not known. */
export function choiceText(facet: Facet, value: string | null): string {
  return `${facet}:${value ?? ""}`;
}

/** What was chosen, by facet; what is no facet is left out. */
export function choicesOf(texts: readonly string[]): FacetChoice[] {
  return facets.flatMap((facet): FacetChoice | [] => {
    const values = texts
      .filter((text) => text.startsWith(`${facet}:`))
      .map((text) => text.slice(facet.length + 1) || null);
    return values.length > 0 ? { facet, values } : [];
  });
}

/** The same texts with one value chosen, or let go. */
export function withChoice(texts: readonly string[], facet: Facet, value: string | null): string[] {
  const text = choiceText(facet, value);
  return texts.includes(text) ? texts.filter((one) => one !== text) : [...texts, text];
}
