// One fact in the panel: its name, who told it and when, and the value; what nobody told is said to be so.
import type { ReactNode } from "react";
import type { FactSource } from "../backend/types";
import { useNow } from "../shared/useNow";
import { toldWords } from "./toldWords";

interface FactLineProps {
  name: string;
  none: string;
  sample: boolean;
  /** Who told it, and when. */
  told?: { source: FactSource; told_at: string } | undefined;
  text?: string | null | undefined;
  children?: ReactNode;
}

export function Fact({ name, none, sample, told, text, children }: FactLineProps) {
  const now = useNow();
  return (
    <div>
      <dt className="flex items-baseline justify-between gap-2 text-sm text-ink-3">
        <span className="shrink-0">{name}</span>
        {told && (
          <span className="truncate" title={new Date(told.told_at).toLocaleString()}>
            {toldWords(told.source, told.told_at, sample, now)}
          </span>
        )}
      </dt>
      <dd className="flex flex-col break-words" dir="auto">
        {children ??
          (text?.trim() ? <span className="select-text">{text}</span> : <span className="text-ink-3">{none}</span>)}
      </dd>
    </div>
  );
}
