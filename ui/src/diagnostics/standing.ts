// How calls and service stand, a line each: what is left, when more comes, Apollo's own limits, the breaker, the network.
import type { Reason, Status, Workspace } from "../backend/types";
import { clock, clockSince, isAhead } from "../shared/time";
import { serviceWords, windowWords } from "../shell/statusWords";
import { texts } from "../texts/texts";

const words = texts.diagnostics.standing;
const breakerTexts = texts.diagnostics.breaker;

interface Line {
  name: string;
  words: string;
}

export function standing(workspace: Workspace, status: Status, reason: Reason | null, now: number): Line[] {
  const { limiter, breaker, gate, answered } = status;
  const keyless = status.key.state === "missing";
  const lines: Line[] = [
    { name: words.calls, words: words.callsLeft(limiter.remaining, limiter.limit) },
    {
      name: words.nextCall,
      words: limiter.next_frees_at ? words.nextCallFrees(clock(limiter.next_frees_at, now)) : words.allFree,
    },
  ];
  if (isAhead(limiter.lost_until, now))
    lines.push({ name: words.hold, words: words.holdUntil(clock(limiter.lost_until, now)) });
  if (isAhead(limiter.paused_until, now))
    lines.push({ name: words.pause, words: words.pauseUntil(clock(limiter.paused_until, now)) });
  if (limiter.apollo.length > 0)
    lines.push({ name: words.limits, words: limiter.apollo.map((one) => windowWords(one, now)).join(" ") });
  lines.push({
    name: words.service,
    words: serviceWords({ breaker, gate, sample: workspace.sample, keyless, answered, reason }, now).text,
  });
  lines.push({ name: breakerTexts.name, words: breakerWords(status, now) });
  lines.push({
    name: words.network,
    words: breaker.offline_since ? words.networkGone(clockSince(breaker.offline_since, now)) : words.networkFine,
  });
  return lines;
}

function breakerWords({ breaker }: Status, now: number): string {
  const { state, retry_at, reason } = breaker;
  if (state === "closed") return breakerTexts.closed;
  const paused = retry_at ? breakerTexts.openUntil(clock(retry_at, now)) : breakerTexts.open;
  const stands = state === "half_open" ? breakerTexts.halfOpen : paused;
  return reason ? `${stands} ${reason}` : stands;
}
