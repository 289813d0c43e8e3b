// What the people in the table have in common: how many there are by seniority, country and so on, each with a small bar; a click narrows
// the table to them.
import { useState } from "react";
import type { FacetCount, FacetCounts, PeopleFacets } from "../backend/types";
import { number } from "../shared/number";
import { texts } from "../texts/texts";
import { choicesOf, valueWords } from "./facetWords";
import { useNarrow } from "./useNarrow";

const words = texts.people.narrow;

/** So many values of a facet are in sight until more are asked for. */
const few = 7;

interface FacetPaneProps {
  /** Null until they are counted. */
  facets: PeopleFacets | null;
  sample: boolean;
}

export function FacetPane({ facets, sample }: FacetPaneProps) {
  // What nothing is known of says nothing.
  const told = facets?.facets.filter(({ values }) => values.some(({ value }) => value !== null)) ?? [];
  return (
    <section
      aria-label={words.title}
      aria-busy={facets === null || undefined}
      className="flex w-56 shrink-0 flex-col border-r border-line bg-pane"
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div role="group" aria-label={words.facets} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-3 py-2">
        {told.map((one) => (
          <OneFacet key={one.facet} counts={one} sample={sample} />
        ))}
        {facets !== null && told.length === 0 && <p className="text-ink-3">{words.nothing}</p>}
      </div>
    </section>
  );
}

function OneFacet({ counts, sample }: { counts: FacetCounts; sample: boolean }) {
  const { facet, values } = counts;
  const { only, choose } = useNarrow();
  const [all, setAll] = useState(false);
  const chosen = choicesOf(only).find((one) => one.facet === facet)?.values ?? [];
  const shown = all ? values : values.filter(({ value }, at) => at < few || chosen.includes(value));
  const most = Math.max(1, ...values.map(({ people }) => people));
  return (
    <fieldset className="mb-3 min-w-0">
      <legend className="mb-0.5 text-sm font-medium text-ink-2">{texts.people.facets[facet]}</legend>
      {shown.map((count) => (
        <Value
          key={count.value}
          name={valueWords(facet, count.value, sample)}
          count={count}
          share={count.people / most}
          chosen={chosen.includes(count.value)}
          onChoose={() => choose(facet, count.value)}
        />
      ))}
      {values.length > shown.length && (
        <button type="button" className="rounded-md px-1 text-sm text-accent" onClick={() => setAll(true)}>
          {words.more(values.length - shown.length)}
        </button>
      )}
    </fieldset>
  );
}

interface ValueProps {
  name: string;
  count: FacetCount;
  /** Of the most frequent value of its facet, from 0 to 1. */
  share: number;
  chosen: boolean;
  onChoose: () => void;
}

function Value({ name, count, share, chosen, onChoose }: ValueProps) {
  return (
    <label className="relative flex h-6 items-center gap-2 overflow-hidden rounded-md px-1 hover:bg-hover">
      <span
        aria-hidden
        style={{ width: `${share * 100}%` }}
        className="absolute inset-y-0.5 left-0 rounded-sm bg-skeleton forced-colors:border"
      />
      <input type="checkbox" checked={chosen} onChange={onChoose} className="relative" />
      <span
        className={`relative min-w-0 flex-1 truncate ${count.value === null ? "text-ink-3" : ""}`}
        dir="auto"
        title={name}
      >
        {name}
      </span>
      <span className="relative shrink-0 text-sm text-ink-2">{number(count.people)}</span>
    </label>
  );
}
