// How a job stands, in words: rows, pages, calls and the time left; why it waits or stopped, and where what it wrote lies. The moment
// "now" comes in as an argument.
import { toFailure } from "../backend/failure";
import type { EnrichOrder, EnrichWhat, Job, JobProgress } from "../backend/types";
import { bookedWords } from "../enrich/enrichWords";
import { reasonSentence, waitingWords } from "../search/reasonWords";
import { number } from "../shared/number";
import { clockSince } from "../shared/time";
import { capital, plural } from "../shared/words";
import { texts } from "../texts/texts";

const kinds = { export: "export", rerun: "re-run", enrich: "enrichment" } as const;

/** "export", "re-run", "enrichment", "enrichment of companies": what the job is. */
export function kindWords({ spec }: Job): string {
  return spec.kind === "enrich" && spec.what === "companies" ? "enrichment of companies" : kinds[spec.kind];
}

/** "38 people", "7 companies": what an enrichment goes through. */
function enrichedWords(count: number, what: EnrichWhat): string {
  return what === "people" ? plural(count, "person", "people") : plural(count, "company", "companies");
}

/** The file it writes or wrote. */
export function file(job: Job): string | null {
  if (job.result?.kind === "export") return job.result.path;
  return job.spec.kind === "export" ? job.spec.path : null;
}

type Progress = Pick<JobProgress, "rows" | "people_total" | "pages" | "calls_spent"> & Partial<JobProgress>;

export function progressWords(progress: Progress): string {
  const { rows, people_total, pages, calls_spent, calls_unknown = 0 } = progress;
  const unknown = calls_unknown === 0 ? "" : ` and up to ${number(calls_unknown)} more that broke off`;
  const of = people_total === null ? plural(rows, "row") : `${number(rows)} of ${plural(people_total, "row")}`;
  return `${of} · ${plural(pages, "page")} · ${plural(calls_spent, "call")} spent${unknown}`;
}

