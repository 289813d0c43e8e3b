import { expect, test } from "vitest";
import type { Persona } from "../backend/types";
import { type AddressChange, addressOf, readAddress, writeAddress } from "./address";
import { tabWords } from "./tabWords";

const filters = {
  titles: ["CFO"],
  seniorities: [],
  industries: [],
  locations: ["Norway"],
  company_sizes: [],
  keywords: "",
};
const saved = [{ id: "p1", name: "Finance chiefs", filters, updated_at: "" }] as unknown as Persona[];
const address = (parts: AddressChange) => readAddress(new URLSearchParams(writeAddress({ w: "a", ...parts })));

test("a tab is called by what is nearest: the person, the words, everyone, or the persona", () => {
  const own = { persona: "p1", ...addressOf(filters) };
  const title = (parts: AddressChange, person: string | null = null) =>
    tabWords(address({ ...own, ...parts }), saved, person).title;
  expect(title({})).toBe("Finance chiefs");
  expect(title({ show: "everyone" })).toBe("Everyone");
  expect(title({ show: "everyone", find: " keil " })).toBe("“keil”");
  expect(title({ show: "everyone", find: "keil" }, "Ana Keil")).toBe("Ana Keil");
  expect(title({ at: "ledger" }, "Ana Keil")).toBe("Ledger of credits");
  expect(tabWords(address({ starter: "CFO Nord" }), saved, null).title).toBe("CFO Nord");
  expect(tabWords(address({}), saved, null).title).toBe("New persona");
});

test("in full it says the question, and whether that was changed", () => {
  const parts = { persona: "p1", ...addressOf({ ...filters, titles: ["CEO"] }), find: "keil" };
  expect(tabWords(address(parts), saved, "Ana Keil").about).toBe(
    "Ana Keil · “keil”\nFinance chiefs · changed\nCEO · Norway",
  );
});
