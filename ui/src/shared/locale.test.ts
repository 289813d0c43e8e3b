import { expect, test } from "vitest";
import { localeFrom } from "./locale";

test("numbers are written as in the desktop's language, and in English where it has none", () => {
  expect(localeFrom("de-DE")).toBe("de-DE");
  for (const none of ["C", "", "en_US.UTF-8", "xx"]) expect(localeFrom(none)).toBe("en");
});
