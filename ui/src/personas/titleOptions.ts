// What to offer while a job title is typed: the words as typed, the same with its abbreviation written out or the other way round,
// and known titles that begin or continue like it. An abbreviation with several meanings is asked, never assumed: each meaning is an
// offer of its own and the plain words come first.
import type { TitleAbbreviation, Vocabulary } from "../backend/types";
import { texts } from "../texts/texts";

const words = texts.personas.offers;

export interface Offer {
  /** What it adds, one chip each. */
  adds: string[];
  label: string;
  note?: string;
  /** Why it cannot be chosen. */
  disabled?: string;
}

const most = 12;

function wholeWord(part: string): RegExp {
  const escaped = part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "iu");
}

/** The same title in its other spellings. Whole words only: "cto" stands inside "Director". */
export function otherSpellings(
  title: string,
  abbreviations: readonly TitleAbbreviation[],
): { titles: string[]; certain: boolean } {
  const titles: string[] = [];
  let certain = true;
  for (const { short, long } of abbreviations) {
    if (wholeWord(short).test(title)) {
      if (long.length > 1) certain = false;
      for (const one of long) titles.push(title.replace(wholeWord(short), one));
    }
    for (const one of long) if (wholeWord(one).test(title)) titles.push(title.replace(wholeWord(one), short));
  }
  return { titles, certain };
}

export function titleOffers(
  typed: string,
  vocabulary: Pick<Vocabulary, "titles" | "abbreviations">,
  have: readonly string[],
): Offer[] {
  const text = typed.trim().replace(/\s+/g, " ");
  const taken = new Set(have.map((one) => one.toLocaleLowerCase()));
  const isNew = (title: string) => !taken.has(title.toLocaleLowerCase());
  const offers: Offer[] = [];
  if (text !== "") {
    const spelled = otherSpellings(text, vocabulary.abbreviations);
    const fresh = spelled.titles.filter(isNew);
    const alone: Offer = { adds: [text], label: text, note: words.asTyped };
    if (spelled.certain && fresh.length > 0) {
      offers.push({ adds: [text, ...fresh], label: [text, ...fresh].join(" + "), note: words.bothSpellings });
      if (isNew(text)) offers.push({ ...alone, note: words.onlyThis });
    } else {
      if (isNew(text)) offers.push(alone);
      for (const title of fresh)
        offers.push({ adds: [text, title], label: `${text} + ${title}`, note: words.thisMeaning });
    }
  }
  const shown = new Set(offers.map((one) => one.label.toLocaleLowerCase()));
  for (const title of known(text, vocabulary.titles)) {
    if (offers.length >= most + 4) break;
    if (isNew(title) && !shown.has(title.toLocaleLowerCase())) offers.push({ adds: [title], label: title });
  }
  return offers;
}

/** Known values that hold what was typed, those that begin with it first. */
function known(text: string, values: readonly string[]): string[] {
  const wanted = text.toLocaleLowerCase();
  const held = values.filter((value) => value.toLocaleLowerCase().includes(wanted));
  const begins = (value: string) => value.toLocaleLowerCase().startsWith(wanted);
  return [...held.filter(begins), ...held.filter((value) => !begins(value))];
}

export function locationOffers(typed: string, locations: readonly string[], have: readonly string[]): Offer[] {
  const text = typed.trim().replace(/\s+/g, " ");
  const taken = new Set(have.map((one) => one.toLocaleLowerCase()));
  const found = known(text, locations).filter((one) => !taken.has(one.toLocaleLowerCase()));
  const offers: Offer[] = found.slice(0, 40).map((label) => ({ adds: [label], label }));
  const exact = found.some((one) => one.toLocaleLowerCase() === text.toLocaleLowerCase());
  if (text !== "" && !exact && !taken.has(text.toLocaleLowerCase())) {
    const free: Offer = { adds: [text], label: text, note: words.asTyped };
    // What was typed to the letter is rarely what is meant while a known place begins with it.
    if (found.some((one) => one.toLocaleLowerCase().startsWith(text.toLocaleLowerCase()))) offers.push(free);
    else offers.unshift(free);
  }
  return offers;
}

/** Every industry that holds what was typed: the list is closed and never cut. */
export function industryOffers(typed: string, industries: Vocabulary["industries"], have: readonly string[]): Offer[] {
  const text = typed.trim();
  const byName = new Map(industries.map((one) => [one.name, one]));
  return known(text, [...byName.keys()])
    .filter((name) => !have.includes(name))
    .map((name) => ({
      adds: [name],
      label: name,
      ...(byName.get(name)?.searchable ? {} : { disabled: words.noId }),
    }))
    .sort((a, b) => Number("disabled" in a) - Number("disabled" in b));
}
