import { expect, test } from "vitest";
import type { Job } from "../backend/types";
import { canTryNow, lacksAnswers } from "./jobStates";
import { barWords, jobWords, newsOf, refusedWords, timeLeft } from "./jobWords";
import { jobsOfNow } from "./tray";

const now = Date.parse("2026-11-23T12:00:00Z");
const soon = "2026-11-23T12:04:30Z";

const job: Job = {
  id: "1",
  workspace: "w",
  title: "Sales leaders",
  spec: {
    kind: "export",
    persona_id: null,
    filters: { titles: [], seniorities: [], industries: [], locations: [], company_sizes: [], keywords: "" },
    scope: { kind: "all", max_rows: null },
    flavour: "excel",
    path: "/a.csv",
    agreed: { calls: 43, credits: 43 },
    wait: true,
    replace: true,
  },
  state: "running",
  reason: null,
  wish: null,
  by_itself: true,
  needs_consent: false,
  progress: {
    rows: 300,
    people_total: 4212,
    left_out: 0,
    booked: null,
    pages: 3,
    calls_spent: 1,
    calls_unknown: 0,
    ready_at: null,
  },
  result: null,
  created_at: "2026-11-23T11:00:00Z",
  started_at: null,
  ended_at: null,
};
const none = { ...job.progress, rows: 0, pages: 0, calls_spent: 0, people_total: null };
const far = "300 of 4,212 rows · 3 pages · 1 call spent";

test("progress has its units, and the time left where somebody can tell", () => {
  expect(jobWords(job, now)).toBe(far);
  expect(jobWords({ ...job, progress: { ...job.progress, ready_at: soon } }, now)).toBe(`${far} · about 5 min left`);
  expect(jobWords({ ...job, progress: none }, now)).toBe("starting…");
  expect(jobWords({ ...job, state: "queued", progress: none }, now)).toBe("in line");
  expect(jobWords({ ...job, state: "queued" }, now)).toBe(`in line · ${far}`);
  const killed = { ...job.progress, calls_unknown: 2 };
  expect(jobWords({ ...job, progress: killed }, now)).toBe(`${far} and up to 2 more that broke off`);
});

test.each([
  [null, ""],
  ["2026-11-23T12:00:20Z", "less than a minute left"],
  ["2026-11-23T12:12:10Z", "about 12 min left"],
  ["2026-11-23T15:12:10Z", "about 3 h left"],
])("what is ready at %s has %s", (at, words) => expect(timeLeft(at, now)).toBe(words));

