// How calls and service stand, a line each: what is left, when more comes, Apollo's own limits, the breaker, the network.
import type { Reason, Status, Workspace } from "../backend/types";
import { number } from "../shared/number";
import { clock, clockSince, isAhead } from "../shared/time";
import { serviceWords, windowWords } from "../shell/statusWords";

interface Line {
  name: string;
  words: string;
}

export function standing(workspace: Workspace, status: Status, reason: Reason | null, now: number): Line[] {
  const { limiter, breaker, gate, answered } = status;
  const keyless = status.key.state === "missing";
  const lines: Line[] = [
    { name: "Calls", words: `${number(limiter.remaining)} of ${number(limiter.limit)} left this hour` },
    {
      name: "Next call",
      words: limiter.next_frees_at ? `one more frees at ${clock(limiter.next_frees_at, now)}` : "all are free",
    },
  ];
  if (isAhead(limiter.lost_until, now))
    lines.push({
      name: "On hold",
      words: `until ${clock(limiter.lost_until, now)}: the record of this hour's calls was lost`,
    });
  if (isAhead(limiter.paused_until, now))
    lines.push({ name: "Pause", words: `Apollo's own limit is reached until ${clock(limiter.paused_until, now)}` });
  if (limiter.apollo.length > 0)
    lines.push({ name: "Apollo's limits", words: limiter.apollo.map((one) => windowWords(one, now)).join(" ") });
  lines.push({
    name: "Service",
    words: serviceWords({ breaker, gate, sample: workspace.sample, keyless, answered, reason }, now).text,
  });
  lines.push({ name: "Breaker", words: breakerWords(status, now) });
  lines.push({
    name: "Network",
    words: breaker.offline_since ? `none since ${clockSince(breaker.offline_since, now)}` : "nothing wrong is known",
  });
  return lines;
}

function breakerWords({ breaker }: Status, now: number): string {
  if (breaker.state === "closed") return "closed: calls go through";
  const why = breaker.reason ? ` ${breaker.reason}` : "";
  if (breaker.state === "half_open") return `half open: one call tries whether Apollo answers again.${why}`;
  const next = breaker.retry_at ? `; next try at ${clock(breaker.retry_at, now)}` : "";
  return `open: calls are paused${next}.${why}`;
}
