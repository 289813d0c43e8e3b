// How far something is, as a bar in our own colours: WebKitGTK paints <progress> as the desktop likes.
interface ProgressBarProps {
  label: string;
  value: number;
  max: number;
  className?: string;
}

export function ProgressBar({ label, value, max, className = "" }: ProgressBarProps) {
  const part = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuenow={Math.min(value, max)}
      aria-valuemax={max}
      className={`h-1.5 overflow-hidden rounded-full bg-line forced-colors:border ${className}`}
    >
      <div className="h-full rounded-full bg-accent forced-colors:bg-[Highlight]" style={{ width: `${part * 100}%` }} />
    </div>
  );
}
