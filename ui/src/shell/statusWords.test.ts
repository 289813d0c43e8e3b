import { expect, test } from "vitest";
import { callsWords, serviceWords } from "./statusWords";

const now = Date.parse("2026-11-23T12:00:00Z");
const soon = "2026-11-23T12:04:30Z";
const closed = { state: "closed" as const, reason: null, retry_at: null, offline_since: null };
const service = { breaker: closed, gate: null, sample: false, keyless: false, answered: true, reason: null };
const failed = (code: string) => ({ ...service, reason: { code, message: "", reset_at: null } });

test("the service is well only when nothing is known against it", () => {
  expect(serviceWords(service, now)).toEqual({ text: "Apollo ok", tone: "good" });
  expect(serviceWords(failed("key_rejected"), now).tone).toBe("good");
  expect(serviceWords({ ...service, keyless: true }, now)).toEqual({ text: "No Apollo key yet", tone: "caution" });
});

test("before a key was asked nothing is said of how Apollo takes it", () => {
  const fresh = { ...service, answered: false };
  expect(serviceWords(fresh, now)).toEqual({ text: "Apollo not asked yet", tone: "unknown" });
  expect(serviceWords({ ...fresh, keyless: true }, now).text).toBe("No Apollo key yet");
  expect(serviceWords({ ...fresh, reason: failed("timed_out").reason }, now).text).toBe("Apollo did not answer");
  expect(serviceWords({ ...fresh, sample: true }, now)).toEqual({ text: "Sample data (stand-in)", tone: "good" });
});

test("a key that Apollo refuses is told, also after a restart", () => {
  const gate = { code: "key_rejected", message: "", reset_at: null };
  expect(serviceWords({ ...service, gate }, now)).toEqual({ text: "Apollo refuses the key", tone: "caution" });
});

test.each(["unreachable", "barred", "connection_lost", "timed_out", "unavailable"])(
  "after %s it is not called well",
  (code) => {
    expect(serviceWords(failed(code), now)).toEqual({ text: "Apollo did not answer", tone: "caution" });
  },
);

test("no network is told with its time, before anything else", () => {
  const breaker = { ...closed, offline_since: "2026-11-23T09:12:50Z" };
  const words = serviceWords({ ...service, breaker, keyless: true }, now);
  expect(words.text).toMatch(/^No network since \d\d:12$/);
  expect(words.tone).toBe("caution");
  expect(serviceWords(failed("offline"), now).text).toBe("No network");
});

test("an open breaker says when it is tried next", () => {
  const breaker = { ...closed, state: "open" as const, retry_at: soon };
  expect(serviceWords({ ...service, breaker }, now).text).toMatch(/^Apollo paused, next try \d\d:05$/);
});

test("calls on hold are not counted as left", () => {
  const limiter = { limit: 100, used: 0, remaining: 100, reset_at: soon, next_frees_at: null, paused_until: null };
  expect(callsWords({ ...limiter, lost_until: soon, apollo: [] }, now)).toMatch(/^calls on hold until \d\d:05$/);
  expect(callsWords({ ...limiter, lost_until: null, apollo: [] }, now)).toBe("100 of 100 calls left this hour");
});

test("that Apollo's own limit is reached is said first, and then what is left", () => {
  const limiter = { limit: 100, used: 1, remaining: 99, reset_at: soon, next_frees_at: soon, lost_until: null };
  expect(callsWords({ ...limiter, paused_until: soon, apollo: [] }, now)).toMatch(
    /^Apollo's own limit is reached until \d\d:05 · 99 of 100 calls left this hour$/,
  );
});
