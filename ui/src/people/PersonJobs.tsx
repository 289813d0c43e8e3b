// The jobs that answers told of somebody, when they told of more than one: a newer one that only a stub tells of is not shown as the
// title, but it is news.
import type { PersonDetails } from "../backend/types";
import { useNow } from "../shared/useNow";
import { texts } from "../texts/texts";
import { changeWords, jobName, sourceName, spanWords } from "./toldWords";

const words = texts.people.jobs;

export function PersonJobs({ details, sample }: { details: PersonDetails; sample: boolean }) {
  const now = useNow();
  const { jobs, person } = details;
  if (jobs.length < 2) return null;
  return (
    <section aria-label={words.title} className="mt-3 rounded-md border border-line bg-bg px-3 py-2">
      {person.changed_jobs && <p className="font-medium text-ink">{changeWords(person.changed_jobs, now)}</p>}
      <ol className="mt-1 flex flex-col gap-1.5">
        {jobs.map((job, at) => (
          <li key={`${job.title}/${job.employer}`} className="break-words" dir="auto">
            <span className={at === 0 ? "text-ink" : "text-ink-2"}>{jobName(job)}</span>
            <span className="block text-sm text-ink-3" dir="ltr">
              {spanWords(job, at === 0, now)} · {job.sources.map((source) => sourceName(source, sample)).join(", ")}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
