import { expect, test } from "vitest";
import { choicesOf, valueWords, withChoice } from "./facetWords";

test("chosen values survive the address, also those of whom nothing is known", () => {
  const texts = withChoice(
    withChoice(withChoice([], "country", "Côte d'Ivoire"), "seniority", null),
    "seniority",
    "vp",
  );
  expect(choicesOf(texts)).toEqual([
    { facet: "seniority", values: [null, "vp"] },
    { facet: "country", values: ["Côte d'Ivoire"] },
  ]);
  expect(choicesOf(withChoice(texts, "seniority", null))[0]).toEqual({ facet: "seniority", values: ["vp"] });
  expect(choicesOf(["shoe:42", "seniority"])).toEqual([]);
});

test("values are said in words", () => {
  expect(valueWords("seniority", "c_suite", false)).toBe("C-suite");
  expect(valueWords("function", "arts_and_design", false)).toBe("Arts and design");
  expect(valueWords("headcount", "51,100", false)).toBe("51–100");
  expect(valueWords("industry", "computer software", false)).toBe("Computer software");
  expect(valueWords("email_status", null, false)).toBe("Not known");
  expect(valueWords("email_status", "extrapolated", false)).toBe("Guessed");
  expect(valueWords("source", "search", false)).toBe("Apollo's full search");
  expect(valueWords("source", "search", true)).toBe("Made up, full search");
  expect(valueWords("age", "week", false)).toBe("In the last week");
});
