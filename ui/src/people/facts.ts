// What is known of a person, in words. What the free search does not tell is "not told"; what Apollo does not know is "unknown"; the
// two are never mixed, and a locked address is never shown as one.
import type { FactSource, Person } from "../backend/types";

type Tone = "good" | "caution" | "stop" | "muted";

export interface Words {
  text: string;
  tone: Tone;
}

/** What stands where a fact is missing, by who told of the person. */
export function missing(source: FactSource): string {
  return source === "stub" ? "not told" : "unknown";
}

/** The name in two parts: what is known in full, and the shortened last name of a stub. */
export function nameParts(person: Person): { known: string; shortened: string | null } {
  if (person.name?.trim()) return { known: person.name, shortened: null };
  const known = [person.first_name, person.last_name].filter(Boolean).join(" ");
  const shortened = person.last_name ? null : person.last_name_obfuscated;
  return { known: known || (shortened ? "" : "Name unknown"), shortened };
}

export function fullName(person: Person): string {
  const { known, shortened } = nameParts(person);
  return [known, shortened].filter(Boolean).join(" ");
}

export function place(person: Person): string | null {
  const parts = [person.city, person.state === person.city ? null : person.state, person.country].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : null;
}

/** For the table: the state is left to the panel when there is a city. */
export function shortPlace(person: Person): string | null {
  return place(person.city ? { ...person, state: null } : person);
}

const statuses = new Map<string, Words>([
  ["extrapolated", { text: "guessed", tone: "caution" }],
  ["unverified", { text: "unverified", tone: "caution" }],
  ["likely to engage", { text: "likely", tone: "good" }],
  ["private", { text: "private", tone: "caution" }],
  ["unavailable", { text: "none", tone: "muted" }],
]);

/** A status by itself, whether or not there is an address. */
export function statusWords(status: string): string {
  return statuses.get(status)?.text ?? status;
}

export function emailWords(person: Person): Words {
  if (person.email_status === "verified") return { text: person.email ? "verified" : "verified, locked", tone: "good" };
  const known = person.email_status === null ? undefined : statuses.get(person.email_status);
  if (known) return known;
  if (person.email) return { text: person.email_status ?? "unverified", tone: "caution" };
  if (person.has_email === true) return { text: "available", tone: "good" };
  if (person.has_email === false) return { text: "none", tone: "muted" };
  return { text: "unknown", tone: "muted" };
}

/** Whether there is a direct one: likely, not known. */
export function phoneWords(person: Person): string {
  return person.has_direct_phone ? `direct: ${person.has_direct_phone}` : "unknown";
}
