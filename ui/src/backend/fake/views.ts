// Views of the fake's people, as the core answers them: who of a set has the words and the chosen values, in which order, in windows
// of rows, and how many there are by each facet.
import type {
  Facet,
  FacetCounts,
  PeopleFacets,
  PeopleSelection,
  PeopleView,
  PeopleWindow,
  Person,
  PersonPlace,
  Sort,
  SortColumn,
  StoredPerson,
} from "../types";
import { badInput } from "./answers";
import { functionsOf } from "./people";
import { companyOf, peopleOf, type Stored } from "./stored";
import { vocabulary } from "./vocabulary";

/** Everybody in a view, in its order. */
export function viewed(stored: Stored, view: PeopleView): StoredPerson[] {
  return ordered(searched(stored, view).filter(chosen(stored, view)), view.sort);
}

function searched(stored: Stored, { set, text }: PeopleView): StoredPerson[] {
  const wanted = wordsOf(text);
  return peopleOf(stored, set).filter((person) => {
    const words = wordsOf(
      [nameOf(person), person.title, person.organization_name, person.city, person.state, person.country].join(" "),
    );
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  });
}

/** Without case and accents. */
function wordsOf(text: string): string[] {
  const folded = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (
    folded
      .replaceAll("ß", "ss")
      .replaceAll("ø", "o")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Whether the chosen values of all facets but one let somebody through. */
function chosen(stored: Stored, { facets }: PeopleView, but?: Facet): (person: StoredPerson) => boolean {
  const choices = facets.filter((one) => one.facet !== but && one.values.length > 0);
  return (person) =>
    choices.every(({ facet, values }) => valuesOf(facet, person, stored).some((value) => values.includes(value)));
}

/** Several of a list. */
function valuesOf(facet: Facet, person: StoredPerson, stored: Stored): (string | null)[] {
  const value = told[facet](person, stored);
  return facet === "function" && value !== null ? value.split(", ") : [value];
}

/** Nobody asked the fake for an industry or a headcount alone: of these only companies tell that were paid for. */
const told: Record<Facet, (person: StoredPerson, stored: Stored) => string | null> = {
  seniority: (person) => person.seniority,
  function: functionsOf,
  country: (person) => person.country,
  industry: (person, stored) => companyOf(stored, person).find(({ fact }) => fact === "industry")?.value ?? null,
  headcount: (person, stored) => sizeOf(companyOf(stored, person).find(({ fact }) => fact === "employees")?.value),
  email_status: (person) => person.email_status,
  source: (person) => person.source,
  age: (person) => ageOf(Date.parse(person.fetched_at)),
};

/** The company size that so many employees are. */
function sizeOf(employees: string | undefined): string | null {
  if (employees === undefined) return null;
  return vocabulary.company_sizes.find((size) => Number(employees) <= Number(size.split(",")[1] ?? Infinity)) ?? null;
}

const ages: [string, number][] = [
  ["day", 1],
  ["week", 7],
  ["month", 30],
  ["quarter", 91],
  ["year", 365],
];

function ageOf(told: number): string {
  const days = (Date.now() - told) / 86_400_000;
  return ages.find(([, most]) => days <= most)?.[0] ?? "older";
}

const ranks: Partial<Record<Facet, readonly string[]>> = {
  seniority: vocabulary.seniorities,
  headcount: vocabulary.company_sizes,
  age: [...ages.map(([age]) => age), "older"],
};

export function facetsOf(stored: Stored, view: PeopleView): PeopleFacets {
  const found = searched(stored, view);
  const facets = (Object.keys(told) as Facet[]).map((facet): FacetCounts => {
    const counts = new Map<string | null, number>();
    for (const value of view.facets.find((one) => one.facet === facet)?.values ?? []) counts.set(value, 0);
    for (const person of found.filter(chosen(stored, view, facet))) {
      for (const value of valuesOf(facet, person, stored)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const place = (value: string | null) => (value === null ? Number.MAX_VALUE : (ranks[facet]?.indexOf(value) ?? 0));
    const values = [...counts].map(([value, people]) => ({ value, people }));
    values.sort((a, b) => place(a.value) - place(b.value) || b.people - a.people);
    return { facet, values };
  });
  return { total: found.filter(chosen(stored, view)).length, revision: stored.pages.length, facets };
}

function ordered(people: StoredPerson[], sorts: Sort[]): StoredPerson[] {
  return people.sort((a, b) => {
    for (const { column, descending } of sorts) {
      const order = compared(keys[column](a), keys[column](b), descending);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function compared(one: string | number | null, other: string | number | null, descending: boolean): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const order =
    typeof one === "number" && typeof other === "number" ? one - other : collator.compare(String(one), String(other));
  return descending ? -order : order;
}

const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

/** What people are sorted by; null stands last. */
const keys: Record<SortColumn, (person: StoredPerson) => string | number | null> = {
  name: nameOf,
  title: (person) => person.title,
  company: (person) => person.organization_name,
  place: (person) => [person.city ?? person.state, person.country].filter(Boolean).join(" ") || null,
  seniority: (person) => rank(vocabulary.seniorities, person.seniority),
  email: emailRank,
  phone: (person) => rank(["yes", "maybe", "no"], person.has_direct_phone),
  fetched: (person) => Date.parse(person.fetched_at),
};

function nameOf(person: Person): string | null {
  const { name, first_name, last_name, last_name_obfuscated } = person;
  return name || [first_name, last_name ?? last_name_obfuscated].filter(Boolean).join(" ") || null;
}

function rank(values: readonly string[], value: string | null): number | null {
  if (value === null) return null;
  const at = values.indexOf(value);
  return at < 0 ? values.length : at;
}

function emailRank(person: Person): number | null {
  if (person.email_status === "verified") return person.email ? 0 : 1;
  const known = rank(["likely to engage", "", "extrapolated", "unavailable"], person.email_status);
  if (known !== null) return 2 + known;
  if (person.email) return 4;
  return person.has_email === null ? null : person.has_email ? 3 : 5;
}

export function windowOf(stored: Stored, view: PeopleView, offset: number, limit: number): PeopleWindow {
  if (limit < 1 || limit > 500) throw badInput([{ field: "limit", message: "A window holds 1 to 500 people." }]);
  const people = viewed(stored, view);
  const revision = stored.pages.length;
  return { total: people.length, offset, revision, people: people.slice(offset, offset + limit) };
}

/** Who was picked stays so when the view shows somebody else. */
export function selectedWindow(
  stored: Stored,
  { view, picked }: PeopleSelection,
  offset: number,
  limit: number,
): PeopleWindow {
  const ids = new Set(picked.ids);
  const everybody: PeopleView = { ...view, set: { kind: "everybody" }, text: "", facets: [] };
  const people =
    picked.kind === "only"
      ? viewed(stored, everybody).filter(({ id }) => ids.has(id))
      : viewed(stored, view).filter(({ id }) => !ids.has(id));
  return { total: people.length, offset, revision: stored.pages.length, people: people.slice(offset, offset + limit) };
}

export function placeOf(stored: Stored, view: PeopleView, id: string): PersonPlace | null {
  const people = viewed(stored, view);
  const at = people.findIndex((person) => person.id === id);
  if (at < 0) return null;
  return { at, total: people.length, previous: people[at - 1]?.id ?? null, next: people[at + 1]?.id ?? null };
}
