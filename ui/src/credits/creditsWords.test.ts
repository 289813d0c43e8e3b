import { expect, test } from "vitest";
import {
  againstWords,
  allowedWords,
  capsOf,
  capsWords,
  chartSentence,
  daysOf,
  foundWords,
  insteadWords,
  limitWords,
  monthsOf,
  purposeWords,
  roomWords,
  scaleTop,
  spanWords,
  sumWords,
} from "./creditsWords";

const spent = { span: "2026-11-27", calls: 2, charged: 12.5, unknown: 10 };

test("days without credits are in the picture too, and it ends today", () => {
  const days = daysOf([spent], 4, new Date(2026, 10, 28, 1));
  expect(days.map(({ span }) => span)).toEqual(["2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28"]);
  expect(days[2]).toBe(spent);
  expect(monthsOf([], 3, new Date(2026, 0, 31)).map(({ span }) => span)).toEqual(["2025-11", "2025-12", "2026-01"]);
});

test("the scale ends at a round number above everything", () => {
  expect(scaleTop([spent])).toBe(50);
  expect(scaleTop([])).toBe(1);
  expect(scaleTop([{ ...spent, unknown: 0 }])).toBe(20);
});

test("sums keep what is charged apart from what nobody knows", () => {
  expect(sumWords(spent)).toBe("12.5 credits charged · at most 10 credits more that nobody knows of");
  expect(sumWords({ charged: 1, unknown: 0 })).toBe("1 credit charged");
  expect(chartSentence([spent], "30 days")).toMatch(/^Credits in 30 days: .*27.* 12\.5 credits charged/);
  expect(chartSentence([], "30 days")).toBe("No credits in 30 days.");
  expect(spanWords("2026-11", "en-GB")).toBe("November 2026");
});

test("caps are whole numbers or nothing", () => {
  const texts = { job: "50", day: "", month: " 200 ", workspace: "" };
  expect(capsOf(texts)).toEqual({ job: 50, day: null, month: 200, workspace: null });
  expect(capsOf({ ...texts, day: "few" })).toBeNull();
  expect(capsOf({ ...texts, day: "0" })?.day).toBe(0);
});

test("limits are told where Apollo told them", () => {
  const endpoint = { endpoint: "e", what: "", allowed: "yes" as const, used_at: null, said: null, advice: null };
  const none = { calls_a_minute: null, calls_an_hour: null, calls_a_day: null, calls_left_today: null };
  expect(limitWords({ ...endpoint, ...none })).toBe("");
  expect(limitWords({ ...endpoint, ...none, calls_an_hour: 6000 })).toBe("6,000 calls an hour");
  const used_at = new Date(2026, 10, 28).toISOString();
  expect(allowedWords({ ...endpoint, ...none, used_at }, "en-GB")).toBe("open · used 28 Nov");
});

test("a call says what it was for, by its endpoint where nothing else does", () => {
  expect(purposeWords({ title: "CFO · page 2", endpoint: "mixed_people/search" })).toBe("CFO · page 2");
  expect(purposeWords({ title: "", endpoint: "users/api_profile" })).toBe("Check of the key");
  expect(purposeWords({ title: "", endpoint: "something/new" })).toBe("something/new");
});

test("who came instead of whom was asked for, or besides, is told as such", () => {
  expect(insteadWords({ elsewhere: 2, strangers: 0, company: null })).toBe("2 answered with somebody else");
  expect(insteadWords({ elsewhere: 1, strangers: 3, company: null })).toBe(
    "1 answered with somebody else · 3 came whom nobody asked for",
  );
  expect(insteadWords({ elsewhere: 1, strangers: 0, company: "acme.example" })).toBe("answered with another company");
  expect(insteadWords({ elsewhere: 0, strangers: 0, company: "acme.example" })).toBe("");
});

test("caps are told with their unit, and what it means when there is none", () => {
  const none = { job: null, day: null, month: null, workspace: null };
  expect(capsWords({ ...none, job: 50, month: 1200 })).toBe("At most 50 credits a job, 1,200 a month.");
  expect(capsWords({ ...none, workspace: 1 })).toBe("At most 1 credit in all.");
  expect(capsWords(none)).toBe("None: what may be paid for is up to each button.");
});

test("what is left is told as far as anybody knows", () => {
  expect(roomWords({ caps_leave: 57, credits_left: 1204 })).toBe(
    "The caps leave 57 credits · the account has about 1,204 credits left, by Apollo's last count less what was paid since",
  );
  expect(roomWords({ caps_leave: 1, credits_left: null })).toBe("The caps leave 1 credit");
  expect(roomWords({ caps_leave: null, credits_left: 1204 })).toBe(
    "The account has about 1,204 credits left, by Apollo's last count less what was paid since",
  );
  expect(roomWords({ caps_leave: null, credits_left: null })).toBe("");
});

test("the comparison stands under the time that it is of", () => {
  const at = (hour: number) => new Date(2026, 10, 28, hour, 5).toISOString();
  const now = new Date(2026, 10, 28, 18).getTime();
  const latest = { consumed: 12, left: null, told_at: at(14) };
  const counted = { latest, counted: 12, charged: 12, unknown: 0, charged_after: 0, unknown_after: 0 };
  const agree = { ...counted, sentence: "They agree." };
  expect(againstWords({ ...agree, since: at(9) }, now, "en-GB")).toBe("From 09:05 to 14:05: They agree.");
  expect(againstWords({ ...agree, since: at(14) }, now, "en-GB")).toBe("At 14:05: They agree.");
});

test("what a call without an answer found is unknown, not nothing", () => {
  expect([foundWords(null), foundWords(0), foundWords(1200)]).toEqual(["unknown", "0", "1,200"]);
});
