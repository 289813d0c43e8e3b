// How an export stands, in words: rows, pages, calls; why it stopped, and where what it wrote lies.
import type { ExportInput, ExportProgress } from "../backend/types";
import { clock } from "../shared/time";
import { number, plural } from "../shared/words";
import type { Job } from "./jobs";

export function progressWords(progress: ExportProgress | null): string {
  if (progress === null) return "starting…";
  const { rows, people_total, pages, calls_spent } = progress;
  const of = people_total === null ? plural(rows, "row") : `${number(rows)} of ${plural(people_total, "row")}`;
  return `${of} · ${plural(pages, "page")} · ${plural(calls_spent, "call")} spent`;
}

export function jobWords(job: Job, now: number): string {
  if (job.state === "stopping") return "stopping…";
  if (job.done)
    return `${progressWords(job.done)} · ${job.done.path}${job.done.notices.length > 0 ? ` · ${job.done.notices.join(" ")}` : ""}`;
  const { failure } = job;
  if (failure === null) return progressWords(job.progress);
  if (failure.code === "export_interrupted") {
    const when = failure.reason.reset_at ? ` The next call frees at ${clock(failure.reason.reset_at, now)}.` : "";
    const sofar = job.progress ? progressWords(job.progress) : plural(failure.rows, "row");
    return `Stopped after ${sofar}: ${failure.reason.message}${when} They are in ${failure.partial}; the same export goes on from there.`;
  }
  if (failure.code === "cancelled" && job.progress)
    return `Cancelled after ${progressWords(job.progress)}. They are kept, and the same export goes on from there.`;
  return failure.message;
}

/** Whether the same export to the same file makes sense. What costs more than was agreed is agreed to in the dialog, which names its price. */
export function canGoOn(job: Job): boolean {
  const priced = job.failure?.code === "export_interrupted" && job.failure.reason.code === "not_confirmed";
  return job.state === "ended" && !priced;
}

/** The same export with what is left of the credits that were agreed: each call may have cost one. */
export function goingOn(job: Job): ExportInput {
  const left = Math.max(0, job.input.credits_agreed - (job.progress?.calls_spent ?? 0));
  return { ...job.input, credits_agreed: left };
}
