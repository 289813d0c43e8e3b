// Going on with an export that ended early: what it costs at most, which stands on its button, and the order to the core. What was
// written is not asked for again.
import type { ExportEstimate, ExportInput } from "../backend/types";
import type { Job } from "./jobs";

/** Whether the same export to the same file makes sense. What costs more than was agreed is agreed to in the dialog, which names its price. */
export function canGoOn(job: Job): boolean {
  const priced = job.failure?.code === "export_interrupted" && job.failure.reason.code === "not_confirmed";
  return job.state === "ended" && !priced;
}

/** The bound on what is left of an export: the pages that are in the file are paid for. */
export function whatIsLeft(estimate: ExportEstimate, job: Job): ExportEstimate {
  const calls = Math.max(0, estimate.calls_at_most - (job.progress?.pages ?? 0));
  const creditsACall = estimate.calls_at_most > 0 ? estimate.credits_at_most / estimate.calls_at_most : 0;
  return { ...estimate, calls_at_most: calls, credits_at_most: Math.ceil(calls * creditsACall) };
}

/** The same export with the credits that stand on the button. */
export function goingOn(job: Job, left: ExportEstimate): ExportInput {
  return { ...job.input, credits_agreed: left.credits_at_most };
}
