import { expect, test } from "vitest";
import { estimateWords, shortOfCalls, suggestedName } from "./exportWords";
import { goingOn, whatIsLeft } from "./goingOn";
import type { Job } from "./jobs";
import { jobWords } from "./jobWords";

const now = Date.parse("2026-11-23T12:00:00Z");
const limiter = {
  limit: 100,
  used: 88,
  remaining: 12,
  reset_at: "",
  next_frees_at: "2026-11-23T12:05:00Z",
  paused_until: null,
  lost_until: null,
  apollo: [],
};

test("the price of an export is a bound, in calls and credits apart", () => {
  expect(estimateWords({ calls_at_most: 0, credits_at_most: 0, people: 50 })).toBe("no call");
  expect(estimateWords({ calls_at_most: 43, credits_at_most: 43, people: 4212 })).toBe("≤ 43 calls · ≤ 43 credits");
});

test("an export that the hour does not hold is said to wait, one call in ten being left for what is clicked", () => {
  expect(shortOfCalls({ calls_at_most: 2, credits_at_most: 0, people: null }, limiter, now)).toBe("");
  expect(shortOfCalls({ calls_at_most: 3, credits_at_most: 0, people: null }, limiter, now)).toMatch(
    /^This may need 3 calls; 12 of 100 are left this hour\. The next one frees at \d\d:\d\d\. When they are used the export waits and goes on by itself; one call in ten of the hour is left for what you click yourself\.$/,
  );
});

test("a suggested file name is one that every system takes", () => {
  const day = new Date(2026, 10, 3);
  expect(suggestedName("Sales: leaders / DACH?", day)).toBe("Sales leaders DACH 2026-11-03.csv");
  expect(suggestedName("..", day)).toBe("People 2026-11-03.csv");
  expect(suggestedName("a\u202egpj\u0000", day)).toBe("a gpj 2026-11-03.csv");
  expect(suggestedName("🚀".repeat(200), day)).toBe(`${"🚀".repeat(80)} 2026-11-03.csv`);
});

const job: Job = {
  id: "1",
  workspace: "w",
  title: "t",
  input: {
    persona_id: null,
    filters: { titles: [], seniorities: [], industries: [], locations: [], company_sizes: [], keywords: "" },
    scope: { kind: "all", max_rows: null },
    flavour: "excel",
    path: "/a.csv",
    credits_agreed: 43,
    wait: true,
    replace: true,
  },
  state: "running",
  progress: { rows: 300, people_total: 4212, pages: 3, calls_spent: 1, waiting: null },
  done: null,
  failure: null,
};
const soon = "2026-11-23T12:04:30Z";

test("progress has its units", () => {
  expect(jobWords(job, now)).toBe("300 of 4,212 rows · 3 pages · 1 call spent");
  expect(jobWords({ ...job, progress: null }, now)).toBe("starting…");
});

test("an export that waits says why and until when", () => {
  const waiting = (code: string) => {
    const reason = { code, message: "All used, the next at 12:05 (UTC).", reset_at: soon };
    return jobWords(
      { ...job, progress: { rows: 0, people_total: null, pages: 0, calls_spent: 0, waiting: reason } },
      now,
    );
  };
  expect(waiting("rate_limited")).toMatch(
    / · waiting: this hour's calls are used, but for those kept for your clicks; goes on at \d\d:05$/,
  );
  expect(waiting("breaker_open")).toMatch(/ · waiting: Apollo is paused; tries again at \d\d:05$/);
  expect(waiting("apollo_rate_limited")).toMatch(/ · waiting: Apollo's own limit is reached; goes on at \d\d:05$/);
  expect(waiting("offline")).toMatch(/ · waiting: no network; goes on at \d\d:05$/);
});

test("an interrupted export says where its rows are, one clock time, and that it goes on", () => {
  const reason = { code: "rate_limited", message: "The next one frees at 11:05 (UTC).", reset_at: soon };
  const failure = { code: "export_interrupted" as const, message: "", partial: "/a.partial.csv", rows: 100, reason };
  const words = jobWords({ ...job, state: "ended", progress: null, failure }, now);
  expect(words).toMatch(
    /^Stopped after 100 rows: All calls of this hour are used\. The next one frees at \d\d:05\. They are in \/a\.partial\.csv; the same export goes on from there\.$/,
  );
});

test("a cancelled export says how far it came and where its rows are", () => {
  const failure = { code: "cancelled" as const, message: "Cancelled." };
  expect(jobWords({ ...job, state: "ended", failure, input: { ...job.input, path: "/b.CSV" } }, now)).toBe(
    "Cancelled after 300 of 4,212 rows · 3 pages · 1 call spent. They are kept in /b.partial.csv, and the same export goes on from there.",
  );
});

test("going on costs what is left, and what stands on its button is what is agreed to", () => {
  const left = whatIsLeft({ calls_at_most: 43, credits_at_most: 43, people: 4212 }, job);
  expect(estimateWords(left)).toBe("≤ 40 calls · ≤ 40 credits");
  expect(goingOn(job, left)).toMatchObject({ path: "/a.csv", credits_agreed: 40, wait: true });
  expect(estimateWords(whatIsLeft({ calls_at_most: 2, credits_at_most: 0, people: 118 }, job))).toBe("no call");
});
