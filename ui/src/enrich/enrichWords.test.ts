import { expect, test } from "vitest";
import type { EnrichEstimate, Undecided } from "../backend/types";
import { texts } from "../texts/texts";
import { bookedWords, buttonWords, paidAgainWords, selectedWords, undecidedWords } from "./enrichWords";

const estimate: EnrichEstimate = {
  what: "people",
  of_people: null,
  people_without_domain: 0,
  selected: 100,
  known: 62,
  not_found_before: 0,
  under_way: 0,
  undecided: 0,
  nothing_to_ask_by: 0,
  repeated: 0,
  over_limit: 0,
  left_out: [],
  to_enrich: 38,
  calls: 4,
  free_calls: 1,
  credits_at_most: 38,
  mobiles_at_most: 0,
  paid_again: 0,
  caps_leave: null,
  payable: 38,
  credits_left: 1204,
  short: null,
  held: false,
  lost: null,
  people: "",
  sentence: "",
};

test("the button carries the price, calls and credits apart", () => {
  expect(buttonWords(estimate)).toBe("Enrich 38 · 5 calls · ≤ 38 credits");
  const one = {
    ...estimate,
    to_enrich: 1,
    calls: 1,
    free_calls: 0,
    credits_at_most: 9,
    mobiles_at_most: 8,
    payable: 9,
  };
  expect(buttonWords(one)).toBe("Enrich 1 · 1 call + looks for mobiles · ≤ 9 credits");
  expect(buttonWords({ ...estimate, payable: 20 })).toBe("Enrich up to 38 · 5 calls · ≤ 20 credits");
  expect(texts.counted.credits(34.01)).toBe("34.01 credits");
  expect(texts.counted.credits(1)).toBe("1 credit");
});

test("an address that is charged again with its mobile is told, and so is what may have been charged besides", () => {
  expect(paidAgainWords({ paid_again: 0 })).toBe("");
  expect(paidAgainWords({ paid_again: 1 })).toMatch(/^1 of them has an address already: .* charges it again\.$/);
  expect(paidAgainWords({ paid_again: 1_200 })).toMatch(/^1,200 of them have an address already: /);
  expect(bookedWords({ charged: 18.02, unknown: 0 })).toBe("18.02 credits");
  expect(bookedWords({ charged: 1, unknown: 10 })).toBe("1 credit and up to 10 more that may have been charged");
});

test("companies are counted with the people they were taken from, and with those who have none yet", () => {
  const companies: EnrichEstimate = {
    ...estimate,
    what: "companies",
    of_people: 40,
    selected: 12,
    to_enrich: 7,
    calls: 7,
  };
  expect(buttonWords({ ...companies, free_calls: 0, credits_at_most: 7, payable: 7 })).toBe(
    "Enrich 7 companies · 7 calls · ≤ 7 credits",
  );
  expect(selectedWords(companies).map(({ count, what }) => `${count} ${what}`)).toEqual(["40 people", "12 companies"]);
  expect(selectedWords({ ...companies, people_without_domain: 3 })[1]).toEqual({
    count: 3,
    what: "of them have no company domain yet: enriching people tells it",
  });
  expect(selectedWords({ ...companies, of_people: null })).toHaveLength(1);
  expect(selectedWords(estimate)).toEqual([{ count: 100, what: "selected" }]);
});

test("a request that got no answer says when, whom, why and what it may have cost", () => {
  const one: Undecided = {
    number: 3,
    job: "j",
    title: "Sales leaders",
    page: false,
    people: 10,
    company: null,
    mobiles: false,
    at_most: 10,
    again_at_most: 10,
    charged: null,
    accepted: false,
    asked_at: "2026-11-28T12:00:00Z",
    why: "crash",
  };
  const now = Date.parse("2026-11-28T12:04:00Z");
  expect(undecidedWords(one, now)).toMatch(
    /^\d\d:00 · 10 people of “Sales leaders” · Foray was ended in the middle · may have been charged up to 10 credits$/,
  );
  expect(undecidedWords({ ...one, page: true, people: 0, title: "CFO · page 2", at_most: 1 }, now)).toMatch(
    / · a search for “CFO · page 2” · .* up to 1 credit$/,
  );
  expect(undecidedWords({ ...one, people: 1, company: "acme.example" }, now)).toMatch(/^\d\d:00 · acme.example of “/);
  expect(undecidedWords({ ...one, people: 0, again_at_most: null, why: null }, now)).toMatch(
    / · “Sales leaders” · everybody it asked for was answered, so nobody is asked for again · .*, at most 10 credits$/,
  );
  expect(undecidedWords({ ...one, charged: 7, why: null }, now)).toMatch(/ · 7 credits charged, without an answer$/);
});
