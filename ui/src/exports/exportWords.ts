// The price and the warnings of an export, before it is started; and the name its file is offered.
import type { ExportEstimate, LimiterStatus } from "../backend/types";
import { clock } from "../shared/time";
import { number, plural } from "../shared/words";

/** "≤ 43 calls · ≤ 43 credits", "no call". */
export function estimateWords(estimate: Pick<ExportEstimate, "calls_at_most" | "credits_at_most">): string {
  const calls = estimate.calls_at_most === 0 ? "no call" : `≤ ${plural(estimate.calls_at_most, "call")}`;
  return estimate.credits_at_most > 0 ? `${calls} · ≤ ${plural(estimate.credits_at_most, "credit")}` : calls;
}

/** How many of the hour's calls an export leaves for what is clicked: a tenth, and at least one. */
function keptForClicks(limit: number): number {
  return limit > 1 ? Math.max(1, Math.floor(limit / 10)) : 0;
}

/** What to know when the hour does not hold that many calls; empty when it does. */
export function shortOfCalls(
  estimate: Pick<ExportEstimate, "calls_at_most">,
  limiter: LimiterStatus,
  now: number,
): string {
  if (estimate.calls_at_most <= limiter.remaining - keptForClicks(limiter.limit)) return "";
  const frees = limiter.next_frees_at ? ` The next one frees at ${clock(limiter.next_frees_at, now)}.` : "";
  return `This may need ${plural(estimate.calls_at_most, "call")}; ${number(limiter.remaining)} of ${number(limiter.limit)} are left this hour.${frees} When they are used the export waits and goes on by itself; one call in ten of the hour is left for what you click yourself.`;
}

/** A file name that every system takes: "Sales leaders, DACH 2026-11-23.csv". */
export function suggestedName(title: string, day: Date): string {
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const plain = title
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  const short = [...plain].slice(0, 80).join("").trim();
  return `${short === "" ? "People" : short} ${date}.csv`;
}
