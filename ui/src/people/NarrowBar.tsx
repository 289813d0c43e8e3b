// What narrows the table, over it: each word and value can be taken away again, and all at once.
import { X } from "lucide-react";
import { Button } from "../shared/Button";
import { texts } from "../texts/texts";
import { choicesOf, valueWords } from "./facetWords";
import { useNarrow } from "./useNarrow";

const words = texts.people.narrowed;

interface NarrowBarProps {
  /** How many are left; null until it is known. */
  total: number | null;
  sample: boolean;
}

export function NarrowBar({ total, sample }: NarrowBarProps) {
  const { find, only, narrowed, type, choose, clear } = useNarrow();
  if (!narrowed) return null;
  return (
    <section
      aria-label={words.title}
      className="flex min-h-8 shrink-0 flex-wrap items-center gap-1.5 border-t border-line bg-pane px-3 py-1 text-sm"
    >
      <span role="status" className="mr-1 font-medium">
        {total === null ? "" : words.found(total)}
      </span>
      {find.trim() !== "" && <Chip what={words.wordsTyped(find.trim())} onRemove={() => type("")} />}
      {choicesOf(only).flatMap(({ facet, values }) =>
        values.map((value) => (
          <Chip
            key={`${facet}:${value}`}
            what={words.value(texts.people.facets[facet], valueWords(facet, value, sample))}
            onRemove={() => choose(facet, value)}
          />
        )),
      )}
      <Button kind="quiet" className="ml-auto h-6! text-sm" onClick={clear}>
        {words.showAll}
      </Button>
    </section>
  );
}

function Chip({ what, onRemove }: { what: string; onRemove: () => void }) {
  return (
    <span className="flex h-6 max-w-full items-center rounded-md bg-active pl-2">
      <span className="truncate" dir="auto">
        {what}
      </span>
      <button
        type="button"
        aria-label={words.remove(what)}
        onClick={onRemove}
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-ink-2 hover:text-ink"
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}
