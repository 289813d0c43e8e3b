// What a pretended account allows: full rows are closed, credits are left.
import type { AccountCheck, EndpointCheck } from "../types";
import type { WorkspaceState } from "./state";

const limits = { calls_a_minute: 200, calls_an_hour: 6_000, calls_a_day: 50_000, calls_left_today: 49_870 };

function endpoint(name: string, what: string, allowed: EndpointCheck["allowed"], advice: string | null): EndpointCheck {
  return { endpoint: name, what, allowed, used_at: null, said: null, advice, ...limits };
}

export function accountOf(one: WorkspaceState, rejected: boolean): AccountCheck {
  one.calls.push(Date.now());
  const checked_at = new Date().toISOString();
  const nothing = { owner: null, credits_left: null, credits_used: null, cycle_ends: null };
  if (rejected)
    return {
      ...nothing,
      valid: false,
      endpoints: [],
      calls_spent: 1,
      sentences: ["Apollo does not know this key (401). Make a new one in Apollo and store it here."],
      checked_at,
      code: "key_rejected",
    };
  const closed = "Apollo has closed it to most accounts. The free search and an enrichment do the same.";
  return {
    valid: true,
    owner: "Ana Keil",
    credits_left: one.bought.left,
    credits_used: 96.5,
    cycle_ends: null,
    endpoints: [
      endpoint("mixed_people/api_search", "Search, first names and titles only; free", "yes", null),
      endpoint("mixed_people/search", "Search with full rows; may cost 1 credit a page", "no", closed),
      endpoint("people/bulk_match", "Enrichment: e-mails and last names; 1 credit a person", "not_tried", null),
    ],
    calls_spent: 4,
    sentences: [
      "Apollo knows this key. It is Ana Keil's.",
      `The account has ${one.bought.left.toLocaleString("en")} credits left. 96.5 credits were used in this billing cycle.`,
      `mixed_people/search is not open to this key. ${closed}`,
    ],
    checked_at,
    code: null,
  };
}
