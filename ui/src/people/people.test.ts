import { expect, test } from "vitest";
import { madeUpPeople, stubOf } from "../backend/fake/people";
import type { StoredPerson } from "../backend/types";
import { actionOf } from "../shared/keys";
import { columnOrder } from "./columns";
import { emailWords, fullName, missing, nameParts, phoneWords, place, shortPlace } from "./facts";
import { stepTo } from "./gridKeys";
import { columnIds } from "./layout";
import { addressOfSorts, everyoneWords, fetchedWords, placeWords, shownWords, sortsOf } from "./peopleSet";
import { changeWords, jobName, spanWords, toldWords } from "./toldWords";
import { ofOneMoment, placeAmong, rowsOf, storedOr, windowsAround } from "./usePeople";

const [made] = madeUpPeople(1, 1);
if (!made) throw new Error("nobody was made");
const person = { ...made.person, first_name: "Ana", last_name: "Huonen", name: "Ana Huonen" };

test("a stub shows its shortened last name apart, and says what it was not told", () => {
  const stub = stubOf(person);
  expect(nameParts(stub)).toEqual({ known: "Ana", shortened: "Hu***n" });
  expect(fullName(stub)).toBe("Ana Hu***n");
  expect(place(stub)).toBeNull();
  expect(missing("stub")).toBe("not told");
  expect(missing("search")).toBe("unknown");
});

test("a person without any name is not an empty row", () => {
  expect(fullName({ ...person, name: "", first_name: null, last_name: null })).toBe("Name unknown");
});

