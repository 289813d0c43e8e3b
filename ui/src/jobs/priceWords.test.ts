import { expect, test } from "vitest";
import { estimateWords, shortOfCalls } from "./priceWords";

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
  expect(estimateWords({ calls_at_most: 0, payable: 0 })).toBe("no call");
  expect(estimateWords({ calls_at_most: 43, payable: 43 })).toBe("≤ 43 calls · ≤ 43 credits");
  expect(estimateWords({ calls_at_most: 43, payable: 0.5 })).toBe("≤ 43 calls · ≤ 0.5 credits");
});

test("an export that the hour does not hold is said to wait, one call in ten being left for what is clicked", () => {
  expect(shortOfCalls("the export", 2, limiter, now)).toBe("");
  expect(shortOfCalls("the export", 3, limiter, now)).toMatch(
    /^This may need 3 calls; 12 of 100 are left this hour\. The next one frees at \d\d:\d\d\. When they are used the export waits and goes on by itself; one call in ten of the hour is left for what you click yourself\.$/,
  );
});
