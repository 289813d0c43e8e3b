import { expect, test } from "vitest";
import { reasonOf, toFailure, violationsOf } from "./failure";
import { violationsIn } from "./fake/answers";
import { madeUpPeople, matching } from "./fake/people";
import { vocabulary } from "./fake/vocabulary";

test("a failure of the app is kept as it is", () => {
  const failure = { code: "rate_limited", message: "Wait.", reset_at: "2026-11-23T12:05:00Z" };
  expect(toFailure(failure)).toBe(failure);
  expect(reasonOf(toFailure(failure))).toEqual({ code: "rate_limited", message: "Wait.", reset_at: failure.reset_at });
});

test("a plain refusal of the framework, an error or nonsense becomes a failure with a sentence", () => {
  for (const thrown of ["Command nope not found", new Error("bad args"), null, 42, { code: 1 }, ""]) {
    const failure = toFailure(thrown);
    expect(failure.code).toBe("not_found");
    expect(failure.message).toMatch(/Restart the app/);
    expect(violationsOf(failure)).toEqual([]);
  }
});

const none = { titles: [], seniorities: [], industries: [], locations: [], company_sizes: [], keywords: "" };

test("the fake filters for real: values are OR, fields are AND", () => {
  const people = madeUpPeople(2000, 7);
  const both = matching(people, { ...none, titles: ["vp sales", "head of sales"], locations: ["Germany"] });
  expect(both.length).toBeGreaterThan(0);
  for (const { person } of both) {
    expect(person.country).toBe("Germany");
    expect(person.title).toMatch(/VP Sales|Head of Sales/);
  }
  expect(
    matching(people, { ...none, company_sizes: ["51,100"] }).every((one) => one.headcount > 50 && one.headcount < 101),
  ).toBe(true);
});

test("the fake's people are the same every time", () => {
  expect(madeUpPeople(50, 7)).toEqual(madeUpPeople(50, 7));
});

test("the fake's lists are complete: 147 industries, 138 of them searchable, 11 seniorities and sizes", () => {
  expect(vocabulary.industries).toHaveLength(147);
  expect(vocabulary.industries.filter((one) => one.searchable)).toHaveLength(138);
  expect([vocabulary.seniorities.length, vocabulary.company_sizes.length]).toEqual([11, 11]);
});

test("the fake names each violation by its field", () => {
  expect(violationsIn(none).map((one) => one.field)).toEqual(["filters"]);
  expect(violationsIn({ ...none, industries: ["dairy"], company_sizes: ["9,1"] }).map((one) => one.field)).toEqual([
    "industries",
    "company_sizes",
  ]);
});
