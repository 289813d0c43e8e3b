// Everything the answer tells of one person, on the right; J and K go to the next and the previous, Escape leaves and gives the focus
// back to the table. Text from Apollo is text; nothing is loaded from outside.
import { ChevronDown, ChevronUp, X } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import type { Answer, Person } from "../backend/types";
import { sourceWords } from "../search/sourceWords";
import type { SearchView } from "../search/useSearchView";
import { IconButton } from "../shared/Button";
import { useNow } from "../shared/useNow";
import { seniorityWords } from "../shared/words";
import { useAddress } from "../shell/address";
import { EmailCell } from "./columns";
import { fullName, missing, nameParts, phoneWords, place } from "./facts";
import { LinkedInLink } from "./LinkedInLink";

interface PersonPanelProps {
  view: SearchView;
  order: readonly string[];
  /** Made-up people of the sample workspace: never said to be Apollo's. */
  sample: boolean;
}

export function PersonPanel({ view, order: shown, sample }: PersonPanelProps) {
  const [address, setAddress] = useAddress();
  const person = view.people.find((one) => one.id === address.person);
  if (!person || !view.answer) return null;

  const at = shown.indexOf(person.id);
  const go = (by: number) => {
    const next = shown[at + by];
    if (next) void setAddress({ person: next }, { history: "replace" });
  };
  const leave = () => {
    void setAddress({ person: null });
    document.querySelector<HTMLElement>('#people [tabindex="0"]')?.focus();
  };
  function pressed(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") leave();
    else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else return;
    event.preventDefault();
  }

  const { known, shortened } = nameParts(person);
  return (
    <aside
      id="person-panel"
      tabIndex={-1}
      aria-label={`Person: ${fullName(person)}`}
      onKeyDown={pressed}
      className="flex w-[clamp(18rem,24vw,22rem)] shrink-0 flex-col border-l border-line bg-pane outline-none"
    >
      <div className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-2">
        <span className="flex-1 px-1 text-sm text-ink-3">
          {at + 1} of {shown.length} on this page
        </span>
        <IconButton label="Next person (J)" off={at >= shown.length - 1} onClick={() => go(1)}>
          <ChevronDown size={15} aria-hidden />
        </IconButton>
        <IconButton label="Previous person (K)" off={at <= 0} onClick={() => go(-1)}>
          <ChevronUp size={15} aria-hidden />
        </IconButton>
        <IconButton label="Close the panel (Escape)" onClick={leave}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div role="group" aria-label="Facts" tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
        <h2 className="text-lg font-semibold break-words" dir="auto" aria-live="polite">
          {known}
          {shortened && <span className="font-normal text-ink-3"> {shortened}</span>}
        </h2>
        {person.title && (
          <p className="break-words text-ink-2" dir="auto">
            {person.title}
          </p>
        )}
        {person.organization_name && (
          <p className="break-words text-ink-2" dir="auto">
            {person.organization_name}
          </p>
        )}
        <Facts person={person} sample={sample} answer={view.answer} />
      </div>
      <div className="flex gap-3 border-t border-line px-4 py-2 text-sm text-ink-3" aria-hidden>
        <span>J next</span>
        <span>K previous</span>
        <span>Esc leave</span>
      </div>
    </aside>
  );
}

function Facts({ person, answer, sample }: { person: Person; answer: Answer; sample: boolean }) {
  const now = useNow();
  const none = missing(answer.endpoint);
  return (
    <dl className="mt-4 flex flex-col gap-2.5">
      <Fact name="E-mail" none="">
        <EmailCell person={person} />
        {person.email && <span className="break-all select-text">{person.email}</span>}
      </Fact>
      <Fact name="Phone" none={none}>
        {person.phone && <span className="select-text">{person.phone}</span>}
        <span className="text-ink-2">{phoneWords(person)}</span>
      </Fact>
      <Fact name="LinkedIn" none={none}>
        <LinkedInLink person={person} none={none} />
      </Fact>
      <Fact name="Place" none={none} text={place(person)} />
      <Fact name="Seniority" none={none} text={person.seniority === null ? null : seniorityWords(person.seniority)} />
      <Fact name="Headline" none={none} text={person.headline} />
      <Fact name="First name" none={none} text={person.first_name} />
      <Fact name="Last name" none={none} text={person.last_name ?? person.last_name_obfuscated} />
      <Fact name="Company" none="unknown" text={person.organization_name} />
      <Fact name="Company's domain" none={none} text={person.organization_domain} />
      <Fact name="Apollo's id of the person" none="unknown" text={person.id} />
      <Fact name="Apollo's id of the company" none={none} text={person.organization_id} />
      <Fact name="Told by" none="">
        {sample
          ? "the stand-in for Apollo (made up)"
          : `Apollo's ${answer.endpoint === "mixed_people/search" ? "full" : "free"} search`}
        , {sourceWords({ ...answer, reason: null }, Math.max(now, Date.parse(answer.as_of)))}
      </Fact>
    </dl>
  );
}

interface FactProps {
  name: string;
  none: string;
  text?: string | null;
  children?: ReactNode;
}

function Fact({ name, none, text, children }: FactProps) {
  return (
    <div>
      <dt className="text-sm text-ink-3">{name}</dt>
      <dd className="flex flex-col break-words" dir="auto">
        {children ??
          (text?.trim() ? <span className="select-text">{text}</span> : <span className="text-ink-3">{none}</span>)}
      </dd>
    </div>
  );
}
