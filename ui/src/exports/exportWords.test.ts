import { expect, test } from "vitest";
import { estimateWords, shortOfCalls, suggestedName } from "./exportWords";
import { jobWords, progressWords } from "./jobWords";

const now = Date.parse("2026-11-23T12:00:00Z");
const limiter = {
  limit: 100,
  used: 88,
  remaining: 12,
  reset_at: "",
  next_frees_at: "2026-11-23T12:05:00Z",
  paused_until: null,
  apollo: [],
};

test("the price of an export is a bound, in calls and credits apart", () => {
  expect(estimateWords({ calls_at_most: 0, credits_at_most: 0, people: 50 })).toBe("no call");
  expect(estimateWords({ calls_at_most: 43, credits_at_most: 43, people: 4212 })).toBe("≤ 43 calls · ≤ 43 credits");
});

test("an export that the hour does not hold is warned of before", () => {
  expect(shortOfCalls({ calls_at_most: 12, credits_at_most: 0, people: null }, limiter, now)).toBe("");
  expect(shortOfCalls({ calls_at_most: 43, credits_at_most: 0, people: null }, limiter, now)).toMatch(
    /^This may need 43 calls; 12 of 100 are left this hour\. The next one frees at \d\d:\d\d\./,
  );
});

test("a suggested file name is one that every system takes", () => {
  const day = new Date(2026, 10, 3);
  expect(suggestedName("Sales: leaders / DACH?", day)).toBe("Sales leaders DACH 2026-11-03.csv");
  expect(suggestedName("..", day)).toBe("People 2026-11-03.csv");
  expect(suggestedName("a\u202egpj\u0000", day)).toBe("a gpj 2026-11-03.csv");
  expect(suggestedName("🚀".repeat(200), day)).toBe(`${"🚀".repeat(80)} 2026-11-03.csv`);
});

test("progress has its units; an interrupted export says where its rows are and that it goes on", () => {
  expect(progressWords({ rows: 300, people_total: 4212, pages: 3, calls_spent: 1 })).toBe(
    "300 of 4,212 rows · 3 pages · 1 call spent",
  );
  const words = jobWords(
    {
      id: "1",
      workspace: "w",
      title: "t",
      input: {
        persona_id: null,
        filters: { titles: [], seniorities: [], industries: [], locations: [], company_sizes: [], keywords: "" },
        scope: { kind: "all", max_rows: null },
        flavour: "excel",
        path: "/a.csv",
        credits_agreed: 0,
      },
      state: "ended",
      progress: null,
      done: null,
      failure: {
        code: "export_interrupted",
        message: "",
        partial: "/a.partial.csv",
        rows: 100,
        reason: { code: "rate_limited", message: "All calls are used.", reset_at: "2026-11-23T12:05:00Z" },
      },
    },
    now,
  );
  expect(words).toMatch(
    /Stopped after 100 rows: All calls are used\..*\/a\.partial\.csv; the same export goes on from there\./,
  );
});
