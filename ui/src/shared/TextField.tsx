// A line of text with its label, hint and what is wrong with it, which is brought into sight when it comes.
import { type ComponentProps, useEffect, useId, useRef } from "react";
import { FieldNotes } from "./FieldNotes";

type TextFieldProps = ComponentProps<"input"> & { label: string; hint?: string; error?: string };

export function TextField({ label, hint, error, className = "", id: given, ...rest }: TextFieldProps) {
  const own = useId();
  const id = given ?? own;
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) field.current?.scrollIntoView({ block: "nearest" });
  }, [error]);
  const about = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div ref={field} className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-ink-2">
        {label}
      </label>
      <input
        id={id}
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={about || undefined}
        className="h-8 w-full rounded-md border border-line-strong bg-raised px-2 text-ink aria-invalid:border-stop"
        {...rest}
      />
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  );
}
