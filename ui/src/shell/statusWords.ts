// The status bar's sentences: the service, the calls of the hour, the endpoint, the cache. Calls and credits are never mixed.
import type { ApolloWindow, BreakerStatus, CacheStatus, Endpoint, LimiterStatus } from "../backend/types";
import { clock } from "../shared/time";
import { bytes, number, plural } from "../shared/words";

export function serviceWords(breaker: BreakerStatus, sample: boolean, keyless: boolean, now: number): string {
  const name = sample ? "Sample data (stand-in)" : "Apollo";
  switch (breaker.state) {
    case "closed":
      return sample ? name : keyless ? "No Apollo key yet" : "Apollo ok";
    case "open":
      return `${name} paused${breaker.retry_at ? `, next try ${clock(breaker.retry_at, now)}` : ""}`;
    case "half_open":
      return `${name} being tried again`;
  }
}

export function callsWords(limiter: LimiterStatus, now: number): string {
  const left = `${number(limiter.remaining)} of ${number(limiter.limit)} calls left this hour`;
  if (limiter.paused_until && Date.parse(limiter.paused_until) > now)
    return `${left} · Apollo asks to wait until ${clock(limiter.paused_until, now)}`;
  return limiter.next_frees_at ? `${left} · next frees ${clock(limiter.next_frees_at, now)}` : left;
}

export function endpointWords(endpoint: Endpoint): string {
  return endpoint === "mixed_people/search" ? "full search" : "free search";
}

export function cacheWords(cache: CacheStatus): string {
  return cache.entries === 0 ? "cache empty" : `cache ${plural(cache.entries, "answer")}, ${bytes(cache.bytes)}`;
}

/** One of Apollo's own limits, which all who share a key share. */
export function windowWords(one: ApolloWindow, now: number): string {
  const what = one.class.replaceAll("_", " ");
  return `Apollo's own limit for ${what}: ${number(one.used)} of ${plural(one.limit, "call")} this ${one.period}, until ${clock(one.resets_at, now)}.`;
}
