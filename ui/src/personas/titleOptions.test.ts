import { expect, test } from "vitest";
import { industryOffers, locationOffers, otherSpellings, titleOffers } from "./titleOptions";

const abbreviations = [
  { short: "CMO", long: ["Chief Marketing Officer"] },
  { short: "CTO", long: ["Chief Technology Officer"] },
  { short: "VP", long: ["Vice President"] },
  { short: "CRO", long: ["Chief Revenue Officer", "Chief Risk Officer"] },
  { short: "FP&A", long: ["Financial Planning and Analysis"] },
];
const vocabulary = { titles: ["Head of Sales", "Sales Director", "CMO"], abbreviations };
const labels = (typed: string, have: string[] = []) => titleOffers(typed, vocabulary, have).map((one) => one.label);

test("a safe abbreviation offers both spellings first, then itself alone", () => {
  const offers = titleOffers("CMO", vocabulary, []);
  expect(offers[0]?.adds).toEqual(["CMO", "Chief Marketing Officer"]);
  expect(offers[1]?.adds).toEqual(["CMO"]);
});

test("the words offer their abbreviation too", () => {
  expect(titleOffers("chief marketing officer", vocabulary, [])[0]?.adds).toEqual(["chief marketing officer", "CMO"]);
});

test("an abbreviation with several meanings is asked: plain first, each meaning by itself", () => {
  expect(labels("CRO")).toEqual(["CRO", "CRO + Chief Revenue Officer", "CRO + Chief Risk Officer"]);
});

test("only whole words count: the cto in Director is none", () => {
  expect(otherSpellings("Director", abbreviations).titles).toEqual([]);
  expect(otherSpellings("VP Sales", abbreviations).titles).toEqual(["Vice President Sales"]);
  expect(otherSpellings("Head of FP&A", abbreviations).titles).toEqual(["Head of Financial Planning and Analysis"]);
});

test("what is there already is not offered again", () => {
  expect(labels("CMO", ["cmo", "Chief Marketing Officer"])).toEqual([]);
  expect(labels("sales", ["Sales Director"])).toEqual(["sales", "Head of Sales"]);
});

test("known titles that begin with what was typed come before those that hold it", () => {
  expect(labels("sales").slice(1)).toEqual(["Sales Director", "Head of Sales"]);
});

test("a place is free text, but a known one that begins like it comes first", () => {
  expect(locationOffers("ger", ["Germany", "Niger"], []).map((one) => one.label)).toEqual(["Germany", "Niger", "ger"]);
  expect(locationOffers("Atlantis", ["Germany"], [])[0]).toMatchObject({ adds: ["Atlantis"], note: "as typed" });
  expect(locationOffers("germany", ["Germany"], []).map((one) => one.label)).toEqual(["Germany"]);
});

test("industries are never cut, and what cannot be searched stands last with the reason", () => {
  const many = Array.from({ length: 147 }, (_, n) => ({ name: `industry ${n}`, searchable: n !== 0 }));
  const offers = industryOffers("", many, []);
  expect(offers).toHaveLength(147);
  expect(offers.at(-1)).toMatchObject({ label: "industry 0", disabled: "Apollo's id not known" });
});
