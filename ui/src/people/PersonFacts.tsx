// The facts of a person, one below the other, each with who told it and when.
import type { ReactNode } from "react";
import type { Fact as FactName, PersonDetails, ToldFact } from "../backend/types";
import { useNow } from "../shared/useNow";
import { seniorityWords } from "../shared/words";
import { EmailCell } from "./columns";
import { missing, phoneWords, place } from "./facts";
import { LinkedInLink } from "./LinkedInLink";
import { toldWords } from "./toldWords";

export function PersonFacts({ details, sample }: { details: PersonDetails; sample: boolean }) {
  const { person, facts } = details;
  const none = missing(person.source);
  /** The first of these that anybody told. */
  const told = (...names: FactName[]) => names.flatMap((name) => facts.find((one) => one.fact === name) ?? [])[0];
  const given = { sample, none };
  return (
    <dl className="mt-4 flex flex-col gap-2.5">
      <Fact name="E-mail" {...given} none="" told={told("email", "email_status", "has_email")}>
        <EmailCell person={person} />
        {person.email && <span className="break-all select-text">{person.email}</span>}
      </Fact>
      <Fact name="Phone" {...given} told={told("phone", "has_direct_phone")}>
        {person.phone && <span className="select-text">{person.phone}</span>}
        <span className="text-ink-2">{phoneWords(person)}</span>
      </Fact>
      <Fact name="LinkedIn" {...given} told={told("linkedin_url")}>
        <LinkedInLink person={person} none={none} />
      </Fact>
      <Fact name="Title" {...given} told={told("title")} text={person.title} />
      <Fact name="Company" {...given} none="unknown" told={told("organization_name")} text={person.organization_name} />
      <Fact name="Place" {...given} told={told("city", "state", "country")} text={place(person)} />
      <Fact
        name="Seniority"
        {...given}
        told={told("seniority")}
        text={person.seniority === null ? null : seniorityWords(person.seniority)}
      />
      <Fact name="Headline" {...given} told={told("headline")} text={person.headline} />
      <Fact name="First name" {...given} told={told("first_name")} text={person.first_name} />
      <Fact
        name="Last name"
        {...given}
        told={told("last_name", "last_name_obfuscated")}
        text={person.last_name ?? person.last_name_obfuscated}
      />
      <Fact name="Company's domain" {...given} told={told("organization_domain")} text={person.organization_domain} />
      <Fact name="Apollo's person id" {...given} none="unknown" text={person.id} />
      <Fact name="Apollo's company id" {...given} told={told("organization_id")} text={person.organization_id} />
    </dl>
  );
}

interface FactProps {
  name: string;
  none: string;
  sample: boolean;
  told?: ToldFact | undefined;
  text?: string | null;
  children?: ReactNode;
}

function Fact({ name, none, sample, told, text, children }: FactProps) {
  const now = useNow();
  return (
    <div>
      <dt className="flex items-baseline justify-between gap-2 text-sm text-ink-3">
        <span className="shrink-0">{name}</span>
        {told && (
          <span className="truncate" title={new Date(told.told_at).toLocaleString()}>
            {toldWords(told.source, told.told_at, sample, now)}
          </span>
        )}
      </dt>
      <dd className="flex flex-col break-words" dir="auto">
        {children ??
          (text?.trim() ? <span className="select-text">{text}</span> : <span className="text-ink-3">{none}</span>)}
      </dd>
    </div>
  );
}
