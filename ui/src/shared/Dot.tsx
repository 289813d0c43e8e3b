// A small round mark beside words that say the same: never alone.
import { memo } from "react";

type DotTone = "good" | "accent" | "caution" | "stop" | "unknown" | "muted";

const tones: Record<DotTone, string> = {
  good: "bg-good",
  accent: "bg-accent",
  caution: "bg-caution",
  stop: "bg-stop",
  unknown: "bg-line-strong",
  muted: "border border-line-strong",
};

export const Dot = memo(function Dot({ tone }: { tone: DotTone }) {
  const filled = tone === "muted" ? "" : "forced-colors:bg-[CanvasText]";
  return <span aria-hidden className={`size-2 shrink-0 rounded-full ${filled} ${tones[tone]}`} />;
});
