// Every sentence of the core's errors, read from where they are written, through the words of the window.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Reason, Status } from "../backend/types";
import { pausedUntil } from "./pause";
import { reasonSentence, reasonWords, waitingWords, wayOn } from "./reasonWords";

const now = Date.parse("2026-11-23T12:00:00Z");
const soon = "2026-11-23T12:04:30Z";
const gone = "2026-11-23T11:59:00Z";

const source = readFileSync(new URL("../../../src-tauri/core/src/error.rs", import.meta.url), "utf8");
const told = [...source.matchAll(/#\[error\(\s*"([^"]*)"[^\]]*?\)\]\s*(\w+)/g)].map(([, text = "", variant = ""]) => ({
  code: variant.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase(),
  // What stands in braces is filled in by the core; a moment is a clock time of its own.
  message:
    /clock_time|reset_at/.test(text) || text.includes(" at {}")
      ? text.replace("{}", "12:05 (UTC)")
      : text.replace(/\{\w*\}/g, "that"),
}));
const timed = new Set(["rate_limited", "apollo_rate_limited", "breaker_open", "ledger_lost"]);

function reason(code: string, message: string, reset_at: string | null = null): Reason {
  return { code, message, reset_at };
}

test("the core's sentences were found", () => {
  const codes = told.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(["rate_limited", "timed_out", "offline", "key_missing", "storage"]));
  expect(codes.length).toBeGreaterThan(20);
});

describe.each(told)("$code", ({ code, message }) => {
  const { title, text } = reasonWords(reason(code, message, timed.has(code) ? soon : null), now);

  test("says no sentence and no advice twice", () => {
    const sentences = text.split(/(?<=[.!?]) /);
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(text.match(/try again/gi)?.length ?? 0).toBeLessThan(2);
    expect(text.match(/\bfree (search|endpoint)\b/g)?.length ?? 0).toBeLessThan(2);
  });

  test("says at most one clock time, and that is not UTC", () => {
    expect(text.match(/\d\d:\d\d/g)?.length ?? 0).toBe(timed.has(code) ? 1 : 0);
    expect(text).not.toContain("UTC");
  });

  test("has a title and no stray room", () => {
    expect(title).not.toBe("");
    expect(text).toBe(text.trim());
    expect(text).not.toContain("  ");
  });
});

test("a pause is told with the minute from which it is worth trying, and as over once it is", () => {
  const words = (code: string, at: string) => reasonSentence(reason(code, "Until 12:03 (UTC).", at), now);
  expect(words("rate_limited", soon)).toMatch(/^All calls of this hour are used\. The next one frees at \d\d:05\.$/);
  expect(words("apollo_rate_limited", soon)).toMatch(/^Apollo takes no more calls for now\. Calls go on at \d\d:05\.$/);
  expect(words("breaker_open", soon)).toMatch(/The next try is at \d\d:05\.$/);
  expect(words("ledger_lost", soon)).toMatch(
    /^The record of this hour's calls was lost, so nobody knows how many were made\. Calls go on at \d\d:05\.$/,
  );
  expect(words("rate_limited", gone)).toBe("All calls of this hour are used. One is free again.");
});

test("a reason that is new to this window says its own sentence, and the time only if that does not", () => {
  expect(reasonWords(reason("eclipse", "The sun is gone."), now).title).toBe("The search did not work");
  expect(reasonSentence(reason("eclipse", "The sun is gone.", soon), now)).toMatch(/gone\. Try again after \d\d:05\.$/);
  expect(reasonSentence(reason("eclipse", "Gone until 12:05 (UTC).", soon), now)).toBe("Gone until 12:05 (UTC).");
});

test("nothing is promised about kept rows when the data itself is out of reach", () => {
  expect(reasonWords(reason("newer_file", "The file is newer."), now).text).toBe("The file is newer.");
  expect(reasonWords(reason("unreachable", "It is away."), now).text).toContain("Rows fetched before are still there");
});

test("one search refused is no key refused: the way on is the other search, unless that is the one", () => {
  expect(wayOn(reason("forbidden", ""), false)).toBe("free-search");
  expect(wayOn(reason("forbidden", ""), true)).toBe("key");
  expect(wayOn(reason("key_rejected", ""), false)).toBe("key");
  expect(wayOn(reason("key_missing", ""), false)).toBe("add-key");
  expect(wayOn(reason("offline", ""), false)).toBeNull();
});

test("an export that waits says why in half a sentence", () => {
  expect(waitingWords(reason("rate_limited", ""), now)).toBe(
    "this hour's calls are used, but for those kept for your clicks",
  );
});

describe("asking is off", () => {
  const status = (change: { remaining?: number; paused_until?: string; open?: boolean; lost_until?: string }) =>
    ({
      limiter: { remaining: 5, paused_until: null, lost_until: null, ...change },
      breaker: { state: change.open ? "open" : "closed" },
    }) as unknown as Status;

  test("until the moment that the refusal named", () => {
    expect(pausedUntil(reason("rate_limited", "", soon), status({ remaining: 0 }), now)).toBe(soon);
    expect(pausedUntil(reason("rate_limited", "", soon), null, now)).toBe(soon);
    expect(pausedUntil(reason("rate_limited", "", gone), status({ remaining: 0 }), now)).toBeNull();
    expect(pausedUntil(reason("apollo_rate_limited", "", soon), status({ paused_until: soon }), now)).toBe(soon);
    expect(pausedUntil(reason("breaker_open", "", soon), status({ open: true }), now)).toBe(soon);
    expect(pausedUntil(null, status({ lost_until: soon }), now)).toBe(soon);
    expect(pausedUntil(null, status({ lost_until: gone }), now)).toBeNull();
  });

  test("no longer, once more calls were allowed, the breaker closed or the lost record was forgiven", () => {
    for (const code of ["rate_limited", "apollo_rate_limited", "breaker_open", "ledger_lost"])
      expect(pausedUntil(reason(code, "", soon), status({}), now)).toBeNull();
  });

  test("never, after a failure that may be gone at once", () => {
    expect(pausedUntil(reason("timed_out", ""), status({}), now)).toBeNull();
    expect(pausedUntil(null, status({ remaining: 0 }), now)).toBeNull();
  });
});
