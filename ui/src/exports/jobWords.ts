// How an export stands, in words: rows, pages, calls; why it waits or stopped, and where what it wrote lies.
import type { ExportProgress, Failure } from "../backend/types";
import { reasonSentence, waitingWords } from "../search/reasonWords";
import { number, plural } from "../shared/words";
import type { Job } from "./jobs";

export function progressWords(progress: Omit<ExportProgress, "waiting"> | null): string {
  if (progress === null) return "starting…";
  const { rows, people_total, pages, calls_spent } = progress;
  const of = people_total === null ? plural(rows, "row") : `${number(rows)} of ${plural(people_total, "row")}`;
  return `${of} · ${plural(pages, "page")} · ${plural(calls_spent, "call")} spent`;
}

/** Where an unfinished export lies: `list.csv` grows as `list.partial.csv`. */
export function partialPath(path: string): string {
  return path.replace(/\.csv$/i, ".partial.csv");
}

export function jobWords(job: Job, now: number): string {
  if (job.state === "stopping") return "stopping…";
  if (job.done)
    return `${progressWords(job.done)} · ${job.done.path}${job.done.notices.length > 0 ? ` · ${job.done.notices.join(" ")}` : ""}`;
  const { failure, progress } = job;
  if (failure) return endWords(job, failure, now);
  const waiting = progress?.waiting ? ` · waiting: ${waitingWords(progress.waiting, now)}` : "";
  return `${progressWords(progress)}${waiting}`;
}

/** Why it ended early, and what there is of it. */
export function endWords({ progress, input }: Job, failure: Failure, now: number): string {
  if (failure.code === "export_interrupted") {
    const sofar = progress ? progressWords(progress) : plural(failure.rows, "row");
    return `Stopped after ${sofar}: ${reasonSentence(failure.reason, now)} They are in ${failure.partial}; the same export goes on from there.`;
  }
  if (failure.code === "cancelled" && progress)
    return `Cancelled after ${progressWords(progress)}. They are kept in ${partialPath(input.path)}, and the same export goes on from there.`;
  return failure.message;
}
