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

/** The same filters in another order are the same filters. */
export function filtersKey(f: FiltersInput): string {
  const sorted = (values: string[]) => [...new Set(values.map((value) => value.trim()).filter(Boolean))].sort();
  return JSON.stringify([
    sorted(f.titles),
    sorted(f.seniorities),
    sorted(f.industries),
    sorted(f.locations),
    sorted(f.company_sizes),
    f.keywords.trim(),
  ]);
}

export function questionKey(input: SearchInput, endpoint: Endpoint): string {
  return JSON.stringify([endpoint, filtersKey(input.filters), input.page ?? 1, input.page_size ?? 50]);
}

/** In the core's own sentences, UTC times and all, so that what the window makes of them is seen. */
export function reasonFor(trouble: Trouble, now: number, pauseMs: number): Reason | null {
  const reset_at = new Date(now + pauseMs).toISOString();
  const at = `${new Date(Math.ceil((now + pauseMs) / 60_000) * 60_000).toISOString().slice(11, 16)} (UTC)`;
  const reasons: Partial<Record<Trouble, { message: string; reset_at?: string }>> = {
    rate_limited: {
      message: `This workspace has used its calls for the last hour. The next one frees at ${at}.`,
      reset_at,
    },
    breaker_open: {
      message: `Apollo keeps failing or is very slow, so calls are paused. The next try is due at ${at}.`,
      reset_at,
    },
    ledger_lost: { message: `The record of calls was lost. Calls go on at ${at}.`, reset_at },
    offline: {
      message: "No connection to Apollo: this computer seems to be offline. Check the network and try again.",
    },
    unreachable: {
      message: "Apollo can't be reached: the connection was refused or could not be secured. Try again in a moment.",
    },
    key_missing: {
      message:
        "No Apollo API key is stored for this workspace. Add one (Apollo: Settings → Integrations → API) and search again.",
    },
    key_rejected: {
      message:
        "Apollo refused the API key (401). Check it in Apollo under Settings → Integrations → API and store it again.",
    },
    forbidden: {
      message:
        "This API key may not use mixed_people/search (403): api/v1/mixed_people/search is not accessible with this api_key on a free plan.",
    },
    out_of_credits: {
      message:
        "The Apollo account is out of credits. Add credits in Apollo, or set this workspace to the free endpoint.",
    },
    timed_out: { message: "Apollo did not answer within 10 seconds. Try again in a moment." },
    unavailable: { message: "Apollo is unavailable at the moment (status 503). Try again in a moment." },
    unreadable: {
      message: "Apollo's answer could not be read. Try again; if it stays so, Apollo may have changed its format.",
    },
  };
  const reason = reasons[trouble];
  return reason ? { code: trouble, reset_at: null, ...reason } : null;
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
  const notice = source === "stale" ? "Older than a day. Refresh asks Apollo again." : null;
  return { ...entry.answer, source, calls_spent: 0, credits_spent: 0, notice, reason: null };
}

/** `kept`: calls of the hour that are not for this asker. */
export function limiterReason(state: WorkspaceState, now: number, kept = 0): Reason | null {
  const calls = callsInWindow(state, now);
  if (calls.length < state.workspace.calls_per_hour - kept) return null;
  return reasonFor("rate_limited", now, (calls[0] ?? now) + hour - now);
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
