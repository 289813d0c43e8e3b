// Who told a fact and when, in words: "Apollo's full search, 3 h ago". Made-up people are never said to be Apollo's.
import type { ChangedJobs, FactSource, ToldJob } from "../backend/types";
import { ago } from "../shared/time";
import { texts } from "../texts/texts";

const words = texts.people;

export function sourceName(source: FactSource, sample: boolean): string {
  const own = source === "import" || source === "typed";
  return sample && !own ? words.madeUp : words.sources[source];
}

export function toldWords(source: FactSource, at: string, sample: boolean, now: number): string {
  return words.told(sourceName(source, sample), ago(at, Math.max(now, Date.parse(at))));
}

/** "VP Sales at Acme"; what was not told is left out. */
export function jobName(job: Pick<ToldJob, "title" | "employer">): string {
  if (job.title && job.employer) return words.jobs.at(job.title, job.employer);
  return job.title ?? (job.employer ? words.jobs.somethingAt(job.employer) : words.unknown);
}

/** A day as it is read: "3 March", with the year where it is another one. */
export function day(at: string, now: number, locale?: string): string {
  const then = new Date(at);
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  return then.toLocaleDateString(locale, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) });
}

/** "Changed jobs between 3 March and 20 November". */
export function changeWords(change: ChangedJobs, now: number, locale?: string): string {
  const [after, by] = [day(change.after, now, locale), day(change.by, now, locale)];
  return after === by ? words.jobs.changedAbout(by) : words.jobs.changedBetween(after, by);
}

/** "told since 20 November", "3 March to 20 November", or the one day it was told. */
export function spanWords(job: ToldJob, newest: boolean, now: number, locale?: string): string {
  const [first, last] = [day(job.first_at, now, locale), day(job.last_at, now, locale)];
  if (newest) return words.jobs.toldSince(first);
  return first === last ? first : words.jobs.span(first, last);
}

/** Why somebody is here whom nobody asked for. */
export function answeredForWords(asked: string[]): string {
  return words.answeredFor(asked);
}
