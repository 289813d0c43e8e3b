// One of several choices, with its words beside it.
import type { ReactNode } from "react";

interface ChoiceProps {
  name: string;
  checked: boolean;
  onChoose: () => void;
  children: ReactNode;
}

export function Choice({ name, checked, onChoose, children }: ChoiceProps) {
  return (
    <label className="flex items-baseline gap-2 py-0.5">
      <input type="radio" name={name} checked={checked} onChange={onChoose} className="translate-y-0.5" />
      <span>{children}</span>
    </label>
  );
}
