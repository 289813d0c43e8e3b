// What is known of a person, in words. What the free search does not tell is "not told"; what Apollo does not know is "unknown"; the
// two are never mixed, and a locked address is never shown as one.
import type { FactSource, Person } from "../backend/types";
import { textOf, texts } from "../texts/texts";

const words = texts.people;

type Tone = "good" | "caution" | "stop" | "muted";

export interface Words {
  text: string;
  tone: Tone;
}

/** What stands where a fact is missing, by who told of the person. */
export function missing(source: FactSource): string {
  return source === "stub" ? words.notTold : words.unknown;
}

/** The name in two parts: what is known in full, and the shortened last name of a stub. */
export function nameParts(person: Person): { known: string; shortened: string | null } {
  if (person.name?.trim()) return { known: person.name, shortened: null };
  const known = [person.first_name, person.last_name].filter(Boolean).join(" ");
  const shortened = person.last_name ? null : person.last_name_obfuscated;
  return { known: known || (shortened ? "" : words.nameUnknown), shortened };
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

/** How good what Apollo says of an address is. Verified is not among them: it is told with whether the address is known. */
const tones = new Map<string, Tone>([
  ["extrapolated", "caution"],
  ["unverified", "caution"],
  ["likely to engage", "good"],
  ["private", "caution"],
  ["unavailable", "muted"],
]);

/** A status by itself, whether or not there is an address. */
export function statusWords(status: string): string {
  return textOf(words.emailStatus, status, status);
}

export function emailWords({ email, email_status: status, has_email }: Person): Words {
  if (status === "verified") return { text: email ? statusWords(status) : words.email.verifiedLocked, tone: "good" };
  const tone = tones.get(status ?? "");
  if (status !== null && tone) return { text: statusWords(status), tone };
  if (email) return { text: status ?? words.emailStatus.unverified, tone: "caution" };
  if (has_email === true) return { text: words.email.available, tone: "good" };
  if (has_email === false) return { text: words.email.none, tone: "muted" };
  return { text: words.unknown, tone: "muted" };
}

/** Whether there is a direct one: likely, not known. */
export function phoneWords(person: Person): string {
  return person.has_direct_phone ? words.directPhone(person.has_direct_phone) : words.unknown;
}
