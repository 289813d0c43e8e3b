import { expect, test } from "vitest";
import { suggestedName } from "./exportWords";

test("a suggested file name is one that every system takes", () => {
  const day = new Date(2026, 10, 3);
  expect(suggestedName("Sales: leaders / DACH?", day)).toBe("Sales leaders DACH 2026-11-03.csv");
  expect(suggestedName("..", day)).toBe("People 2026-11-03.csv");
  expect(suggestedName("a\u202egpj\u0000", day)).toBe("a gpj 2026-11-03.csv");
  expect(suggestedName("🚀".repeat(200), day)).toBe(`${"🚀".repeat(80)} 2026-11-03.csv`);
});
