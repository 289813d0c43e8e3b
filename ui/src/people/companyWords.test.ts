import { expect, test } from "vitest";
import type { CompanyFact } from "../backend/types";
import { texts } from "../texts/texts";
import { companyFacts, companyFactWords } from "./companyWords";

const told = (facts: Partial<Record<CompanyFact, string>>) =>
  Object.entries(facts).map(([fact, value]) => ({ fact: fact as CompanyFact, value }));

test("numbers of a company have their unit, and what is no number is shown as it was told", () => {
  const company = told({ employees: "1204", annual_revenue: "999999000", founded_year: "1998", industry: "machinery" });
  expect(companyFactWords("employees", company)).toBe("1,204 people work there");
  expect(companyFactWords("annual_revenue", company)).toBe("$999,999,000 a year");
  expect(companyFactWords("founded_year", company)).toBe("1998");
  expect(companyFactWords("industry", company)).toBe("Machinery");
  expect(companyFactWords("employees", told({ employees: "a few" }))).toBe("a few");
  expect(companyFactWords("phone", company)).toBeNull();
});

test("a company's place is one line, and a city that is its own state is said once", () => {
  expect(companyFactWords("country", told({ city: "Köln", state: "NRW", country: "Germany" }))).toBe(
    "Köln, NRW, Germany",
  );
  expect(companyFactWords("country", told({ city: "Berlin", state: "Berlin", country: "Germany" }))).toBe(
    "Berlin, Germany",
  );
});

test("a link is shown without what every link begins with", () => {
  expect(companyFactWords("website_url", told({ website_url: "http://www.acme.example/" }))).toBe("acme.example");
});

test("each fact has its name", () => {
  expect(companyFacts.every((fact) => texts.people.companyFacts[fact] !== "")).toBe(true);
  expect(companyFacts).toHaveLength(13);
});
