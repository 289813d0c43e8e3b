// What is known of a company, in words: numbers with their unit, a place as one line.
import type { CompanyFact, ToldCompanyFact } from "../backend/types";
import { capital } from "../shared/words";
import { texts } from "../texts/texts";

const words = texts.people;

/** All that can be exported of a company, in the order in which it is. */
export const companyFacts: CompanyFact[] = [
  "industry",
  "employees",
  "founded_year",
  "annual_revenue",
  "city",
  "state",
  "country",
  "website_url",
  "linkedin_url",
  "phone",
  "keywords",
  "technologies",
  "description",
];

type Told = Pick<ToldCompanyFact, "fact" | "value">;

/** A fact as it is read; null when nobody told it. The country is the whole place. */
export function companyFactWords(fact: CompanyFact, company: readonly Told[]): string | null {
  const value = (of: CompanyFact) => company.find((one) => one.fact === of)?.value ?? null;
  const told = value(fact);
  if (told === null) return null;
  switch (fact) {
    case "industry":
      return capital(told);
    case "employees":
      return countOf(told, words.company.employees);
    case "annual_revenue":
      return countOf(told, words.company.revenue);
    case "country": {
      const [city, state] = [value("city"), value("state")];
      return [city, state === city ? null : state, told].filter(Boolean).join(", ");
    }
    case "website_url":
    case "linkedin_url":
      return told.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
    default:
      return told;
  }
}

/** A whole number in words; what is none is shown as it was told. */
function countOf(text: string, say: (count: number) => string): string {
  return /^\d+$/.test(text) ? say(Number(text)) : text;
}
