import { expect, test } from "vitest";
import { madeUpPeople, stubOf } from "../backend/fake/people";
import { columnOrder, usualOrder } from "./columns";
import { emailWords, fullName, missing, nameParts, phoneWords, place, shortPlace } from "./facts";
import { stepTo } from "./gridKeys";

const [made] = madeUpPeople(1, 1);
if (!made) throw new Error("nobody was made");
const person = { ...made.person, first_name: "Ana", last_name: "Huonen", name: "Ana Huonen" };

test("a stub shows its shortened last name apart, and says what it was not told", () => {
  const stub = stubOf(person);
  expect(nameParts(stub)).toEqual({ known: "Ana", shortened: "Hu***n" });
  expect(fullName(stub)).toBe("Ana Hu***n");
  expect(place(stub)).toBeNull();
  expect(missing("mixed_people/api_search")).toBe("not told");
  expect(missing("mixed_people/search")).toBe("unknown");
});

test("a person without any name is not an empty row", () => {
  expect(fullName({ ...person, name: "", first_name: null, last_name: null })).toBe("Name unknown");
});

test("a verified address that is locked is never shown as one", () => {
  expect(emailWords({ ...person, email: null, email_status: "verified" }).text).toBe("verified, locked");
  expect(emailWords({ ...person, email: "a@b.example", email_status: "verified" }).text).toBe("verified");
  expect(emailWords({ ...person, email: null, email_status: null, has_email: true }).text).toBe("available");
  expect(emailWords({ ...person, email: null, email_status: null, has_email: null }).text).toBe("unknown");
});

test("a likelihood of a direct phone is a likelihood, not a number", () => {
  expect(phoneWords({ ...person, has_direct_phone: "maybe" })).toBe("direct: maybe");
  expect(phoneWords({ ...person, has_direct_phone: null })).toBe("unknown");
});

test("a city that is its own state is said once, and the table leaves the state out", () => {
  const berlin = { ...person, city: "Berlin", state: "Berlin", country: "Germany" };
  expect(place(berlin)).toBe("Berlin, Germany");
  expect(shortPlace({ ...person, city: "Köln", state: "NRW", country: "Germany" })).toBe("Köln, Germany");
  expect(shortPlace({ ...person, city: null, state: "California", country: "United States" })).toBe(
    "California, United States",
  );
});

const size = { rows: 50, columns: 8, jump: 15 };
const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false, altKey: false, shiftKey: false });

test.each([
  ["ArrowUp", false, { row: 0, column: 3 }, { row: -1, column: 3 }],
  ["ArrowUp", false, { row: -1, column: 3 }, { row: -1, column: 3 }],
  ["ArrowDown", false, { row: 49, column: 3 }, { row: 49, column: 3 }],
  ["ArrowLeft", false, { row: 2, column: 0 }, { row: 2, column: 0 }],
  ["ArrowRight", false, { row: 2, column: 7 }, { row: 2, column: 7 }],
  ["Home", false, { row: 2, column: 5 }, { row: 2, column: 0 }],
  ["End", false, { row: 2, column: 5 }, { row: 2, column: 7 }],
  ["Home", true, { row: 20, column: 5 }, { row: 0, column: 0 }],
  ["End", true, { row: 2, column: 5 }, { row: 49, column: 7 }],
  ["PageDown", false, { row: 2, column: 5 }, { row: 17, column: 5 }],
  ["PageDown", false, { row: 45, column: 5 }, { row: 49, column: 5 }],
  ["PageUp", false, { row: 10, column: 5 }, { row: 0, column: 5 }],
])("%s (control %s) leads from %o to %o", (name, control, from, to) => {
  expect(stepTo(from, key(name, control), size)).toEqual(to);
});

test("other keys are not the table's", () => {
  expect(stepTo({ row: 0, column: 0 }, key("a"), size)).toBeNull();
  expect(stepTo({ row: 0, column: 0 }, { ...key("ArrowDown"), shiftKey: true }, size)).toBeNull();
});

test("a column that tells nothing in any row makes way for the others, and only then", () => {
  const placeless = { ...person, city: null, state: null, country: null };
  expect(columnOrder([])).toEqual(usualOrder);
  expect(columnOrder([person, placeless])).toEqual(usualOrder);
  expect(columnOrder([placeless, placeless]).at(-1)).toBe("place");
  expect(columnOrder([stubOf(person)]).slice(0, 3)).toEqual(["name", "title", "company"]);
});
