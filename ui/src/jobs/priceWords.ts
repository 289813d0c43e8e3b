// The price of a job and the warning about its calls, before it is started.
import type { ExportEstimate, LimiterStatus } from "../backend/types";
import { clock } from "../shared/time";
import { texts } from "../texts/texts";

const words = texts.jobs;

/** "≤ 43 calls · ≤ 43 credits", "no call"; of credits no more than the caps let be paid. */
export function estimateWords({ calls_at_most, payable }: Pick<ExportEstimate, "calls_at_most" | "payable">): string {
  const { price } = words;
  const calls = calls_at_most === 0 ? price.noCall : price.calls(calls_at_most);
  return payable > 0 ? `${calls} · ${price.credits(payable)}` : calls;
}

/** How many of the hour's calls an export leaves for what is clicked: a tenth, and at least one. */
function keptForClicks(limit: number): number {
  return limit > 1 ? Math.max(1, Math.floor(limit / 10)) : 0;
}

/** What to know when the hour does not hold that many calls of what is about to begin; empty when it does. */
export function shortOfCalls(what: string, calls: number, limiter: LimiterStatus, now: number): string {
  const { limit, remaining, next_frees_at } = limiter;
  if (calls <= remaining - keptForClicks(limit)) return "";
  const { short } = words;
  const frees = next_frees_at ? [short.frees(clock(next_frees_at, now))] : [];
  return [short.mayNeed(calls, remaining, limit), ...frees, short.waits(what)].join(" ");
}
