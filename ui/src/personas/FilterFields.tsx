// The six filters of a persona, each with the way of choosing that its values ask for.
import { type FocusEvent, type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from "react";
import type { FiltersInput, Vocabulary } from "../backend/types";
import { Button } from "../shared/Button";
import { ChipField } from "../shared/ChipField";
import { FieldNotes } from "../shared/FieldNotes";
import { TextField } from "../shared/TextField";
import { ToggleField } from "../shared/ToggleField";
import { capital, seniorityWords, sizeWords } from "../shared/words";
import { texts } from "../texts/texts";
import { industryOffers, locationOffers, titleOffers } from "./titleOptions";
import { useReportUnfinished } from "./unfinished";

const words = texts.personas.fields;
const own = texts.personas.size;

interface FilterFieldsProps {
  filters: FiltersInput;
  vocabulary: Vocabulary;
  onChange: (part: Partial<FiltersInput>) => void;
  errorOf: (field: string) => string;
}

export function FilterFields({ filters, vocabulary, onChange, errorOf }: FilterFieldsProps) {
  const titles = useCallback(
    (typed: string) => titleOffers(typed, vocabulary, filters.titles),
    [vocabulary, filters.titles],
  );
  const locations = useCallback(
    (typed: string) => locationOffers(typed, vocabulary.locations, filters.locations),
    [vocabulary, filters.locations],
  );
  return (
    <>
      <ChipField
        label={words.titles}
        placeholder={words.titlesPlaceholder}
        free
        values={filters.titles}
        onChange={(values) => onChange({ titles: values })}
        offersFor={titles}
        error={errorOf("titles")}
      />
      <ToggleField
        label={words.seniorities}
        choices={vocabulary.seniorities}
        labelOf={seniorityWords}
        values={filters.seniorities}
        onChange={(values) => onChange({ seniorities: values })}
        error={errorOf("seniorities")}
      />
      <ChipField
        label={words.locations}
        placeholder={words.locationsPlaceholder}
        free
        values={filters.locations}
        onChange={(values) => onChange({ locations: values })}
        offersFor={locations}
        error={errorOf("locations")}
      />
      <Industries
        values={filters.industries}
        all={vocabulary.industries}
        onChange={(values) => onChange({ industries: values })}
        error={errorOf("industries")}
      />
      <ToggleField
        label={words.sizes}
        choices={vocabulary.company_sizes}
        labelOf={sizeWords}
        values={filters.company_sizes}
        onChange={(values) => onChange({ company_sizes: values })}
        error={errorOf("company_sizes")}
      >
        <CustomSize
          onAdd={(size) =>
            filters.company_sizes.includes(size) || onChange({ company_sizes: [...filters.company_sizes, size] })
          }
        />
      </ToggleField>
      <Keywords value={filters.keywords} onChange={(keywords) => onChange({ keywords })} error={errorOf("keywords")} />
    </>
  );
}

interface IndustriesProps {
  values: string[];
  all: Vocabulary["industries"];
  onChange: (values: string[]) => void;
  error: string;
}

/** A closed list: Apollo is asked by its ids, so a word that is not in it cannot be searched. */
function Industries({ values, all, onChange, error }: IndustriesProps) {
  const [left, setLeft] = useState("");
  const unknown = left === "" ? "" : words.unknownIndustry(left);
  useReportUnfinished("industries", unknown);
  const offers = useCallback((typed: string) => industryOffers(typed, all, values), [all, values]);
  return (
    <ChipField
      label={words.industries}
      hint={words.industriesHint}
      placeholder={words.industriesPlaceholder}
      values={values}
      onChange={onChange}
      offersFor={offers}
      labelOf={capital}
      error={unknown || error}
      onLeft={setLeft}
    />
  );
}

/** What "from" and "to" say: a size, or what is wrong with which of them; neither while nothing is written. */
function ownSize(from: string, to: string): { size?: string; wrong?: "from" | "to"; sentence?: string } {
  if (from === "" && to === "") return {};
  const whole = (text: string) => /^\d{1,9}$/.test(text) && Number(text) >= 1;
  if (!whole(from)) return { wrong: "from", sentence: own.wrongFrom };
  if (to === "") return { size: String(Number(from)) };
  if (!whole(to) || Number(to) < Number(from)) return { wrong: "to", sentence: own.wrongTo(Number(from)) };
  return { size: `${Number(from)},${Number(to)}` };
}

/** A range of one's own: "from" alone means that many and more. It is taken when it is left, as any other field. */
function CustomSize({ onAdd }: { onAdd: (size: string) => void }) {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [left, setLeft] = useState(false);
  const id = useId();
  const { size, wrong, sentence = "" } = ownSize(from, to);
  const told = left ? sentence : "";
  useReportUnfinished("company_sizes", sentence);
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What is wrong is to be seen, also where the field is the last one above the buttons.
    if (told !== "") group.current?.scrollIntoView({ block: "nearest" });
  }, [told]);
  const add = () => {
    setLeft(true);
    if (size === undefined) return;
    onAdd(size);
    setFrom("");
    setTo("");
    setLeft(false);
  };
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    // With nothing written it saves the persona, as in any other field.
    if (from !== "" || to !== "") event.preventDefault();
    add();
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) add();
  };
  const box = (part: "from" | "to") => ({
    inputMode: "numeric" as const,
    "aria-label": part === "from" ? own.fromLabel : own.toLabel,
    "aria-invalid": told !== "" && wrong === part ? true : undefined,
    "aria-describedby": told !== "" && wrong === part ? `${id}-error` : undefined,
    onKeyDown: onEnter,
    className: "h-6 w-16 rounded-md border border-line-strong bg-raised px-1.5 text-ink aria-invalid:border-stop",
  });
  return (
    <div ref={group} role="group" aria-label={own.title} onBlur={onBlur} className="mt-2 scroll-my-4">
      <div className="flex flex-wrap items-center gap-1.5 text-sm text-ink-2">
        <label className="flex items-center gap-1.5">
          {own.from}
          <input value={from} onChange={(event) => setFrom(event.target.value.trim())} {...box("from")} />
        </label>
        <label className="flex items-center gap-1.5">
          {own.to}
          <input
            value={to}
            placeholder={own.any}
            onChange={(event) => setTo(event.target.value.trim())}
            {...box("to")}
          />
        </label>
        <Button className="h-6 text-sm" off={from === "" && to === ""} onClick={add}>
          {own.add}
        </Button>
      </div>
      <FieldNotes id={id} error={told} />
    </div>
  );
}

const pauseMs = 300;

/** Free text goes into the address a moment after the last key: WebKit allows 100 changes in 10 s. */
function Keywords({ value, onChange, error }: { value: string; onChange: (value: string) => void; error: string }) {
  const [text, setText] = useState(value);
  const told = useRef(value);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    // Somebody else changed it (back, revert, another persona).
    if (value !== told.current) {
      told.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    if (text === told.current) return;
    const timer = setTimeout(() => {
      told.current = text;
      tell.current(text);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const now = () => {
    if (text === told.current) return;
    told.current = text;
    onChange(text);
  };
  return (
    <TextField
      label={words.keywords}
      hint={words.keywordsHint}
      value={text}
      error={error}
      onChange={(event) => setText(event.target.value)}
      onBlur={now}
      onKeyDown={(event) => event.key === "Enter" && now()}
    />
  );
}
