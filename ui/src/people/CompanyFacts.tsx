// The facts of a person's company, below the person's own. Most of them come with an enrichment of companies; before it a line says so.
import { BadgePlus } from "lucide-react";
import type { CompanyFact, PersonDetails } from "../backend/types";
import { Button } from "../shared/Button";
import { texts } from "../texts/texts";
import { companyFactWords } from "./companyWords";
import { Fact } from "./FactLine";
import { missing } from "./facts";

const words = texts.people.company;

/** Shown one by one; city, state and country are one line. */
const shown: readonly CompanyFact[] = [
  "industry",
  "employees",
  "country",
  "founded_year",
  "annual_revenue",
  "phone",
  "website_url",
  "linkedin_url",
  "description",
  "keywords",
  "technologies",
];

interface CompanyFactsProps {
  details: PersonDetails;
  sample: boolean;
  /** Opens the enrichment of this company. */
  onEnrich: () => void;
}

export function CompanyFacts({ details, sample, onEnrich }: CompanyFactsProps) {
  const { person, facts, company } = details;
  const given = { sample, none: missing(person.source) };
  const told = (name: string) => facts.find((one) => one.fact === name);
  return (
    <section aria-label={words.title} className="mt-5 border-t border-line pt-3">
      <p className="font-semibold">{words.title}</p>
      <dl className="mt-2 flex flex-col gap-2.5">
        <Fact
          name={words.name}
          {...given}
          none={texts.people.unknown}
          told={told("organization_name")}
          text={person.organization_name}
        />
        <Fact name={words.domain} {...given} told={told("organization_domain")} text={person.organization_domain} />
        {shown.map((fact) => {
          const text = companyFactWords(fact, company);
          const by = company.find((one) => one.fact === fact);
          return text === null ? null : (
            <Fact key={fact} name={texts.people.companyFacts[fact]} {...given} told={by} text={text} />
          );
        })}
        <Fact name={words.id} {...given} told={told("organization_id")} text={person.organization_id} />
      </dl>
      {company.length === 0 && <p className="mt-2 text-sm text-ink-3">{words.toCome}</p>}
      {company.length === 0 && person.organization_domain && (
        <Button className="mt-2 h-6 text-sm" onClick={onEnrich}>
          <BadgePlus size={13} aria-hidden />
          {words.enrich}
        </Button>
      )}
    </section>
  );
}
