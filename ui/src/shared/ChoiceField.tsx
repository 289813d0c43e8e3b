// One of a few values, all in sight: radio buttons in a row, each with a few words of its own.
import { useId } from "react";

interface ChoiceFieldProps<T extends string> {
  label: string;
  choices: readonly { value: T; name: string; about?: string }[];
  value: T;
  onChange: (value: T) => void;
}

export function ChoiceField<T extends string>({ label, choices, value, onChange }: ChoiceFieldProps<T>) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium text-ink-2">{label}</legend>
      <div className="flex flex-col gap-0.5">
        {choices.map((one) => (
          <label key={one.value} className="flex items-baseline gap-2 py-0.5">
            <input
              type="radio"
              name={name}
              value={one.value}
              checked={value === one.value}
              onChange={() => onChange(one.value)}
              className="translate-y-0.5"
            />
            <span className="min-w-0">
              {one.name}
              {one.about && <span className="text-ink-3"> · {one.about}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
