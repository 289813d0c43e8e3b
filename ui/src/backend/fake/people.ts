// Made-up people at made-up companies for the fake, always the same, with the names that break tables: long, missing,
// right-to-left, upper case, emoji. Filters them the way a search does: values of one field are OR, fields are AND.
import type { FiltersInput, Likelihood, Person, Seniority } from "../types";

export interface FakePerson {
  person: Person;
  industry: string;
  headcount: number;
}

const firstNames = [
  "Ana",
  "Bo",
  "Chiara",
  "Dirk",
  "Élodie",
  "Farid",
  "Greta",
  "Henrik",
  "Ines",
  "Jonas",
  "Katarzyna",
  "Luís",
];
const lastNames = [
  "Keil",
  "Lund",
  "Rossi",
  "Okafor",
  "Lefèvre",
  "Nguyen",
  "Sørensen",
  "Müller",
  "Haddad",
  "van Dijk",
  "Kowalska",
];
const oddNames: [string, string][] = [
  ["נועה", "כהן"],
  ["محمد", "العبد الله"],
  ["MARGARETHE", "VON UND ZU HOHENSTEIN-LICHTENFELS"],
  ["Zoë 🚀", "O’Brien"],
  ["Wolfeschlegelsteinhausenbergerdorff-Maximiliane Alexandrina", "Karoline Gräfin zu Sayn-Wittgenstein-Berleburg"],
  ["<b>Bob</b>", "Tables"],
];
const jobs: [string, Seniority][] = [
  ["VP Sales", "vp"],
  ["Head of Sales", "head"],
  ["Sales Director", "director"],
  ["Account Executive", "senior"],
  ["Chief Financial Officer", "c_suite"],
  ["Finance Director", "director"],
  ["Chief Marketing Officer", "c_suite"],
  ["Head of Marketing", "head"],
  ["VP Marketing", "vp"],
  ["Product Manager", "manager"],
  ["Software Engineer", "entry"],
  ["Founder & CEO", "founder"],
];
const longTitle =
  "Senior Regional Director of Enterprise Sales, Channel Partnerships and Strategic Alliances for Central and Eastern Europe";
const places: [string, string | null, string][] = [
  ["Köln", "North Rhine-Westphalia", "Germany"],
  ["Berlin", "Berlin", "Germany"],
  ["Wien", null, "Austria"],
  ["Zürich", "Zürich", "Switzerland"],
  ["Stockholm", null, "Sweden"],
  ["Oslo", null, "Norway"],
  ["København", null, "Denmark"],
  ["Helsinki", null, "Finland"],
  ["London", "England", "United Kingdom"],
  ["San Francisco", "California", "United States"],
];
const industries = [
  "computer software",
  "financial services",
  "internet",
  "machinery",
  "retail",
  "hospital & health care",
];
const companies = [
  "Northwind",
  "Blue Fjord",
  "Ackermann & Söhne",
  "Lumen",
  "Kontor",
  "Halden",
  "Papier 9",
  "Tuuli",
  "Merian",
  "Vesper",
];
const suffixes = ["GmbH", "AG", "AB", "Ltd", "Labs", "Group", "Systems", "Oy"];

/** mulberry32: small, good enough, and the same everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function madeUpPeople(count: number, seed: number): FakePerson[] {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  return Array.from({ length: count }, (_, index) => madeUpPerson(index, next, pick));
}

function madeUpPerson(index: number, next: () => number, pick: <T>(list: readonly T[]) => T): FakePerson {
  const [first, last] = index % 37 === 5 ? pick(oddNames) : [pick(firstNames), pick(lastNames)];
  const [title, seniority] = pick(jobs);
  const [city, state, country] = pick(places);
  const company = `${pick(companies)} ${pick(suffixes)}`;
  const domain = `${company.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.example`;
  const id = (0x5f00000000000000n + BigInt(index)).toString(16).padStart(24, "0");
  const luck = next();
  const status = luck < 0.6 ? "verified" : luck < 0.75 ? "extrapolated" : luck < 0.85 ? "unavailable" : null;
  const locked = next() < 0.4;
  const phone: Likelihood = pick(["yes", "maybe", "no"] as const);
  const person: Person = {
    id,
    name: `${first} ${last}`,
    first_name: first,
    last_name: last,
    last_name_obfuscated: null,
    title: index % 41 === 7 ? longTitle : index % 53 === 9 ? null : title,
    headline: `${title} at ${company}`,
    seniority,
    email: status === "verified" && !locked ? `person${index}@${domain}` : null,
    email_status: status,
    phone: phone === "yes" && !locked ? `+49 221 555 ${String(index).padStart(4, "0")}` : null,
    linkedin_url: next() < 0.85 ? `https://www.linkedin.com/in/made-up-${index}` : null,
    city,
    state,
    country,
    organization_name: company,
    organization_id: `${id.slice(0, 23)}f`,
    organization_domain: domain,
    has_email: status === "verified",
    has_direct_phone: phone,
  };
  return { person, industry: pick(industries), headcount: Math.ceil(10 ** (next() * 3.8)) };
}

const works: [string, string][] = [
  ["Sales", "sales"],
  ["Sales Director", "business_development"],
  ["Account", "business_development"],
  ["Alliances", "business_development"],
  ["Finan", "finance"],
  ["Marketing", "marketing"],
  ["Product", "product_management"],
  ["Engineer", "engineering"],
  ["Founder", "entrepreneurship"],
];

/** What somebody works in, by their title; stubs do not tell it. */
export function functionsOf({ title, seniority }: Person): string | null {
  if (seniority === null) return null;
  const found = works.filter(([word]) => title?.includes(word)).map(([, name]) => name);
  return found.length > 0 ? [...new Set(found)].sort().join(", ") : null;
}

function holds(text: string | null, part: string): boolean {
  return (text ?? "").toLocaleLowerCase().includes(part.toLocaleLowerCase());
}

function sizeHolds(size: string, headcount: number): boolean {
  const [min, max] = size.replace("+", "").split(",").map(Number);
  return headcount >= (min ?? 0) && headcount <= (max ?? Number.POSITIVE_INFINITY);
}

function any(values: readonly string[], test: (value: string) => boolean): boolean {
  return values.length === 0 || values.some(test);
}

export function matching(people: readonly FakePerson[], filters: FiltersInput): FakePerson[] {
  return people.filter(({ person, industry, headcount }) => {
    const place = [person.city, person.state, person.country].filter(Boolean).join(", ");
    return (
      any(filters.titles, (title) => holds(person.title, title)) &&
      any(filters.seniorities, (seniority) => person.seniority === seniority) &&
      any(filters.industries, (name) => industry === name) &&
      any(filters.locations, (location) => location.split(", ").every((part) => holds(place, part))) &&
      any(filters.company_sizes, (size) => sizeHolds(size, headcount)) &&
      holds(`${person.headline} ${person.organization_name}`, filters.keywords.trim())
    );
  });
}

/** What the free endpoint leaves of a person: no last name, place, seniority, address or link. */
export function stubOf(person: Person): Person {
  const last = person.last_name ?? "";
  return {
    ...person,
    name: null,
    last_name: null,
    last_name_obfuscated: last.length > 3 ? `${last.slice(0, 2)}***${last.slice(-1)}` : `${last.slice(0, 1)}.`,
    headline: null,
    seniority: null,
    email: null,
    email_status: null,
    phone: null,
    linkedin_url: null,
    city: null,
    state: null,
    country: null,
    organization_id: null,
    organization_domain: null,
  };
}