test("a job that waits says why and until when", () => {
  const waiting = (code: string) => {
    const reason = { code, message: "All used, the next at 12:05 (UTC).", reset_at: soon };
    return jobWords({ ...job, state: "waiting", reason }, now);
  };
  expect(waiting("rate_limited")).toMatch(
    / · waiting: this hour's calls are used, but for those kept for your clicks; goes on at \d\d:05$/,
  );
  expect(waiting("breaker_open")).toMatch(/ · waiting: Apollo is paused; tries again at \d\d:05$/);
  expect(waiting("apollo_rate_limited")).toMatch(/ · waiting: Apollo's own limit is reached; goes on at \d\d:05$/);
  expect(waiting("offline")).toMatch(/ · waiting: no network; goes on at \d\d:05$/);
});

test("a job that waits for its key says so, and can be tried at once", () => {
  const reason = { code: "key_rejected", message: "Apollo refused the key.", reset_at: null };
  const waiting: Job = { ...job, state: "waiting", reason };
  expect(jobWords(waiting, now)).toBe(
    `${far} · waiting: Apollo does not accept the key; replace it, or Try now once it is in order`,
  );
  expect(canTryNow(waiting)).toBe(true);
  expect(canTryNow({ ...waiting, reason: { ...reason, code: "rate_limited" } })).toBe(false);
});

test("what it was told is said until it obeys", () => {
  expect(jobWords({ ...job, wish: "pause" }, now)).toBe(`${far} · pausing after this call…`);
  expect(jobWords({ ...job, wish: "cancel", progress: none }, now)).toBe("cancelling after this call…");
});

test("a paused job says where its rows are, and why unless the user paused it", () => {
  const kept = "They are kept in /a.partial.csv, and the same export goes on from there.";
  expect(jobWords({ ...job, state: "paused" }, now)).toBe(`Paused after ${far}. ${kept}`);
  const reason = { code: "disk_full", message: "The disk is full.", reset_at: null };
  // The file holds what had room.
  const again = "They are kept: resumed, it writes the file from them and asks for none of them again.";
  expect(jobWords({ ...job, state: "paused", reason }, now)).toBe(`Paused after ${far}: The disk is full. ${again}`);
  expect(jobWords({ ...job, state: "paused", reason, progress: none }, now)).toBe("Paused: The disk is full.");
});

test("a cancelled job says how far it came and where its rows are", () => {
  expect(jobWords({ ...job, state: "cancelled" }, now)).toBe(
    `Cancelled after ${far}. They are kept in /a.partial.csv, and the same export goes on from there.`,
  );
  expect(jobWords({ ...job, state: "cancelled", progress: none }, now)).toBe("Cancelled before its first page.");
});

test("a job that is done tells its rows and its file, and is news", () => {
  const sums = { rows: 1, people_total: 1, pages: 1, calls_spent: 1, credits_spent: 0, notices: ["Older rows."] };
  const done: Job = { ...job, state: "done", result: { kind: "export", path: "/a.csv", ...sums } };
  expect(jobWords(done, now)).toBe("1 of 1 row · 1 page · 1 call spent · /a.csv · Older rows.");
  expect(newsOf(done, now)).toEqual({ title: "Exported 1 row", detail: "/a.csv" });
  expect(newsOf(job, now)).toBeNull();
  expect(newsOf({ ...job, state: "paused" }, now)).toBeNull();
});

const order = { what: "people" as const, people: 42, max_credits: null, agreed_after: 0 };
const terms = { mobiles: false, personal_emails: false, not_found_again: false, in_full: false };
const enrichment: Job["spec"] = { kind: "enrich", ...order, terms, agreed: { calls: null, credits: 42 } };

test("an enrichment that stands tells whom it asked for, whom others saw to, and what was paid", () => {
  const progress = { ...job.progress, rows: 20, people_total: 35, left_out: 7, calls_spent: 3 };
  const stands = (unknown: number): Job => {
    const reason = { code: "capped", message: "The cap is reached.", reset_at: null };
    return {
      ...job,
      spec: enrichment,
      state: "paused",
      reason,
      progress: { ...progress, booked: { charged: 18.02, unknown } },
    };
  };
  const far = "20 of 35 people asked for · 7 asked for by another enrichment meanwhile · 3 calls spent · 18.02 credits";
  expect(jobWords(stands(0), now)).toContain(`Paused after ${far}: The cap is reached.`);
  expect(jobWords(stands(10), now)).toContain(`${far} and up to 10 more that may have been charged: `);
});

test("an enrichment that is cancelled says that mobiles which are paid for come first", () => {
  const cancelled = (mobiles: boolean): Job => {
    const booked = { charged: 7, unknown: 83 };
    const progress = { ...job.progress, rows: 10, people_total: 10, calls_spent: 2, booked };
    return {
      ...job,
      spec: { ...enrichment, terms: { ...terms, mobiles } },
      state: "waiting",
      wish: "cancel",
      progress,
    };
  };
  expect(jobWords(cancelled(true), now)).toContain(
    " · cancelled: mobiles that are paid for are fetched before it ends",
  );
  expect(jobWords(cancelled(false), now)).toContain(" · cancelling after this call…");
});

test("an enrichment that stands promises no more than comes", () => {
  const ends = (rows: number, charged: number, unknown: number, mobiles = false) => {
    const progress = { ...job.progress, rows, people_total: 22, booked: { charged, unknown } };
    const spec = { ...enrichment, terms: { ...terms, mobiles } };
    return jobWords({ ...job, spec, state: "paused", progress }, now).replace(/^.*?(credits?|charged)\. ?/, "");
  };
  expect(ends(10, 9, 0)).toBe("12 people were not asked for.");
  expect(ends(21, 0, 20)).toBe("1 person was not asked for.");
  expect(ends(22, 9, 10)).toBe("");
  expect(ends(22, 0, 20)).toBe("");
  const mobiles = "Mobiles that are paid for still come when it goes on.";
  expect(ends(22, 9, 80, true)).toBe(mobiles);
  expect(ends(22, 0, 80, true)).toBe(mobiles);
  expect(ends(22, 9, 0, true)).toBe("");
});

test("what may have been charged is told after a crash, too, when no call came to its end", () => {
  const progress = { ...none, people_total: 22, booked: { charged: 0, unknown: 10 } };
  const crashed: Job = { ...job, spec: enrichment, state: "waiting", progress };
  const far = "0 of 22 people asked for · 0 calls spent · 0 credits and up to 10 more that may have been charged";
  expect(jobWords(crashed, now)).toBe(`${far} · waiting`);
  expect(jobWords({ ...crashed, state: "cancelled" }, now)).toBe(
    `Cancelled after ${far}. 22 people were not asked for.`,
  );
  const nothing = { ...progress, booked: { charged: 0, unknown: 0 } };
  expect(jobWords({ ...crashed, progress: nothing }, now)).toBe("waiting");
  expect(jobWords({ ...crashed, state: "cancelled", progress: nothing }, now)).toBe(
    "Cancelled before anything was paid.",
  );
});

test("an order at a price that is no longer the one agreed to is told as what it is", () => {
  const message = "The price that was agreed to was for other people.";
  expect(refusedWords({ code: "not_confirmed", message })).toEqual({ title: "Nothing was paid", detail: message });
  expect(refusedWords({ code: "offline", message: "No network." }).title).toBe("That did not work");
});

test("the news of an enrichment tells what came of it, and its price", () => {
  const sentence = "3 asked · 0 found · 3 came whom nobody asked for · 3 credits";
  const counts = {
    asked: 3,
    found: 0,
    emails: 0,
    not_found: 3,
    elsewhere: 0,
    undecided: 0,
    left_out: 0,
    mobiles: 0,
    calls_spent: 1,
  };
  const result: Job["result"] = { kind: "enrich", what: "people", ...counts, charged: 3, unknown: 0, sentence };
  expect(newsOf({ ...job, state: "done", result }, now)).toEqual({
    title: "Nobody was found · 3 credits",
    detail: `Sales leaders · ${sentence}`,
  });
  const titled = (more: object) => newsOf({ ...job, state: "done", result: { ...result, ...more } }, now)?.title;
  expect(titled({ undecided: 3, not_found: 0 })).toBe("An enrichment got no answer");
  expect(titled({ what: "companies", charged: 0 })).toBe("No company was found");
  expect(titled({ found: 1, undecided: 2 })).toBe("Enriched 1 person");
  const free = { ...result, charged: 0 };
  expect(lacksAnswers({ ...job, state: "done", result: free })).toBe(false);
  expect(lacksAnswers({ ...job, state: "done", result })).toBe(true);
  expect(lacksAnswers({ ...job, state: "done", result: { ...free, undecided: 1 } })).toBe(true);
});

test("the status bar counts what is not over, by its state", () => {
  expect(barWords([])).toBe("Jobs");
  expect(barWords([{ ...job, state: "done" }])).toBe("Jobs");
  expect(barWords([job])).toBe("1 job · running");
  const line: Job[] = [job, { ...job, state: "waiting" }, { ...job, state: "queued" }, { ...job, state: "queued" }];
  expect(barWords(line)).toBe("4 jobs · 1 running, 1 waiting, 2 in line");
});

test("what was over before the window was opened, or was put away, is history", () => {
  const over: Job = { ...job, id: "2", state: "done", ended_at: new Date(Date.now() + 1000).toISOString() };
  const old: Job = { ...over, id: "3", ended_at: "2020-01-01T00:00:00Z" };
  const ids = (dismissed: string[]) => jobsOfNow([job, over, old], dismissed).map(({ id }) => id);
  expect(ids([])).toEqual(["1", "2"]);
  expect(ids(["2"])).toEqual(["1"]);
});
