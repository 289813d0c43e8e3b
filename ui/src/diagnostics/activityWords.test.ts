import { expect, test } from "vitest";
import type { ActivitySlot } from "../backend/types";
import { daySentence, hourMarks, scaleTop, slotWords } from "./activityWords";

const begin = Date.parse("2026-11-22T12:30:00Z");
const day = (fill: Partial<ActivitySlot> = {}): ActivitySlot[] =>
  Array.from({ length: 48 }, (_, at) => ({
    begins_at: new Date(begin + at * 1_800_000).toISOString(),
    live: 0,
    cached: 0,
    refused: 0,
    failed: 0,
    ...(at === 3 ? fill : {}),
  }));

test("a day in a sentence names every outcome with its number", () => {
  expect(daySentence(day({ live: 3, failed: 1 }))).toBe(
    "In the last 24 hours: 3 answered, 0 from the cache, 0 not sent, 1 failed.",
  );
});

test("a half hour names only what there was", () => {
  const [slot] = day();
  if (!slot) throw new Error("no slot");
  expect(slotWords(slot)).toBe("0 calls");
  expect(slotWords({ ...slot, live: 2, cached: 5 })).toBe("2 answered, 5 from the cache");
});

test("the scale ends on a round number that holds the fullest half hour, all outcomes together", () => {
  expect(scaleTop(day())).toBe(1);
  expect(scaleTop(day({ live: 4, cached: 3 }))).toBe(10);
  expect(scaleTop(day({ live: 20 }))).toBe(20);
  expect(scaleTop(day({ live: 101 }))).toBe(200);
});

test("the marked hours are full ones, three apart, and stay clear of the edges", () => {
  const marks = hourMarks(day());
  expect(marks.length).toBeGreaterThanOrEqual(7);
  for (const { words } of marks) expect(words).toMatch(/^\d\d:00$/);
  for (const { at } of marks) expect(at > 0 && at < 1).toBe(true);
  expect(hourMarks([])).toEqual([]);
});
