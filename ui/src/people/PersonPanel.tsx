// Everything the store knows of one person, on the right; J and K go to the next and the previous of what the table shows, Escape leaves
// and gives the focus back to the table. Text from Apollo is text; nothing is loaded from outside.
import { useQuery } from "@tanstack/react-query";
import { BadgePlus, ChevronDown, ChevronUp, X } from "lucide-react";
import { type KeyboardEvent, memo } from "react";
import type { EnrichWhat, PersonPlace } from "../backend/types";
import type { SearchView } from "../search/useSearchView";
import { Button, IconButton } from "../shared/Button";
import { actionOf, keyOf } from "../shared/keys";
import { useAddress } from "../shell/address";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { CompanyFacts } from "./CompanyFacts";
import { fullName, nameParts } from "./facts";
import { PersonFacts } from "./PersonFacts";
import { PersonJobs } from "./PersonJobs";
import { placeWords, type Shown } from "./peopleSet";
import { answeredForWords } from "./toldWords";
import { type People, usePersonPlace } from "./usePeople";

const words = texts.people.panel;

interface PersonPanelProps {
  view: SearchView;
  people: People;
  /** Made-up people of the sample workspace: never said to be Apollo's. */
  sample: boolean;
  /** Opens the enrichment of one person, or of the company they work at. */
  onEnrich: (what: EnrichWhat, name: string, id: string) => void;
}

export const PersonPanel = memo(function PersonPanel({ view, people, sample, onEnrich }: PersonPanelProps) {
  const [address, setAddress] = useAddress();
  const backend = useBackend();
  const id = address.person;
  const asked = useQuery({
    queryKey: ["workspace", view.workspace, "people", "person", id],
    enabled: id !== null,
    queryFn: () => (id === null ? null : backend.person(view.workspace, id)),
  });
  const place = usePersonPlace(view, people, id);
  // What the table shows of somebody is there at once; who told it comes with the rest.
  const row = people.loaded.find((one) => one.id === id);
  const details = asked.data ?? (row ? { person: row, facts: [], jobs: [], company: [], answered_for: [] } : null);
  if (id === null || !details) return null;

  const go = (to: string | null | undefined) => {
    if (to) void setAddress({ person: to }, { history: "replace" });
  };
  const leave = () => {
    void setAddress({ person: null });
    document.querySelector<HTMLElement>('#people [tabindex="0"]')?.focus();
  };
  function pressed(event: KeyboardEvent) {
    const action = actionOf(event, "person");
    if (action === "leave") leave();
    else if (action === "next") go(place?.next);
    else if (action === "previous") go(place?.previous);
    else return;
    event.preventDefault();
  }

  const { person } = details;
  const { known, shortened } = nameParts(person);
  return (
    <aside
      id="person-panel"
      tabIndex={-1}
      aria-label={words.title(fullName(person))}
      onKeyDown={pressed}
      className="flex w-[clamp(18rem,round(24vw,1px),22rem)] shrink-0 flex-col border-l border-line bg-pane outline-none max-md:absolute max-md:inset-y-0 max-md:right-0 max-md:z-10 max-md:shadow-pop"
    >
      <div className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-2">
        <Where place={place} shown={people.shown} />
        <IconButton label={words.next(keyOf("next"))} off={!place?.next} onClick={() => go(place?.next)}>
          <ChevronDown size={15} aria-hidden />
        </IconButton>
        <IconButton
          label={words.previous(keyOf("previous"))}
          off={!place?.previous}
          onClick={() => go(place?.previous)}
        >
          <ChevronUp size={15} aria-hidden />
        </IconButton>
        <IconButton label={words.close} onClick={leave}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div role="group" aria-label={words.facts} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
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
        <Button className="mt-2 h-6 text-sm" onClick={() => onEnrich("people", fullName(person), person.id)}>
          <BadgePlus size={13} aria-hidden />
          {person.source === "enrichment" ? words.enrichMore : words.enrich}
        </Button>
        {details.answered_for.length > 0 && (
          <p className="mt-2 rounded-md border border-line bg-bg px-3 py-2 text-sm break-words text-ink-2" dir="auto">
            {answeredForWords(details.answered_for)}
          </p>
        )}
        <PersonJobs details={details} sample={sample} />
        <PersonFacts details={details} sample={sample} />
        <CompanyFacts
          details={details}
          sample={sample}
          onEnrich={() => onEnrich("companies", person.organization_name ?? fullName(person), person.id)}
        />
      </div>
      <div className="flex gap-3 border-t border-line px-4 py-2 text-sm text-ink-3" aria-hidden>
        <span>{words.nextKey}</span>
        <span>{words.previousKey}</span>
        <span>{words.closeKey}</span>
      </div>
    </aside>
  );
});

function Where({ place, shown }: { place: PersonPlace | null; shown: Shown }) {
  return (
    <span className="flex-1 truncate px-1 text-sm text-ink-3">
      {place ? placeWords(place.at, place.total, shown) : texts.people.places.none}
    </span>
  );
}
