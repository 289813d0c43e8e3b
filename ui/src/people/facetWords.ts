// What there is to narrow by, in words: the facets, their values, and how the address has those that were chosen.
import type { Facet, FacetChoice, FactSource } from "../backend/types";
import { capital, functionWords, seniorityWords, sizeWords } from "../shared/words";
import { textOf, texts } from "../texts/texts";
import { statusWords } from "./facts";
import { sourceName } from "./toldWords";

const words = texts.people;

const facets: readonly Facet[] = [
  "seniority",
  "function",
  "country",
  "industry",
  "headcount",
  "email_status",
  "source",
  "age",
];

const sources: readonly string[] = ["stub", "import", "search", "enrichment", "typed"] satisfies FactSource[];

function isSource(value: string): value is FactSource {
  return sources.includes(value);
}

/** Among made-up people, too, one source is told from another. */
function sourceValue(source: FactSource, sample: boolean): string {
  const name = sourceName(source, sample);
  return capital(sample ? textOf(words.madeUpBy, source, name) : name);
}

/** A value in words; null is not known. `sample`: made-up people are nobody's. */
export function valueWords(facet: Facet, value: string | null, sample: boolean): string {
  if (value === null) return words.narrow.notKnown;
  switch (facet) {
    case "seniority":
      return seniorityWords(value);
    case "function":
      return functionWords(value);
    case "headcount":
      return sizeWords(value);
    case "source":
      return isSource(value) ? sourceValue(value, sample) : value;
    case "age":
      return textOf(words.ages, value, value);
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
