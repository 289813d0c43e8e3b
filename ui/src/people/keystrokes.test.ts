import { afterEach, describe, expect, it, vi } from "vitest";
import { askTyped, typed } from "./keystrokes";

const superseded = { code: "superseded", message: "A later key came." };

afterEach(() => vi.useRealTimers());

describe("keys of the search field", () => {
  const number = (text: string) => askTyped(text, (keystroke) => Promise.resolve(keystroke ?? 0));

  it("count up, also when the clock is set back", async () => {
    vi.useFakeTimers({ now: 2_000_000 });
    typed("k");
    const first = await number("k");
    vi.setSystemTime(1_000);
    typed("ke");
    expect(await number("ke")).toBeGreaterThan(first);
  });

  it("are one key as long as the text stays", async () => {
    typed("keil");
    const first = await number("keil");
    typed("keil");
    expect(await number("keil")).toBe(first);
  });

  it("ask again for a text that was left and came back while it was asked for", async () => {
    typed("a");
    const asked: (number | null)[] = [];
    const answer = askTyped("a", (keystroke) => {
      asked.push(keystroke);
      if (asked.length > 1) return Promise.resolve("rows");
      typed("ab");
      typed("a");
      return Promise.reject(superseded);
    });
    expect(await answer).toBe("rows");
    expect(asked[1]).toBeGreaterThan(asked[0] ?? 0);
  });

  it("leave it at that when the text is another one, or the failure is", async () => {
    typed("a");
    const left = askTyped("a", () => {
      typed("ab");
      return Promise.reject(superseded);
    });
    await expect(left).rejects.toBe(superseded);
    const broken = { code: "storage", message: "The disk." };
    await expect(askTyped("ab", () => Promise.reject(broken))).rejects.toBe(broken);
  });
});
