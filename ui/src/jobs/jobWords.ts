// How a job stands, in words: rows, pages, calls and the time left; why it waits or stopped, and where what it wrote lies. The moment
// "now" comes in as an argument.
import { toFailure } from "../backend/failure";
import type { EnrichOrder, Job, JobProgress } from "../backend/types";
import { bookedWords } from "../enrich/enrichWords";
import { reasonSentence, waitingWords } from "../search/reasonWords";
import { clockSince } from "../shared/time";
import { texts } from "../texts/texts";

const words = texts.jobs;

/** What the job is; of an enrichment, of whom. */
export function kindOf({ spec }: Job): keyof typeof words.kinds {
  return spec.kind === "enrich" ? spec.what : spec.kind;
}

/** The file it writes or wrote. */
export function file(job: Job): string | null {
  if (job.result?.kind === "export") return job.result.path;
  return job.spec.kind === "export" ? job.spec.path : null;
}

type Progress = Pick<JobProgress, "rows" | "people_total" | "pages" | "calls_spent"> & Partial<JobProgress>;

export function progressWords(progress: Progress): string {
  const { rows, people_total, pages, calls_spent, calls_unknown = 0 } = progress;
  const { far } = words;
  return [
    people_total === null ? texts.counted.rows(rows) : far.rowsOf(rows, people_total),
    texts.counted.pages(pages),
    calls_unknown === 0 ? far.spent(calls_spent) : far.spentAndUnknown(calls_spent, calls_unknown),
  ].join(" · ");
}

/** How far a job is: an enrichment goes through people or companies, the others through pages. */
function farWords({ spec, progress }: Job): string {
  if (spec.kind !== "enrich") return progressWords(progress);
  const { rows, people_total, left_out, calls_spent, booked } = progress;
  const { far } = words;
  const parts = [
    far.asked[spec.what](rows, people_total ?? spec.people),
    ...(left_out > 0 ? [far.leftOut(left_out)] : []),
    far.spent(calls_spent),
    ...(booked === null ? [] : [bookedWords(booked)]),
  ];
  return parts.join(" · ");
}

/** Where an unfinished export lies: `list.csv` grows as `list.partial.csv`. */
export function partialPath(path: string): string {
  return path.replace(/\.csv$/i, ".partial.csv");
}

const minute = 60_000;

/** "about 12 min left"; nothing as long as nobody can tell. */
export function timeLeft(readyAt: string | null, now: number): string {
  const left = readyAt === null ? Number.NaN : Date.parse(readyAt) - now;
  if (Number.isNaN(left)) return "";
  if (left < minute) return words.left.lessThanMinute;
  if (left < 90 * minute) return words.left.minutes(Math.round(left / minute));
  return words.left.hours(Math.round(left / (60 * minute)));
}

/** Whether there is something to tell of it: pages, or what may have been charged before one came to its end, as after a crash. */
function hasBegun({ pages, booked }: JobProgress): boolean {
  return pages > 0 || (booked !== null && booked.charged + booked.unknown > 0);
}

/** What a job was told and obeys in a moment, or once what it owes has come. */
function wishWords({ wish, spec, progress }: Job): string {
  if (wish === "pause") return words.wish.pause;
  const owes = spec.kind === "enrich" && spec.terms.mobiles && (progress.booked?.unknown ?? 0) > 0;
  return owes ? words.wish.cancelOwing : words.wish.cancel;
}

export function jobWords(job: Job, now: number): string {
  const { state, progress, reason, wish } = job;
  const far = hasBegun(progress) ? farWords(job) : "";
  const parts = (...some: string[]) => some.filter((part) => part !== "").join(" · ");
  if (wish !== null) return parts(far, wishWords(job));
  switch (state) {
    case "queued":
      return parts(words.states.queued, far);
    case "running":
      return far === "" ? words.starting : parts(far, timeLeft(progress.ready_at, now));
    case "waiting":
      return parts(
        far,
        reason === null ? words.states.waiting : words.waitingFor(waitingWords(reason, now)),
        timeLeft(progress.ready_at, now),
      );
    case "done":
      return doneWords(job);
    default:
      return endWords(job, state, now);
  }
}

function doneWords(job: Job): string {
  const { result } = job;
  if (result === null) return words.states.done;
  if (result.kind === "enrich") return result.sentence;
  const where = result.kind === "export" ? [result.path] : [words.rerunDone];
  return [progressWords(result), ...where, ...result.notices].join(" · ");
}

