import { expect, test } from "vitest";
import type { Answer } from "../backend/types";
import { emptyFilters, questionKey, sameFilters } from "./question";
import { countWords, pageWords, sourceWords, staleWords } from "./sourceWords";
import { joinSizes, summary } from "./summary";

const now = Date.parse("2026-11-23T12:00:00Z");
const hours = (n: number) => new Date(now - n * 3_600_000).toISOString();
const answer: Answer = {
  source: "live",
  as_of: hours(0),
  calls_spent: 1,
  credits_spent: null,
  endpoint: "mixed_people/search",
  total_entries: 4212,
  page: 1,
  page_size: 50,
  total_pages: 85,
  people: [],
  notice: null,
  reason: null,
};

test("where rows came from is said in words", () => {
  expect(sourceWords(answer, now)).toBe("live, just now");
  expect(sourceWords({ ...answer, calls_spent: 2 }, now)).toBe("live, just now · 2 calls spent");
  expect(sourceWords({ ...answer, source: "cached", as_of: hours(3) }, now)).toBe("cached, 3 h ago");
  const reason = { code: "unavailable", message: "Apollo is not available.", reset_at: null };
  expect(sourceWords({ ...answer, source: "stale", as_of: hours(49), reason }, now)).toBe(
    "stale, 2 days old: Apollo is not available",
  );
  expect(sourceWords({ ...answer, source: "empty", reason }, now)).toBe("nothing: Apollo is not available");
  const lost = { code: "connection_lost", message: "It broke.", reset_at: null };
  expect(sourceWords({ ...answer, source: "empty", reason: lost }, now)).toBe("nothing: the connection broke");
});

test("an empty answer with a reason counts nothing, so that it never looks like no results", () => {
  const counts = { fetched: 300, different: 271, everybody: 1_204 };
  expect(countWords({ ...answer, source: "empty", total_entries: null }, null)).toBe("");
  expect(countWords(answer, null)).toBe("4,212 matching");
  expect(countWords(answer, counts)).toBe("4,212 matching · 300 fetched · 271 different people");
  expect(countWords(answer, { ...counts, fetched: 271 })).toBe("4,212 matching · 271 fetched");
  expect(countWords(null, counts)).toBe("300 fetched · 271 different people");
  expect(pageWords(answer)).toBe("page 1 of 85");
  expect(pageWords({ ...answer, source: "empty" })).toBe("");
});

test("stale rows are told of once: their day, why there are no newer ones or what the answer says, never both ways", () => {
  const stale = { ...answer, source: "stale" as const, as_of: hours(49) };
  expect(staleWords(stale, now)).toMatch(/^These rows are from [^.]+\. They may have changed since\.$/);
  expect(staleWords({ ...stale, notice: "Older than a day." }, now)).toMatch(
    /^These rows are from [^.]+\. Older than a day\.$/,
  );
  const reason = { code: "unavailable", message: "Apollo is away.", reset_at: null };
  expect(staleWords({ ...stale, reason }, now)).toMatch(/^These rows are from [^.]+\. Apollo is away\.$/);
});

test("filters in one line: three are named, more are counted, sizes that touch are joined", () => {
  expect(
    summary({
      ...emptyFilters,
      titles: ["A", "B", "C", "D", "E"],
      seniorities: ["c_suite"],
      company_sizes: ["101,200", "51,100", "10001"],
      keywords: " saas ",
    }),
  ).toEqual(["A, B, C and 2 more", "C-suite", "51–200, 10,001+ people", "“saas”"]);
  expect(joinSizes(["1,10", "21,50", "11,20"])).toEqual(["1,50"]);
  expect(joinSizes(["501,1000", "1001"])).toEqual(["501"]);
});

test("the same values in another order are the same question", () => {
  const a = { ...emptyFilters, titles: ["CFO", "CEO"], keywords: "x" };
  const b = { ...emptyFilters, titles: ["CEO", "CFO"], keywords: " x " };
  expect(sameFilters(a, b)).toBe(true);
  const question = { filters: a, page: 1, pageSize: 50, personaId: null };
  expect(questionKey(question)).toBe(questionKey({ ...question, filters: b, personaId: "p" }));
  expect(questionKey(question)).not.toBe(questionKey({ ...question, page: 2 }));
});
