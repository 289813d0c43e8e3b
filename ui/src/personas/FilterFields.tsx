// The six filters of a persona, each with the way of choosing that its values ask for.
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import type { FiltersInput, Vocabulary } from "../backend/types";
import { Button } from "../shared/Button";
import { ChipField } from "../shared/ChipField";
import { TextField } from "../shared/TextField";
import { ToggleField } from "../shared/ToggleField";
import { capital, seniorityWords, sizeWords } from "../shared/words";
import { industryOffers, locationOffers, titleOffers } from "./titleOptions";

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
  const industries = useCallback(
    (typed: string) => industryOffers(typed, vocabulary.industries, filters.industries),
    [vocabulary, filters.industries],
  );
  const locations = useCallback(
    (typed: string) => locationOffers(typed, vocabulary.locations, filters.locations),
    [vocabulary, filters.locations],
  );
  return (
    <>
      <ChipField
        label="Job titles"
        placeholder="CMO, Head of Sales…"
        free
        values={filters.titles}
        onChange={(values) => onChange({ titles: values })}
        offersFor={titles}
        error={errorOf("titles")}
      />
      <ToggleField
        label="Seniorities"
        choices={vocabulary.seniorities}
        labelOf={seniorityWords}
        values={filters.seniorities}
        onChange={(values) => onChange({ seniorities: values })}
        error={errorOf("seniorities")}
      />
      <ChipField
        label="Locations"
        placeholder="Germany, or a city"
        free
        values={filters.locations}
        onChange={(values) => onChange({ locations: values })}
        offersFor={locations}
        error={errorOf("locations")}
      />
      <ChipField
        label="Industries"
        hint="An unofficial filter of Apollo's: check that the number of matches changes with it."
        placeholder="Computer software…"
        values={filters.industries}
        onChange={(values) => onChange({ industries: values })}
        offersFor={industries}
        labelOf={capital}
        error={errorOf("industries")}
      />
      <ToggleField
        label="Company sizes (people)"
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

/** A range of one's own: "from" alone means that many and more. */
function CustomSize({ onAdd }: { onAdd: (size: string) => void }) {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const low = Number(from);
  const high = to === "" ? null : Number(to);
  const wrong =
    from === "" && to === ""
      ? ""
      : !Number.isInteger(low) || low < 1
        ? "From: a whole number, 1 or more."
        : high !== null && (!Number.isInteger(high) || high < low)
          ? "To: a whole number, not below “from”."
          : "";
  const add = () => {
    if (from === "" || wrong !== "") return;
    onAdd(high === null ? String(low) : `${low},${high}`);
    setFrom("");
    setTo("");
  };
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  };
  const box = "h-6 w-16 rounded-md border border-line-strong bg-raised px-1.5 text-ink";
  return (
    <div
      role="group"
      aria-label="Company size of your own"
      className="mt-2 flex items-center gap-1.5 text-sm text-ink-2"
    >
      <label className="flex items-center gap-1.5">
        from
        <input
          value={from}
          inputMode="numeric"
          aria-label="From, people"
          onChange={(event) => setFrom(event.target.value.trim())}
          onKeyDown={onEnter}
          className={box}
        />
      </label>
      <label className="flex items-center gap-1.5">
        to
        <input
          value={to}
          inputMode="numeric"
          placeholder="any"
          aria-label="To, people"
          onChange={(event) => setTo(event.target.value.trim())}
          onKeyDown={onEnter}
          className={box}
        />
      </label>
      <Button className="h-6 text-sm" disabled={from === "" || wrong !== ""} onClick={add}>
        Add range
      </Button>
      <span role="status" className="sr-only">
        {wrong}
      </span>
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
      label="Keywords"
      hint="One text, matched literally; it rules out many people."
      value={text}
      error={error}
      onChange={(event) => setText(event.target.value)}
      onBlur={now}
    />
  );
}
