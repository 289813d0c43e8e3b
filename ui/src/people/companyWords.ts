// What is known of a company, in words: numbers with their unit, a place as one line.
import type { CompanyFact, ToldCompanyFact } from "../backend/types";
import { number } from "../shared/number";
import { capital, plural } from "../shared/words";

/** In the order in which they are exported. */
export const companyFactNames: Record<CompanyFact, string> = {
  industry: "Industry",
  employees: "Employees",
  founded_year: "Founded",
  annual_revenue: "Revenue",
  city: "City",
  state: "State",
  country: "Place",
  website_url: "Website",
  linkedin_url: "LinkedIn",
  phone: "Phone",
  keywords: "Keywords",
  technologies: "Technologies",
  description: "What it does",
};

/** All that can be exported of a company. */
export const companyFacts = Object.keys(companyFactNames) as CompanyFact[];

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
      return countOf(told, (count) => plural(count, "person works there", "people work there"));
    case "annual_revenue":
      return countOf(told, (dollars) => `$${number(dollars)} a year`);
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
function countOf(text: string, words: (count: number) => string): string {
  return /^\d+$/.test(text) ? words(Number(text)) : text;
}
