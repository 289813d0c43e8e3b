// What a pretended paid call brings: whom Apollo knows, nobody, or somebody else than was asked for, who is kept as who they are.
import type { EnrichWhat } from "../types";
import { isUnheardOf, madeUpCompany } from "./companies";
import type { PaidAnswer } from "./state";
import type { Stored } from "./stored";

/** What came of each who was asked for; people by id, companies by domain. */
export interface Brought {
  found: string[];
  /** Whoever was answered with another one. */
  elsewhere: string[];
  /** Whoever got no answer. */
  lacking: string[];
  isPriceTold: boolean;
}

export function answerTo(asked: string[], what: EnrichWhat, kind: PaidAnswer): Brought {
  if (kind === "lost") return { found: [], elsewhere: [], lacking: asked, isPriceTold: false };
  const elsewhere = kind === "instead" ? asked.slice(0, 1) : [];
  const isFound = (one: string, at: number) => (what === "people" ? at % 9 !== 8 : !isUnheardOf(one));
  const found = asked.filter((one, at) => !elsewhere.includes(one) && isFound(one, at));
  return { found, elsewhere, lacking: [], isPriceTold: kind !== "price untold" };
}

export function takeIn(stored: Stored, what: EnrichWhat, { found, elsewhere }: Brought, at: string): void {
  if (what === "people") {
    for (const id of found) enrich(stored, id, at);
    for (const id of elsewhere) bringAnother(stored, id, at);
  } else {
    for (const domain of found) stored.companies[domain] = madeUpCompany(domain, at);
    for (const domain of elsewhere) stored.companies[`another-${domain}`] = madeUpCompany(domain, at);
  }
}

function enrich(stored: Stored, id: string, at: string): void {
  const person = stored.people[id];
  if (!person) return;
  Object.assign(person, {
    email: `${id.slice(-6)}@enriched.example`,
    email_status: "verified",
    source: "enrichment",
    fetched_at: at,
  });
}

/** Somebody at the same company, as if this one had been asked for by an address that is not theirs. */
function bringAnother(stored: Stored, asked: string, at: string): void {
  const meant = stored.people[asked];
  if (!meant) return;
  const id = `1${asked.slice(1)}`;
  const domain = meant.organization_domain ?? "unknown.example";
  const address = [meant.first_name, meant.last_name]
    .join(".")
    .toLowerCase()
    .replace(/[^a-z.]+/g, "-");
  stored.cameFor[id] = [...(stored.cameFor[id] ?? []), `${address}@${domain}`];
  stored.people[id] = {
    ...meant,
    id,
    name: "Petra Voss",
    first_name: "Petra",
    last_name: "Voss",
    last_name_obfuscated: null,
    email: `petra.voss@${domain}`,
    email_status: "verified",
    has_email: true,
    linkedin_url: null,
    phone: null,
    source: "enrichment",
    fetched_at: at,
    changed_jobs: null,
  };
}
