import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { drawWith } from "./atHand";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise(() => undefined);

test("what was asked for is drawn once it has come, and also when it failed", async () => {
  const draw = vi.fn();
  await drawWith("a", Promise.resolve(), draw);
  await drawWith("a", Promise.reject(new Error("no")), draw);
  expect(draw).toHaveBeenCalledTimes(2);
});

test("what does not come is drawn as waited for, after a glance", async () => {
  const draw = vi.fn();
  const drawn = drawWith("a", never, draw);
  await vi.advanceTimersByTimeAsync(50);
  expect(draw).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(50);
  await drawn;
  expect(draw).toHaveBeenCalledOnce();
});

test("a later one takes the place of one that still waits, but only of its kind", async () => {
  const drawn: string[] = [];
  const all = ["b", "be"].map((text) => drawWith("find", never, () => drawn.push(text)));
  all.push(drawWith("question", never, () => drawn.push("question")));
  await vi.runAllTimersAsync();
  await Promise.all(all);
  expect(drawn).toEqual(["be", "question"]);
});
