import { expect, test } from "vitest";
import { en } from "./en/en";
import { marked } from "./marked";
import { textOf, textsFor } from "./texts";

test("a language that nobody has written yet has the English texts", () => {
  expect(textsFor("en-GB")).toBe(en);
  expect(textsFor("tlh")).toBe(en);
  expect(textsFor("constructor")).toBe(en);
});

test("a code that is not known has the other text, whatever it is called", () => {
  const table = { crash: "Foray was ended" };
  expect(textOf(table, "crash", "lost")).toBe("Foray was ended");
  expect(textOf(table, "constructor", "lost")).toBe("lost");
  expect(textOf(table, null, "lost")).toBe("lost");
});

test("a marked text has one mark at each end, and none within it", () => {
  const texts = marked({ price: "5 calls", button: (price: string) => `Enrich · ${price}`, none: "" });
  expect(texts.price).toBe("\u200b5 calls\u200b");
  expect(texts.button(texts.price)).toBe("\u200bEnrich · 5 calls\u200b");
  expect(texts.none).toBe("");
});
