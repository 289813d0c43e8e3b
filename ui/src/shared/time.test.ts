import { describe, expect, test } from "vitest";
import { age, ago, clock, clockSince, isAhead } from "./time";

const now = Date.parse("2026-11-23T12:00:00Z");
const gone = (ms: number) => new Date(now - ms).toISOString();
const minute = 60_000;
const hour = 60 * minute;

describe("ages", () => {
  test.each([
    [0, "just now"],
    [59_999, "just now"],
    [minute, "1 min"],
    [59 * minute, "59 min"],
    [hour, "1 h"],
    [47 * hour + 59 * minute, "47 h"],
    [48 * hour, "2 days"],
    [30 * 24 * hour, "30 days"],
  ])("%d ms ago is %s", (ms, words) => expect(age(gone(ms), now)).toBe(words));

  test("a moment ahead of us, or none at all, is just now", () => {
    expect(age(gone(-5 * hour), now)).toBe("just now");
    expect(age("nonsense", now)).toBe("just now");
  });

  test("only real ages are ago", () => {
    expect(ago(gone(3 * hour), now)).toBe("3 h ago");
    expect(ago(gone(0), now)).toBe("just now");
  });
});

describe("clock times", () => {
  test("today is the hour alone, another day says which", () => {
    expect(clock(new Date(now).toISOString(), now, "en-GB")).toMatch(/^\d\d:\d\d$/);
    expect(clock(gone(-24 * hour), now, "en-GB")).toMatch(/^Tue,? 24 Nov, \d\d:\d\d$/);
  });

  test("what is to come is rounded up to the minute, what is gone is not", () => {
    expect(clock(gone(-4.2 * minute), now, "en-GB")).toMatch(/:05$/);
    expect(clock(gone(-5 * minute), now, "en-GB")).toMatch(/:05$/);
    expect(clockSince(gone(4.2 * minute), now, "en-GB")).toMatch(/:55$/);
  });

  test("only a moment to come is ahead", () => {
    expect([gone(-1), gone(0), gone(1), null, undefined, "soon"].map((at) => isAhead(at, now))).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  test("nonsense is unknown", () => expect(clock("soon", now)).toBe("unknown"));
});
