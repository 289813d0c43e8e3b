import { expect, test } from "vitest";
import { whole, wrongNumber } from "./wholeNumber";

test("a number that may be left out is told what is wrong with it", () => {
  for (const fine of ["", " ", "1", " 42 ", "999999999"]) expect(wrongNumber(fine)).toBe("");
  for (const none of ["0", "-1", "1.5", "ten", "1e3"]) expect(wrongNumber(none)).toBe("A whole number, 1 or more.");
  expect(wrongNumber("99999999999")).toBe("No more than 999,999,999.");
});

test("what is no number counts as 0", () => {
  expect([" 42 ", "", "ten", "99999999999"].map(whole)).toEqual([42, 0, 0, 0]);
});
