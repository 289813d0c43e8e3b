// The status bar's sentences: the service, the calls of the hour, the endpoint, the cache. Calls and credits are never mixed.
import type {
  ApolloWindow,
  BreakerStatus,
  CacheStatus,
  Endpoint,
  EndpointClass,
  LimiterStatus,
  Reason,
} from "../backend/types";
import { clock, clockSince, isAhead } from "../shared/time";
import { bytes } from "../shared/words";
import { textOf, texts } from "../texts/texts";

const words = texts.shell;

type ServiceTone = "good" | "unknown" | "caution" | "stop";

interface Service {
  breaker: BreakerStatus;
  /** What answers the next search before it is sent. */
  gate: Reason | null;
  sample: boolean;
  keyless: boolean;
  /** Whether Apollo answered this key since the app started. */
  answered: boolean;
  /** Why the last try of what is shown brought nothing new, if it did not. */
  reason: Reason | null;
}

const notReached = new Set(["unreachable", "barred", "connection_lost", "timed_out", "unavailable"]);

/** How the service stands. It is never called well before it was asked, nor right after it could not be reached. */
export function serviceWords(service: Service, now: number): { text: string; tone: ServiceTone } {
  const { breaker, gate, sample, keyless, answered, reason } = service;
  const say = words.service;
  const name = sample ? say.sample : say.apollo;
  if (breaker.offline_since) return { text: say.offlineSince(clockSince(breaker.offline_since, now)), tone: "caution" };
  if (breaker.state === "open")
    return {
      text: breaker.retry_at ? say.pausedUntil(name, clock(breaker.retry_at, now)) : say.paused(name),
      tone: "stop",
    };
  if (breaker.state === "half_open") return { text: say.triedAgain(name), tone: "caution" };
  if (reason?.code === "offline") return { text: say.offline, tone: "caution" };
  if (reason && notReached.has(reason.code)) return { text: say.noAnswer(name), tone: "caution" };
  if (gate) return { text: textOf(say.shut, gate.code, say.shutOther(name)), tone: "caution" };
  if (!sample && keyless) return { text: say.keyless, tone: "caution" };
  if (!sample && !answered) return { text: say.notAsked, tone: "unknown" };
  return { text: sample ? name : say.ok, tone: "good" };
}

export function callsWords(limiter: LimiterStatus, now: number): string {
  const left = words.calls.left(limiter.remaining, limiter.limit);
  if (isAhead(limiter.lost_until, now)) return words.calls.onHold(clock(limiter.lost_until, now));
  if (isAhead(limiter.paused_until, now))
    // First what stops the calls: the end may be cut.
    return `${words.calls.ownLimitReached(clock(limiter.paused_until, now))} · ${left}`;
  return limiter.next_frees_at ? `${left} · ${words.calls.nextFrees(clock(limiter.next_frees_at, now))}` : left;
}

export function endpointWords(endpoint: Endpoint): string {
  return endpoint === "mixed_people/search" ? words.endpoint.full : words.endpoint.free;
}

export function cacheWords(cache: CacheStatus): string {
  return cache.entries === 0 ? words.cache.empty : words.cache.holds(cache.entries, bytes(cache.bytes));
}

/** What Apollo counts together: "people search". */
export function kindWords(kind: EndpointClass): string {
  return words.limits.kinds[kind];
}

/** One of Apollo's own limits, which all who share a key share. */
export function windowWords(one: ApolloWindow, now: number): string {
  const { told, periods } = words.limits;
  return told(kindWords(one.class), one.used, one.limit, periods[one.period], clock(one.resets_at, now));
}