test("a verified address that is locked is never shown as one", () => {
  expect(emailWords({ ...person, email: null, email_status: "verified" }).text).toBe("verified, locked");
  expect(emailWords({ ...person, email: "a@b.example", email_status: "verified" }).text).toBe("verified");
  expect(emailWords({ ...person, email: "a@home.example", email_status: "private" }).text).toBe("private");
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
const step = (key: string, ctrlKey = false, shiftKey = false) =>
  actionOf({ key, ctrlKey, metaKey: false, altKey: false, shiftKey }, "table");

test.each([
  ["ArrowUp", false, { row: 0, column: 3 }, { row: -1, column: 3 }],
  ["ArrowUp", false, { row: -1, column: 3 }, { row: -1, column: 3 }],
  ["ArrowDown", false, { row: 49, column: 3 }, { row: 49, column: 3 }],
  ["ArrowLeft", false, { row: 2, column: 0 }, { row: 2, column: -1 }],
  ["ArrowLeft", false, { row: 2, column: -1 }, { row: 2, column: -1 }],
  ["ArrowRight", false, { row: 2, column: 7 }, { row: 2, column: 7 }],
  ["Home", false, { row: 2, column: 5 }, { row: 2, column: 0 }],
  ["End", false, { row: 2, column: 5 }, { row: 2, column: 7 }],
  ["Home", true, { row: 20, column: 5 }, { row: 0, column: 0 }],
  ["End", true, { row: 2, column: 5 }, { row: 49, column: 7 }],
  ["PageDown", false, { row: 2, column: 5 }, { row: 17, column: 5 }],
  ["PageDown", false, { row: 45, column: 5 }, { row: 49, column: 5 }],
  ["PageUp", false, { row: 10, column: 5 }, { row: 0, column: 5 }],
])("%s (control %s) leads from %o to %o", (name, control, from, to) => {
  expect(stepTo(from, step(name, control), size)).toEqual(to);
});

test("other keys are no steps", () => {
  expect(stepTo({ row: 0, column: 0 }, step("a"), size)).toBeNull();
  expect(stepTo({ row: 0, column: 0 }, step("ArrowDown", false, true), size)).toBeNull();
});

test("a column that tells nothing in any row makes way for the others, and only then", () => {
  const placeless = { ...person, city: null, state: null, country: null };
  expect(columnOrder([])).toEqual(columnIds);
  expect(columnOrder([person, placeless])).toEqual(columnIds);
  expect(columnOrder([placeless, placeless]).at(-1)).toBe("place");
  expect(columnOrder([stubOf(person)]).slice(0, 3)).toEqual(["name", "title", "company"]);
});

const stored = (id: string): StoredPerson => ({
  ...person,
  id,
  source: "search",
  fetched_at: "2026-11-23T00:00:00Z",
  changed_jobs: null,
});
const windows = rowsOf([
  { total: 1_000, offset: 0, people: ["a", "b", "c"].map(stored) },
  { total: 1_000, offset: 400, people: ["x", "y"].map(stored) },
]);

test("windows with a gap between them tell who is in which row, and of nobody in the gap", () => {
  expect([0, 2, 3, 400, 402].map((row) => windows?.byRow.get(row)?.id)).toEqual(["a", "c", undefined, "x", undefined]);
  expect(windows?.people.map((one) => one.id)).toEqual(["a", "b", "c", "x", "y"]);
  expect(rowsOf([])).toBeNull();
  expect(rowsOf([{ total: 0, offset: 0, people: [] }])?.total).toBe(0);
});

test("an answered page that could not be stored is shown all the same", () => {
  const none = rowsOf([{ total: 0, offset: 0, people: [] }]);
  expect(storedOr(none, windows)).toBe(windows);
  expect(storedOr(windows, none)).toBe(windows);
  expect([storedOr(none, null), storedOr(null, windows)]).toEqual([none, null]);
});

test("the windows asked for are those in sight, and that of the tab stop wherever it is", () => {
  expect(windowsAround([[0, 30]])).toEqual([0]);
  expect(
    windowsAround([
      [190, 230],
      [195, 195],
    ]),
  ).toEqual([0, 1]);
  expect(
    windowsAround([
      [190, 230],
      [999, 999],
    ]),
  ).toEqual([0, 1, 4]);
  expect(
    windowsAround([
      [999_980, 999_999],
      [0, 0],
    ]),
  ).toEqual([0, 4999]);
});

test("a place is known at once only between two that are there, or at an end", () => {
  const people = {
    at: (row: number) => windows?.byRow.get(row),
    rowOf: (id: string) => windows?.byId.get(id) ?? null,
    total: 1_000,
  };
  expect(placeAmong(people, "a")).toEqual({ at: 0, total: 1_000, previous: null, next: "b" });
  expect(placeAmong(people, "b")?.previous).toBe("a");
  expect([placeAmong(people, "c"), placeAmong(people, "x"), placeAmong(people, "nobody")]).toEqual([null, null, null]);
  expect(placeAmong({ ...people, total: 3 }, "c")?.next).toBeNull();
});

test("sort and set are read from the address", () => {
  expect(sortsOf([])).toEqual([]);
  expect(sortsOf(["-company", "name"])).toEqual([
    { column: "company", descending: true },
    { column: "name", descending: false },
  ]);
  expect(
    addressOfSorts([
      { id: "company", desc: true },
      { id: "linkedin", desc: false },
    ]),
  ).toEqual(["-company"]);
});

test("counts tell fetched rows and different people apart where they differ", () => {
  const counts = { fetched: 300, different: 271, everybody: 1_204 };
  expect(fetchedWords(counts)).toBe("300 fetched · 271 different people");
  expect(fetchedWords({ ...counts, different: 300 })).toBe("300 fetched");
  expect(shownWords("fetched", counts)).toBe("All 271 fetched");
  expect(shownWords("fetched", null)).toBe("All fetched");
  expect(everyoneWords(counts)).toBe("1,204 people ever fetched in this workspace");
  expect(placeWords(2, 271, "fetched")).toBe("3 of 271 fetched");
});

const now = Date.parse("2026-11-23T12:00:00Z");

test("who told a fact and when is said in words, and nothing made up is said to be Apollo's", () => {
  expect(toldWords("search", "2026-11-23T09:00:00Z", false, now)).toBe("Apollo's full search, 3 h ago");
  expect(toldWords("stub", "2026-11-23T12:00:00Z", false, now)).toBe("Apollo's free search, just now");
  expect(toldWords("search", "2026-11-20T09:00:00Z", true, now)).toBe("made up, 3 days ago");
  expect(toldWords("typed", "2026-11-23T12:00:05Z", true, now)).toBe("typed, just now");
});

test("a change of jobs is told with its days, and each job with its own", () => {
  const change = { after: "2026-03-03T10:00:00Z", by: "2026-11-20T10:00:00Z" };
  expect(changeWords(change, now, "en-GB")).toBe("Changed jobs between 3 March and 20 November");
  expect(changeWords({ ...change, after: change.by }, now, "en-GB")).toBe("Changed jobs about 20 November");
  expect(changeWords({ ...change, after: "2025-03-03T10:00:00Z" }, now, "en-GB")).toContain("3 March 2025");
  const job = { title: "CEO", employer: null, first_at: change.by, last_at: change.by, sources: ["stub" as const] };
  expect([
    jobName(job),
    jobName({ title: null, employer: "Acme" }),
    jobName({ title: "CEO", employer: "Acme" }),
  ]).toEqual(["CEO", "at Acme", "CEO at Acme"]);
  expect([spanWords(job, true, now, "en-GB"), spanWords(job, false, now, "en-GB")]).toEqual([
    "told since 20 November",
    "20 November",
  ]);
});

test("windows of a range are asked for anew as long as people come in between two of them", async () => {
  const revisions = [7, 8, 8, 8];
  const asked: [number, number][] = [];
  const windows = await ofOneMoment([0, 1], (at, staleTime) => {
    asked.push([at, staleTime]);
    return Promise.resolve({ at, revision: revisions.shift() ?? 0 });
  });
  expect(windows).toEqual([
    { at: 0, revision: 8 },
    { at: 1, revision: 8 },
  ]);
  const kept = Number.POSITIVE_INFINITY;
  expect(asked).toEqual([
    [0, kept],
    [1, kept],
    [0, 0],
    [1, 0],
  ]);
});

test("windows of a range are refused with a sentence when that does not end", async () => {
  let revision = 0;
  const never = ofOneMoment([0, 1], () => Promise.resolve({ revision: revision++ }));
  await expect(never).rejects.toMatchObject({ message: expect.stringContaining("Try again") });
});
