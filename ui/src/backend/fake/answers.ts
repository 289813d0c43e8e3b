// How the fake answers one search: cache, then trouble, then breaker and limiter, then its made-up people. The same order and the
// same words as the app's core, as far as a window can tell.
import { toFailure } from "../failure";
import type { Answer, Endpoint, Failure, FiltersInput, Reason, SearchInput, Violation } from "../types";
import { type FakePerson, matching, stubOf } from "./people";
import { type CacheEntry, callsInWindow, endpointInUse, type Trouble, type WorkspaceState } from "./state";
import { vocabulary } from "./vocabulary";

const hour = 3_600_000;
const day = 24 * hour;

export function failure(code: string, message: string, more: Record<string, unknown> = {}): Failure {
  return toFailure({ code, message, ...more });
}

export function badInput(violations: Violation[]): Failure {
  return failure("bad_input", violations.map((one) => one.message).join(" "), { violations });
}

export function violationsIn(filters: FiltersInput): Violation[] {
  const found: Violation[] = [];
  const values = [
    ...filters.titles,
    ...filters.seniorities,
    ...filters.industries,
    ...filters.locations,
    ...filters.company_sizes,
  ];
  if (values.length === 0 && filters.keywords.trim() === "")
    found.push({ field: "filters", message: "Add at least one filter: a search without any would return everybody." });
  for (const name of filters.industries)
    if (!vocabulary.industries.some((one) => one.name === name && one.searchable))
      found.push({ field: "industries", message: `“${name}” cannot be searched: Apollo's id for it is not known.` });
  for (const size of filters.company_sizes) {
    const [min, max] = size.split(",").map(Number);
    if (!min || (max !== undefined && max < min))
      found.push({ field: "company_sizes", message: `“${size}” is no range: the smaller number comes first.` });
  }
  if (filters.keywords.length > 200)
    found.push({ field: "keywords", message: "Keywords may hold 200 characters at most." });
  return found;
}

/** The same question in another order is the same question. */
export function questionKey(input: SearchInput, endpoint: Endpoint): string {
  const sorted = (values: string[]) => [...new Set(values.map((value) => value.trim()).filter(Boolean))].sort();
  const f = input.filters;
  return JSON.stringify([
    endpoint,
    sorted(f.titles),
    sorted(f.seniorities),
    sorted(f.industries),
    sorted(f.locations),
    sorted(f.company_sizes),
    f.keywords.trim(),
    input.page ?? 1,
    input.page_size ?? 50,
  ]);
}

export function reasonFor(trouble: Trouble, now: number): Reason | null {
  const soon = new Date(now + 30_000).toISOString();
  const later = new Date(now + 47 * 60_000).toISOString();
  const reasons: Partial<Record<Trouble, Omit<Reason, "reset_at"> & { reset_at?: string }>> = {
    rate_limited: { code: "rate_limited", message: "All 100 calls of this hour are used.", reset_at: later },
    breaker_open: {
      code: "breaker_open",
      message: "Apollo did not answer five times in a row, so calls to it are paused.",
      reset_at: soon,
    },
    offline: { code: "offline", message: "This computer has no network." },
    key_missing: { code: "key_missing", message: "This workspace has no Apollo key yet." },
    key_rejected: { code: "key_rejected", message: "Apollo does not accept this key." },
    forbidden: { code: "forbidden", message: "Apollo says that this key's plan does not include the search." },
    out_of_credits: { code: "out_of_credits", message: "The Apollo account has no credits left." },
    timed_out: { code: "timed_out", message: "Apollo did not answer within 10 seconds." },
    unavailable: { code: "unavailable", message: "Apollo is not available at the moment (503)." },
    unreadable: { code: "unreadable", message: "Apollo answered something that is no search result." },
  };
  const reason = reasons[trouble];
  return reason ? { reset_at: null, ...reason } : null;
}

export function emptyAnswer(
  input: SearchInput,
  endpoint: Endpoint,
  reason: Reason,
  callsSpent: number,
  now: number,
): Answer {
  return {
    source: "empty",
    as_of: new Date(now).toISOString(),
    calls_spent: callsSpent,
    credits_spent: null,
    endpoint,
    total_entries: null,
    page: input.page ?? 1,
    page_size: input.page_size ?? 50,
    total_pages: null,
    people: [],
    notice: null,
    reason,
  };
}

export function fromCache(entry: CacheEntry | undefined, now: number): Answer | null {
  if (!entry) return null;
  const source = now - entry.storedAt < day ? "cached" : "stale";
  return { ...entry.answer, source, calls_spent: 0, credits_spent: 0, notice: null, reason: null };
}

export function limiterReason(state: WorkspaceState, now: number): Reason | null {
  const calls = callsInWindow(state, now);
  const limit = state.workspace.calls_per_hour;
  if (calls.length < limit) return null;
  const frees = (calls[0] ?? now) + hour;
  return {
    code: "rate_limited",
    message: `All ${limit} calls of this hour are used.`,
    reset_at: new Date(frees).toISOString(),
  };
}

export function liveAnswer(
  people: readonly FakePerson[],
  state: WorkspaceState,
  input: SearchInput,
  now: number,
): Answer {
  const page = input.page ?? 1;
  const size = input.page_size ?? 50;
  const { free, because } = endpointInUse(state);
  const found = matching(people, input.filters);
  const rows = found.slice((page - 1) * size, page * size).map(({ person }) => (free ? stubOf(person) : person));
  return {
    source: "live",
    as_of: new Date(now).toISOString(),
    calls_spent: 1,
    credits_spent: free ? 0 : 1,
    endpoint: free ? "mixed_people/api_search" : "mixed_people/search",
    total_entries: found.length,
    page,
    page_size: size,
    total_pages: Math.ceil(found.length / size),
    people: rows,
    notice:
      free && because?.startsWith("Apollo")
        ? "Apollo's free search tells less: last names are shortened, places and e-mail addresses are left out."
        : null,
    reason: null,
  };
}
