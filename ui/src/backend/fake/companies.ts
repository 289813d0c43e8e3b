// Made-up companies of the fake's people, as an enrichment of companies tells of them; always the same for one domain.
import type { CompanyFact, ToldCompanyFact } from "../types";
import type { Stored } from "./stored";

const industries = ["computer software", "financial services", "internet", "machinery", "retail"];
const places: [string, string][] = [
  ["Köln", "Germany"],
  ["Wien", "Austria"],
  ["Oslo", "Norway"],
  ["London", "United Kingdom"],
];

/** The companies of these people, each once, and how many of them have none that is known by a domain. */
export function employersOf(stored: Stored, ids: string[]): { domains: string[]; without: number } {
  const domains = ids.map((id) => stored.people[id]?.organization_domain ?? null);
  const known = domains.filter((domain) => domain !== null);
  return { domains: [...new Set(known)], without: domains.length - known.length };
}

/** Apollo does not know this one. */
export function isUnheardOf(domain: string): boolean {
  return domain.startsWith("vesper");
}

export function madeUpCompany(domain: string, at: string): ToldCompanyFact[] {
  const number = [...domain].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
  const [city, country] = places[number % places.length] ?? ["Köln", "Germany"];
  const employees = 5 + (number % 2_500);
  const facts: [CompanyFact, string][] = [
    ["industry", industries[number % industries.length] ?? "internet"],
    ["employees", String(employees)],
    ["founded_year", String(1950 + (number % 70))],
    ["annual_revenue", String(employees * 110_000)],
    ["city", city],
    ["country", country],
    ["website_url", `http://www.${domain}`],
    ["linkedin_url", `http://www.linkedin.com/company/${domain.replace(".example", "")}`],
    ["phone", `+49 221 555 ${String(number).padStart(4, "0")}`],
    ["keywords", "saas, b2b, analytics"],
    ["description", `Works on ${industries[number % industries.length]}.`],
  ];
  return facts.map(([fact, value]) => ({ fact, value, source: "enrichment", told_at: at }));
}
