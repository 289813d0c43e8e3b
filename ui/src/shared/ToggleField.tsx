// A short closed list, all of it in sight and in its own order: each value is pressed in or out.
import { type ReactNode, useId } from "react";
import { FieldNotes } from "./FieldNotes";

interface ToggleFieldProps {
  label: string;
  choices: readonly string[];
  labelOf: (value: string) => string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  error?: string;
  children?: ReactNode;
}

export function ToggleField({ label, choices, labelOf, values, onChange, error, children }: ToggleFieldProps) {
  const id = useId();
  const others = values.filter((value) => !choices.includes(value));
  const all = [...choices, ...others];
  function press(value: string) {
    const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
    onChange(all.filter((one) => next.includes(one)));
  }
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className="min-w-0">
      <legend className="mb-1 text-sm font-medium text-ink-2">{label}</legend>
      <div className="flex flex-wrap gap-1">
        {all.map((value) => (
          <button
            key={value}
            type="button"
            aria-pressed={values.includes(value)}
            onClick={(event) => {
              press(value);
              // A value of one's own goes away with its button: the focus stays in the field.
              if (others.includes(value)) event.currentTarget.parentElement?.querySelector("button")?.focus();
            }}
            className="h-6 rounded-md border border-line-strong px-2 text-ink-2 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-active aria-pressed:font-medium aria-pressed:text-ink"
          >
            {labelOf(value)}
          </button>
        ))}
      </div>
      {children}
      <FieldNotes id={id} error={error} />
    </fieldset>
  );
}
