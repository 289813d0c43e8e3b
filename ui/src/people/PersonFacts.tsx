// The facts of a person, one below the other, each with who told it and when.
import type { Fact as FactName, PersonDetails } from "../backend/types";
import { functionWords, seniorityWords } from "../shared/words";
import { texts } from "../texts/texts";
import { emailOf } from "./columns";
import { Fact } from "./FactLine";
import { missing, phoneWords, place } from "./facts";
import { LinkedInLink } from "./LinkedInLink";

const words = texts.people.facts;

export function PersonFacts({ details, sample }: { details: PersonDetails; sample: boolean }) {
  const { person, facts } = details;
  const none = missing(person.source);
  /** The first of these that anybody told. */
  const told = (...names: FactName[]) => names.flatMap((name) => facts.find((one) => one.fact === name) ?? [])[0];
  const functions = told("functions");
  const given = { sample, none };
  return (
    <dl className="mt-4 flex flex-col gap-2.5">
      <Fact name={words.email} {...given} none="" told={told("email", "email_status", "has_email")}>
        {emailOf(person)}
        {person.email && <span className="break-all select-text">{person.email}</span>}
      </Fact>
      <Fact name={words.phone} {...given} told={told("phone", "has_direct_phone")}>
        {person.phone && <span className="select-text">{person.phone}</span>}
        <span className="text-ink-2">{phoneWords(person)}</span>
      </Fact>
      <Fact name={words.linkedIn} {...given} told={told("linkedin_url")}>
        <LinkedInLink person={person} none={none} />
      </Fact>
      <Fact name={words.title} {...given} told={told("title")} text={person.title} />
      <Fact name={words.place} {...given} told={told("city", "state", "country")} text={place(person)} />
      <Fact
        name={words.seniority}
        {...given}
        told={told("seniority")}
        text={person.seniority === null ? null : seniorityWords(person.seniority)}
      />
      <Fact name={words.functions} {...given} told={functions} text={functions && functionWords(functions.value)} />
      <Fact name={words.headline} {...given} told={told("headline")} text={person.headline} />
      <Fact name={words.firstName} {...given} told={told("first_name")} text={person.first_name} />
      <Fact
        name={words.lastName}
        {...given}
        told={told("last_name", "last_name_obfuscated")}
        text={person.last_name ?? person.last_name_obfuscated}
      />
      <Fact name={words.id} {...given} none={texts.people.unknown} text={person.id} />
    </dl>
  );
}
