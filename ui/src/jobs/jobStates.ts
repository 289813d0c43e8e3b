// The states of a job in the groups that the window treats alike.
import type { Job } from "../backend/types";

/** It goes on without being told: running, waiting, or in line for that. */
export function isUnderWay({ state }: Job): boolean {
  return state === "queued" || state === "running" || state === "waiting";
}

export function isOver({ state }: Job): boolean {
  return state === "done" || state === "failed" || state === "cancelled";
}

/** It came to its end, but some of those it paid for got no answer, or it paid and found nobody: that is not all well. */
export function lacksAnswers({ state, result }: Job): boolean {
  if (state !== "done" || result?.kind !== "enrich") return false;
  return result.undecided > 0 || (result.found === 0 && result.charged > 0);
}

/** Whether another try now may help: its pause ends nobody knows when, or when the user has done something. */
export function canTryNow({ state, reason, wish }: Job): boolean {
  const known = ["rate_limited", "ledger_lost", "apollo_rate_limited", "breaker_open", "to_be_counted"];
  return state === "waiting" && wish === null && reason !== null && !known.includes(reason.code);
}

/** Whether rows it fetched lie in its journal: an export that did not come to its end. */
export function keepsRows({ spec, state, progress }: Job): boolean {
  return spec.kind === "export" && state !== "done" && progress.pages > 0;
}
