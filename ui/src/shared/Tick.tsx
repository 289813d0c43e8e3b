// A box to tick, with its words.
import type { ReactNode } from "react";

interface TickProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

export function Tick({ checked, onChange, children }: TickProps) {
  return (
    <label className="flex items-baseline gap-2 py-0.5">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="translate-y-0.5"
      />
      <span>{children}</span>
    </label>
  );
}