/** How far a job is: an enrichment goes through people or companies, the others through pages. */
function farWords({ spec, progress }: Job): string {
  if (spec.kind !== "enrich") return progressWords(progress);
  const { rows, people_total, left_out, calls_spent, booked } = progress;
  const parts = [
    `${number(rows)} of ${enrichedWords(people_total ?? spec.people, spec.what)} asked for`,
    ...(left_out > 0 ? [`${number(left_out)} asked for by another enrichment meanwhile`] : []),
    `${plural(calls_spent, "call")} spent`,
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
  if (left < minute) return "less than a minute left";
  if (left < 90 * minute) return `about ${Math.round(left / minute)} min left`;
  return `about ${Math.round(left / (60 * minute))} h left`;
}

/** Whether there is something to tell of it: pages, or what may have been charged before one came to its end, as after a crash. */
function hasBegun({ pages, booked }: JobProgress): boolean {
  return pages > 0 || (booked !== null && booked.charged + booked.unknown > 0);
}

/** What a job was told and obeys in a moment, or once what it owes has come. */
function wishWords({ wish, spec, progress }: Job): string {
  if (wish === "pause") return "pausing after this call…";
  const owes = spec.kind === "enrich" && spec.terms.mobiles && (progress.booked?.unknown ?? 0) > 0;
  return owes ? "cancelled: mobiles that are paid for are fetched before it ends" : "cancelling after this call…";
}

export function jobWords(job: Job, now: number): string {
  const { progress, reason, wish } = job;
  const far = hasBegun(progress) ? farWords(job) : "";
  const parts = (...some: string[]) => some.filter((part) => part !== "").join(" · ");
  if (wish !== null) return parts(far, wishWords(job));
  switch (job.state) {
    case "queued":
      return parts("in line", far);
    case "running":
      return far === "" ? "starting…" : parts(far, timeLeft(progress.ready_at, now));
    case "waiting":
      return parts(
        far,
        reason === null ? "waiting" : `waiting: ${waitingWords(reason, now)}`,
        timeLeft(progress.ready_at, now),
      );
    case "done":
      return doneWords(job);
    default:
      return endWords(job, now);
  }
}

function doneWords(job: Job): string {
  const { result } = job;
  if (result === null) return "done";
  if (result.kind === "enrich") return result.sentence;
  const where = result.kind === "export" ? [result.path] : ["the pages are in the cache, the people in the store"];
  return [progressWords(result), ...where, ...result.notices].join(" · ");
}

/** Reasons after which the file may be gone, or shorter than what was fetched. */
const aboutTheFile = new Set(["disk_full", "read_only", "storage", "bad_input"]);

/** Why it ended or stands, and what there is of it. */
function endWords(job: Job, now: number): string {
  const { state, progress, reason, spec } = job;
  const verb = { paused: "Paused", failed: "Stopped", cancelled: "Cancelled" }[state as "paused"] ?? "Stopped";
  const why = reason === null ? "." : `: ${reasonSentence(reason, now)}`;
  if (!hasBegun(progress)) {
    const first = spec.kind === "enrich" ? " before anything was paid." : " before its first page.";
    return `${verb}${reason === null ? first : why}`;
  }
  const kept =
    spec.kind === "enrich"
      ? enrichmentLeft(spec, progress)
      : spec.kind === "rerun"
        ? " It goes on from there."
        : aboutTheFile.has(reason?.code ?? "")
          ? " They are kept: resumed, it writes the file from them and asks for none of them again."
          : ` They are kept in ${partialPath(spec.path)}, and the same export goes on from there.`;
  return `${verb} after ${farWords(job)}${why}${kept}`;
}

/** What is left of an enrichment that stands: whom it did not ask for, or only mobiles that are on their way. */
function enrichmentLeft({ people, terms, what }: EnrichOrder, { rows, people_total, booked }: JobProgress): string {
  const left = (people_total ?? people) - rows;
  // As it was then: some of them may have become known since, and are not in the price of going on.
  if (left > 0) return ` ${capital(enrichedWords(left, what))} ${left === 1 ? "was" : "were"} not asked for.`;
  const owed = terms.mobiles && (booked?.unknown ?? 0) > 0;
  return owed ? " Mobiles that are paid for still come when it goes on." : "";
}

/** How a job ended or what it needs, for a short news; null for what need not be told. */
export function newsOf(job: Job, now: number): { title: string; detail?: string } | null {
  const name = capital(kindWords(job));
  switch (job.state) {
    case "done":
      return { title: doneTitle(job), detail: doneDetail(job) };
    case "cancelled":
      return { title: `${name} cancelled`, detail: jobWords(job, now) };
    case "failed":
      return { title: `${name} stopped`, detail: jobWords(job, now) };
    case "paused":
      return job.reason === null ? null : { title: `${name} paused`, detail: jobWords(job, now) };
    default:
      return null;
  }
}

/** That an order was refused: where its price was no longer the one agreed to, nothing is wrong, and nothing was paid. */
export function refusedWords(thrown: unknown): { title: string; detail: string } {
  const { code, message } = toFailure(thrown);
  return { title: code === "not_confirmed" ? "Nothing was paid" : "That did not work", detail: message };
}

function doneTitle({ spec, result, progress }: Job): string {
  if (result?.kind === "enrich") {
    if (result.found > 0) return `Enriched ${enrichedWords(result.found, result.what)}`;
    if (result.undecided > 0) return "An enrichment got no answer";
    const nobody = result.what === "people" ? "Nobody was found" : "No company was found";
    return result.charged > 0 ? `${nobody} · ${texts.counted.credits(result.charged)}` : nobody;
  }
  return `${spec.kind === "export" ? "Exported" : "Fetched"} ${plural(result?.rows ?? progress.rows, "row")}`;
}

/** Where the file is; of what was paid for what came of it, and its price. */
function doneDetail(job: Job): string {
  if (job.result?.kind === "enrich") return `${job.title} · ${job.result.sentence}`;
  return file(job) ?? job.title;
}

const states: Record<Job["state"], string> = {
  queued: "in line",
  running: "running",
  waiting: "waiting",
  paused: "paused",
  done: "done",
  failed: "stopped",
  cancelled: "cancelled",
};

/** "Enrichment of Sales leaders, DACH · paused": a job by its name. */
export function nameWords(job: Job): string {
  return `${capital(kindWords(job))} of ${job.title} · ${states[job.state]}`;
}

/** What stands in the status bar: "1 job · waits", "3 jobs · 2 in line", "Jobs". */
export function barWords(jobs: Job[]): string {
  const open = jobs.filter((job) => ["queued", "running", "waiting", "paused"].includes(job.state));
  if (open.length === 0) return "Jobs";
  const count = (state: Job["state"]) => open.filter((job) => job.state === state).length;
  const parts = (["running", "waiting", "paused", "queued"] as const)
    .map((state) => [count(state), states[state]] as const)
    .filter(([n]) => n > 0);
  const of = parts.length === 1 ? (parts[0]?.[1] ?? "") : parts.map(([n, words]) => `${n} ${words}`).join(", ");
  return `${plural(open.length, "job")} · ${of}`;
}

/** When a job was over: "today" needs only the hour. */
export function overWords(job: Job, now: number): string {
  return job.ended_at === null ? "" : clockSince(job.ended_at, now);
}

/** Where rows stay that are not in the cache alone. */
export function keptExportWords(exports: number): string {
  return `${plural(exports, "unfinished export")} ${exports === 1 ? "keeps" : "keep"} the rows fetched so far until cancelled and taken out of the history.`;
}
