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
import { number } from "../shared/number";
import { clock, clockSince, isAhead } from "../shared/time";
import { bytes, plural } from "../shared/words";

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

const shut = new Map([
  ["key_rejected", "Apollo refuses the key"],
  ["out_of_credits", "No Apollo credits left"],
  ["capped", "A cap of credits is reached"],
]);

const notReached = new Set(["unreachable", "barred", "connection_lost", "timed_out", "unavailable"]);

/** How the service stands. It is never called well before it was asked, nor right after it could not be reached. */
export function serviceWords(service: Service, now: number): { text: string; tone: ServiceTone } {
  const { breaker, gate, sample, keyless, answered, reason } = service;
  const name = sample ? "Sample data (stand-in)" : "Apollo";
  if (breaker.offline_since)
    return { text: `No network since ${clockSince(breaker.offline_since, now)}`, tone: "caution" };
  if (breaker.state === "open")
    return {
      text: `${name} paused${breaker.retry_at ? `, next try ${clock(breaker.retry_at, now)}` : ""}`,
      tone: "stop",
    };
  if (breaker.state === "half_open") return { text: `${name} being tried again`, tone: "caution" };
  if (reason?.code === "offline") return { text: "No network", tone: "caution" };
  if (reason && notReached.has(reason.code)) return { text: `${name} did not answer`, tone: "caution" };
  if (gate) return { text: shut.get(gate.code) ?? `${name} refuses this search`, tone: "caution" };
  if (!sample && keyless) return { text: "No Apollo key yet", tone: "caution" };
  if (!sample && !answered) return { text: "Apollo not asked yet", tone: "unknown" };
  return { text: sample ? name : "Apollo ok", tone: "good" };
}

export function callsWords(limiter: LimiterStatus, now: number): string {
  const left = `${number(limiter.remaining)} of ${number(limiter.limit)} calls left this hour`;
  if (isAhead(limiter.lost_until, now)) return `calls on hold until ${clock(limiter.lost_until, now)}`;
  if (isAhead(limiter.paused_until, now))
    // First what stops the calls: the end may be cut.
    return `Apollo's own limit is reached until ${clock(limiter.paused_until, now)} · ${left}`;
  return limiter.next_frees_at ? `${left} · next frees ${clock(limiter.next_frees_at, now)}` : left;
}

export function endpointWords(endpoint: Endpoint): string {
  return endpoint === "mixed_people/search" ? "full search" : "free search";
}

export function cacheWords(cache: CacheStatus): string {
  return cache.entries === 0 ? "cache empty" : `cache ${plural(cache.entries, "answer")}, ${bytes(cache.bytes)}`;
}

/** What Apollo counts together: "people search". */
export function kindWords(kind: EndpointClass): string {
  return kind.replaceAll("_", " ");
}

/** One of Apollo's own limits, which all who share a key share. */
export function windowWords(one: ApolloWindow, now: number): string {
  return `Apollo's own limit for ${kindWords(one.class)}: ${number(one.used)} of ${plural(one.limit, "call")} this ${one.period}, until ${clock(one.resets_at, now)}.`;
}
