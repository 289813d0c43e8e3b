// Until when a question that was refused would be refused again, so that its button can say so instead of offering a try in vain.
import type { Reason, Status } from "../backend/types";
import { isAhead } from "../shared/time";

/** The moment from which asking is worth it; nothing when it is now. The status knows better once it has changed: more calls an hour
 * were allowed, the breaker closed, the pause was taken back. */
export function pausedUntil(reason: Reason | null, status: Status | null, now: number): string | null {
  // Nothing at all is called while the record of calls is lost, whatever is asked.
  if (isAhead(status?.limiter.lost_until, now)) return status.limiter.lost_until;
  // With no calls left, every question would be refused.
  if (status?.limiter.remaining === 0 && isAhead(status.limiter.reset_at, now)) return status.limiter.reset_at;
  if (!reason || !isAhead(reason.reset_at, now)) return null;
  return status && !stillHolds(reason.code, status, now) ? null : reason.reset_at;
}

function stillHolds(code: string, { limiter, breaker }: Status, now: number): boolean {
  switch (code) {
    case "rate_limited":
      return limiter.remaining === 0;
    case "apollo_rate_limited":
      return isAhead(limiter.paused_until, now);
    case "breaker_open":
      return breaker.state === "open";
    default:
      return false;
  }
}
