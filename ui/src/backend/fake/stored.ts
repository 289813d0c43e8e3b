// The people that the fake has "fetched" in a workspace, as the app's people store tells of them: pages by question, sets of people,
// windows of rows in any order, and where each fact came from. It merges less than the core: a full row stands before a stub.
import type {
  Answer,
  Fact,
  FactSource,
  FiltersInput,
  PeopleCounts,
  PeopleSet,
  PeopleWindow,
  Person,
  PersonDetails,
  PersonPlace,
  SearchInput,
  Sort,
  SortColumn,
  StoredPerson,
  ToldFact,
} from "../types";
import { badInput, failure, filtersKey } from "./answers";
import { vocabulary } from "./vocabulary";

export interface FetchedPage {
  question: string;
  endpoint: Answer["endpoint"];
  page: number;
  pageSize: number;
  ids: string[];
}

/** What a workspace remembers of its people; plain, so that it survives a reload. */
export interface Stored {
  pages: FetchedPage[];
  people: Record<string, StoredPerson>;
}

export function nobodyStored(): Stored {
  return { pages: [], people: {} };
}

export function remember(stored: Stored, input: SearchInput, answer: Answer): void {
  const source: FactSource = answer.endpoint === "mixed_people/search" ? "search" : "stub";
  for (const person of answer.people) {
    const known = stored.people[person.id];
    if (known?.source === "search" && source === "stub") continue;
    stored.people[person.id] = {
      ...person,
      source,
      fetched_at: answer.as_of,
      changed_jobs: known?.changed_jobs ?? null,
    };
  }
  const place = { question: filtersKey(input.filters), page: answer.page, pageSize: answer.page_size };
  const page = { ...place, endpoint: answer.endpoint, ids: answer.people.map((person) => person.id) };
  stored.pages = [...stored.pages.filter((one) => !isSamePlace(one, page)), page];
}

function isSamePlace(one: FetchedPage, other: FetchedPage): boolean {
  return (
    one.question === other.question &&
    one.endpoint === other.endpoint &&
    one.page === other.page &&
    one.pageSize === other.pageSize
  );
}

function idsOf(stored: Stored, set: PeopleSet): string[] {
  switch (set.kind) {
    case "everybody":
      return Object.keys(stored.people).reverse();
    case "fetched":
      return [...new Set(pagesOf(stored, set.filters).flatMap((page) => page.ids))];
    case "page": {
      const { filters, page, page_size } = set.input;
      const found = pagesOf(stored, filters).find(
        (one) => one.page === (page ?? 1) && one.pageSize === (page_size ?? 50) && one.endpoint === set.endpoint,
      );
      return found?.ids ?? [];
    }
  }
}

function pagesOf(stored: Stored, filters: FiltersInput): FetchedPage[] {
  const question = filtersKey(filters);
  const begins = (page: FetchedPage) => (page.page - 1) * page.pageSize;
  return stored.pages.filter((page) => page.question === question).sort((a, b) => begins(a) - begins(b));
}

function ordered(stored: Stored, set: PeopleSet, sort: Sort | null): StoredPerson[] {
  const people = idsOf(stored, set).flatMap((id) => stored.people[id] ?? []);
  if (sort === null) return people;
  const key = keys[sort.column];
  return people.sort((a, b) => {
    const [one, other] = [key(a), key(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const order =
      typeof one === "number" && typeof other === "number" ? one - other : collator.compare(String(one), String(other));
    return sort.descending ? -order : order;
  });
}

const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

/** What people are sorted by; null stands last. */
const keys: Record<SortColumn, (person: StoredPerson) => string | number | null> = {
  name: (person) =>
    person.name ||
    [person.first_name, person.last_name ?? person.last_name_obfuscated].filter(Boolean).join(" ") ||
    null,
  title: (person) => person.title,
  company: (person) => person.organization_name,
  place: (person) => [person.city ?? person.state, person.country].filter(Boolean).join(" ") || null,
  seniority: (person) => rank(vocabulary.seniorities, person.seniority),
  email: emailRank,
  phone: (person) => rank(["yes", "maybe", "no"], person.has_direct_phone),
  fetched: (person) => Date.parse(person.fetched_at),
};

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

export function windowOf(
  stored: Stored,
  set: PeopleSet,
  sort: Sort | null,
  offset: number,
  limit: number,
): PeopleWindow {
  if (limit < 1 || limit > 500) throw badInput([{ field: "limit", message: "A window holds 1 to 500 people." }]);
  const people = ordered(stored, set, sort);
  return { total: people.length, offset, people: people.slice(offset, offset + limit) };
}

export function placeOf(stored: Stored, set: PeopleSet, sort: Sort | null, id: string): PersonPlace | null {
  const people = ordered(stored, set, sort);
  const at = people.findIndex((person) => person.id === id);
  if (at < 0) return null;
  return { at, total: people.length, previous: people[at - 1]?.id ?? null, next: people[at + 1]?.id ?? null };
}

export function countsOf(stored: Stored, filters: FiltersInput | null): PeopleCounts {
  const pages = filters ? pagesOf(stored, filters) : [];
  const ids = pages.flatMap((page) => page.ids);
  return { fetched: ids.length, different: new Set(ids).size, everybody: Object.keys(stored.people).length };
}

const facts: [Fact, (person: Person) => string | null][] = [
  ["name", (person) => person.name],
  ["first_name", (person) => person.first_name],
  ["last_name", (person) => person.last_name],
  ["last_name_obfuscated", (person) => person.last_name_obfuscated],
  ["title", (person) => person.title],
  ["seniority", (person) => person.seniority],
  ["headline", (person) => person.headline],
  ["email", (person) => person.email],
  ["email_status", (person) => person.email_status],
  ["phone", (person) => person.phone],
  ["linkedin_url", (person) => person.linkedin_url],
  ["city", (person) => person.city],
  ["state", (person) => person.state],
  ["country", (person) => person.country],
  ["organization_name", (person) => person.organization_name],
  ["organization_id", (person) => person.organization_id],
  ["organization_domain", (person) => person.organization_domain],
  ["has_email", (person) => (person.has_email === null ? null : person.has_email ? "yes" : "no")],
  ["has_direct_phone", (person) => person.has_direct_phone],
];

export function detailsOf(stored: Stored, id: string): PersonDetails {
  const person = stored.people[id];
  if (!person) throw failure("not_found", "There is no such person.", { what: "person", name: id });
  const { source, fetched_at, changed_jobs } = person;
  const told = facts.flatMap(([fact, value]): ToldFact[] => {
    const text = value(person);
    return text ? [{ fact, value: text, source, told_at: fetched_at }] : [];
  });
  const job = { title: person.title, employer: person.organization_name, last_at: fetched_at, sources: [source] };
  const former = { title: "Sales Manager", employer: "Ackermann & Söhne Labs", sources: ["stub" as const] };
  const jobs = changed_jobs
    ? [
        { ...job, first_at: changed_jobs.by },
        { ...former, first_at: changed_jobs.after, last_at: changed_jobs.after },
      ]
    : [{ ...job, first_at: fetched_at }];
  return { person, facts: told, jobs };
}
