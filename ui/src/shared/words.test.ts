import { expect, test } from "vitest";
import { texts } from "../texts/texts";
import { bytes, folded, priceWords, seniorityWords, sizeWords } from "./words";

test.each([
  ["1,10", "1–10"],
  ["1001,2000", "1,001–2,000"],
  ["10001", "10,001+"],
  ["10001+", "10,001+"],
  ["75", "75+"],
  ["many", "many"],
  ["1,2,3", "1,2,3"],
])("the company size %s reads %s", (value, words) => expect(sizeWords(value)).toBe(words));

test("a price never mixes calls and credits, and is silent about credits that cannot be spent", () => {
  expect(priceWords({ calls: 1, credits_at_most: 0 })).toBe("1 call");
  expect(priceWords({ calls: 1, credits_at_most: 1 })).toBe("1 call · ≤ 1 credit");
  expect(priceWords({ calls: 43, credits_at_most: 43 })).toBe("43 calls · ≤ 43 credits");
});

test("numbers carry their unit", () => {
  expect(texts.counted.calls(1)).toBe("1 call");
  expect(texts.counted.people(4212)).toBe("4,212 people");
  expect(bytes(41_000)).toBe("41 kB");
  expect(bytes(41_250_000)).toBe("41.3 MB");
});

test("a seniority that is not known is shown as it came", () => {
  expect(seniorityWords("c_suite")).toBe("C-suite");
  expect(seniorityWords("grand_vizier")).toBe("grand_vizier");
});

test("what is typed is found whatever its case and accents", () => {
  expect(folded("Dark theme")).toContain(folded(" dark"));
  expect(folded("Équipe commerciale")).toContain(folded("EQUIPE"));
});
