import { expect, test } from "vitest";
import { addressOf, filtersOf, pageOf, readAddress, writeAddress } from "./address";

const filters = {
  titles: ["VP, Sales & Marketing", "R&D = fun?", "Geschäftsführer #1"],
  seniorities: ["vp", "head"],
  industries: ["information technology & services"],
  locations: ["Köln, Germany", "תל אביב"],
  company_sizes: ["51,100", "10001"],
  keywords: "saas + “cloud”; 100%",
};

const read = (text: string) => readAddress(new URLSearchParams(text));

test("filters survive the address, whatever characters they hold", () => {
  expect(filtersOf(read(writeAddress(addressOf(filters))))).toEqual(filters);
});

test("page, rows, sort, person and pane survive the address", () => {
  const address = read(
    writeAddress({ w: "a", page: 7, rows: 100, sort: ["-title", "name"], person: "p1", pane: "edit" }),
  );
  expect(address).toMatchObject({ w: "a", page: 7, rows: 100, sort: ["-title", "name"], person: "p1", pane: "edit" });
});

test("an empty address asks nothing, of page 1, 50 people a page", () => {
  const address = read("");
  expect(filtersOf(address).titles).toEqual([]);
  expect([pageOf(address), address.rows, address.sort]).toEqual([1, 50, []]);
});

test("nonsense in the address becomes something that can be asked", () => {
  expect(pageOf(read("page=0"))).toBe(1);
  expect(pageOf(read("page=-3"))).toBe(1);
  expect(pageOf(read("page=9999"))).toBe(500);
  expect(read("rows=37").rows).toBe(50);
  expect(read("sort=shoe,-name").sort).toEqual(["-name"]);
});
