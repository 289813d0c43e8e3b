// The people that the fake has "fetched" in a workspace, as the app's people store tells of them: pages by question, sets of people,
// windows of rows in any order, and where each fact came from. It merges less than the core: a full row stands before a stub.
import type {
  Answer,
  Fact,
  FactSource,
  FiltersInput,
  PeopleCounts,
  PeopleSet,
  Person,
  PersonDetails,
  SearchInput,
  StoredPerson,
  ToldCompanyFact,
  ToldFact,
} from "../types";
import { failure, filtersKey } from "./answers";
import { functionsOf } from "./people";

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
  /** What was paid for of companies, by domain. */
  companies: Record<string, ToldCompanyFact[]>;
  /** What was asked by when somebody came instead, by their id. */
  cameFor: Record<string, string[]>;
}

export function nobodyStored(): Stored {
  return { pages: [], people: {}, companies: {}, cameFor: {} };
}

/** What is known of somebody's company. */
export function companyOf(stored: Stored, person: Person): ToldCompanyFact[] {
  return stored.companies[person.organization_domain ?? ""] ?? [];
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

/** In the order of the set. */
export function peopleOf(stored: Stored, set: PeopleSet): StoredPerson[] {
  return idsOf(stored, set).flatMap((id) => stored.people[id] ?? []);
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
  ["functions", functionsOf],
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
  return { person, facts: told, jobs, company: companyOf(stored, person), answered_for: stored.cameFor[id] ?? [] };
}
