// The buttons of the window: primary for what spends or saves, plain for the rest, and icon buttons that always carry a name.
import type { ComponentProps, MouseEvent, ReactNode } from "react";

const base =
  "inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md px-2.5 whitespace-nowrap select-none disabled:opacity-50 aria-disabled:opacity-50";
const kinds = {
  primary:
    "bg-accent-fill font-medium text-white hover:enabled:bg-accent-fill-2 focus-visible:outline-offset-2 forced-colors:border",
  plain:
    "border border-line bg-raised text-ink hover:enabled:bg-hover aria-pressed:border-accent aria-pressed:bg-active aria-pressed:font-medium",
  quiet: "text-ink-2 hover:enabled:bg-hover hover:enabled:text-ink",
  danger: "border border-line bg-raised text-stop hover:enabled:bg-stop-soft",
};

/** `off`: cannot be pressed now. Unlike `disabled` it keeps the focus, so that whoever pressed it last is not thrown out. */
type ButtonProps = ComponentProps<"button"> & { kind?: keyof typeof kinds; off?: boolean };

function buttonClass(kind: keyof typeof kinds = "plain", more = ""): string {
  return `${base} ${kinds[kind]} ${more}`;
}

function unless(off: boolean | undefined, onClick: ComponentProps<"button">["onClick"]) {
  if (!off) return onClick;
  return (event: MouseEvent) => event.preventDefault();
}

export function Button({ kind = "plain", className = "", type = "button", off, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={buttonClass(kind, className)}
      aria-disabled={off || undefined}
      onClick={unless(off, onClick)}
      {...rest}
    />
  );
}

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title"> & {
  label: string;
  off?: boolean;
  children: ReactNode;
};

/** A button that is only a picture: `label` is its name and its tooltip. */
export function IconButton({ label, className = "", type = "button", off, onClick, ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      aria-disabled={off || undefined}
      onClick={unless(off, onClick)}
      className={`inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-2 hover:enabled:bg-hover hover:enabled:text-ink disabled:opacity-40 aria-disabled:opacity-40 ${className}`}
      {...rest}
    />
  );
}
