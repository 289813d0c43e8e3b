// The price of a job and the warning about its calls, before it is started.
import type { ExportEstimate, LimiterStatus } from "../backend/types";
import { number } from "../shared/number";
import { clock } from "../shared/time";
import { plural } from "../shared/words";
import { texts } from "../texts/texts";

/** "≤ 43 calls · ≤ 43 credits", "no call"; of credits no more than the caps let be paid. */
export function estimateWords({ calls_at_most, payable }: Pick<ExportEstimate, "calls_at_most" | "payable">): string {
  const calls = calls_at_most === 0 ? "no call" : `≤ ${plural(calls_at_most, "call")}`;
  return payable > 0 ? `${calls} · ≤ ${texts.counted.credits(payable)}` : calls;
}

/** How many of the hour's calls an export leaves for what is clicked: a tenth, and at least one. */
function keptForClicks(limit: number): number {
  return limit > 1 ? Math.max(1, Math.floor(limit / 10)) : 0;
}

/** What to know when the hour does not hold that many calls of what is about to begin; empty when it does. */
export function shortOfCalls(what: string, calls: number, limiter: LimiterStatus, now: number): string {
  if (calls <= limiter.remaining - keptForClicks(limiter.limit)) return "";
  const frees = limiter.next_frees_at ? ` The next one frees at ${clock(limiter.next_frees_at, now)}.` : "";
  return `This may need ${plural(calls, "call")}; ${number(limiter.remaining)} of ${number(limiter.limit)} are left this hour.${frees} When they are used ${what} waits and goes on by itself; one call in ten of the hour is left for what you click yourself.`;
}