/** Reasons after which the file may be gone, or shorter than what was fetched. */
const aboutTheFile = new Set(["disk_full", "read_only", "storage", "bad_input"]);

/** Why it ended or stands, and what there is of it. */
function endWords(job: Job, state: keyof typeof words.ends, now: number): string {
  const { progress, reason, spec } = job;
  const end = words.ends[state];
  const why = reason === null ? null : reasonSentence(reason, now);
  if (!hasBegun(progress)) {
    if (why !== null) return end.because(why);
    return spec.kind === "enrich" ? end.beforePaying : end.beforeFirstPage;
  }
  const { kept } = words;
  const left =
    spec.kind === "enrich"
      ? enrichmentLeft(spec, progress)
      : spec.kind === "rerun"
        ? kept.rerun
        : aboutTheFile.has(reason?.code ?? "")
          ? kept.rows
          : kept.file(partialPath(spec.path));
  const far = farWords(job);
  const ended = why === null ? end.after(far) : end.afterBecause(far, why);
  return left === "" ? ended : `${ended} ${left}`;
}

/** What is left of an enrichment that stands: whom it did not ask for, or only mobiles that are on their way. */
function enrichmentLeft({ people, terms, what }: EnrichOrder, { rows, people_total, booked }: JobProgress): string {
  const left = (people_total ?? people) - rows;
  // As it was then: some of them may have become known since, and are not in the price of going on.
  if (left > 0) return words.kept.notAsked[what](left);
  const owed = terms.mobiles && (booked?.unknown ?? 0) > 0;
  return owed ? words.kept.mobiles : "";
}

/** How a job ended or what it needs, for a short news; null for what need not be told. */
export function newsOf(job: Job, now: number): { title: string; detail?: string } | null {
  const { news } = words.kinds[kindOf(job)];
  switch (job.state) {
    case "done":
      return { title: doneTitle(job), detail: doneDetail(job) };
    case "cancelled":
      return { title: news.cancelled, detail: jobWords(job, now) };
    case "failed":
      return { title: news.failed, detail: jobWords(job, now) };
    case "paused":
      return job.reason === null ? null : { title: news.paused, detail: jobWords(job, now) };
    default:
      return null;
  }
}

/** That an order was refused: where its price was no longer the one agreed to, nothing is wrong, and nothing was paid. */
export function refusedWords(thrown: unknown): { title: string; detail: string } {
  const { code, message } = toFailure(thrown);
  return { title: code === "not_confirmed" ? words.refused.notConfirmed : words.refused.other, detail: message };
}

function doneTitle({ spec, result, progress }: Job): string {
  const { done } = words;
  if (result?.kind === "enrich") {
    if (result.found > 0) return done.enriched[result.what](result.found);
    if (result.undecided > 0) return done.noAnswer;
    const nobody = done.nobody[result.what];
    return result.charged > 0 ? `${nobody} · ${texts.counted.credits(result.charged)}` : nobody;
  }
  return (spec.kind === "export" ? done.exported : done.fetched)(result?.rows ?? progress.rows);
}

/** Where the file is; of what was paid for what came of it, and its price. */
function doneDetail(job: Job): string {
  if (job.result?.kind === "enrich") return `${job.title} · ${job.result.sentence}`;
  return file(job) ?? job.title;
}

/** "Enrichment of Sales leaders, DACH · paused": a job by its name. */
export function nameWords(job: Job): string {
  return `${words.kinds[kindOf(job)].titled(job.title)} · ${words.states[job.state]}`;
}

/** What stands in the status bar: "1 job · waiting", "3 jobs · 1 running, 2 in line", "Jobs". */
export function barWords(jobs: Job[]): string {
  const open = jobs.filter((job) => ["queued", "running", "waiting", "paused"].includes(job.state));
  const { bar } = words;
  if (open.length === 0) return bar.none;
  const parts = (["running", "waiting", "paused", "queued"] as const)
    .map((state) => ({ state, n: open.filter((job) => job.state === state).length }))
    .filter(({ n }) => n > 0);
  const [first, second] = parts;
  // Where all stand alike, their number is told already.
  const of = first && !second ? words.states[first.state] : parts.map(({ n, state }) => bar[state](n)).join(", ");
  return `${bar.all(open.length)} · ${of}`;
}

/** When a job was over: "today" needs only the hour. */
export function overWords(job: Job, now: number): string {
  return job.ended_at === null ? "" : clockSince(job.ended_at, now);
}
