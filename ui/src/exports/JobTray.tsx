// The exports of this workspace in a line each above the status bar: how far, what they spent, why they wait, stop, go on, show. Nothing waits for them.
import { CircleCheck, Download, Hourglass, TriangleAlert, X } from "lucide-react";
import type { TenantId } from "../backend/types";
import { Button, IconButton } from "../shared/Button";
import { ProgressBar } from "../shared/ProgressBar";
import { tell } from "../shared/toasts";
import { useNow } from "../shared/useNow";
import { useBackend } from "../shell/backend-context";
import { GoOnButton } from "./GoOnButton";
import { canGoOn } from "./goingOn";
import { dismissJob, type Job, stopJob, useJobs } from "./jobs";
import { jobWords } from "./jobWords";

export function JobTray({ workspace }: { workspace: TenantId }) {
  const jobs = useJobs(workspace);
  if (jobs.length === 0) return null;
  return (
    <section
      aria-label="Exports"
      className="max-h-32 shrink-0 overflow-y-auto border-t border-line bg-pane"
      data-testid="job-tray"
    >
      {jobs.map((job) => (
        <JobLine key={job.id} job={job} />
      ))}
    </section>
  );
}

function JobLine({ job }: { job: Job }) {
  const backend = useBackend();
  const waiting = job.progress?.waiting ?? null;
  const now = useNow(waiting?.reset_at);
  const running = job.state === "running" || job.state === "stopping";
  const words = jobWords(job, now);
  const done = job.done;
  return (
    <div className="flex min-h-8 items-center gap-2 border-b border-line px-3 py-0.5 text-sm last:border-b-0">
      {running && waiting ? (
        <Hourglass size={14} aria-hidden className="shrink-0 text-caution" />
      ) : running ? (
        <Download size={14} aria-hidden className="shrink-0 text-accent" />
      ) : done ? (
        <CircleCheck size={14} aria-hidden className="shrink-0 text-good" />
      ) : (
        <TriangleAlert size={14} aria-hidden className="shrink-0 text-caution" />
      )}
      <span className="max-w-64 shrink-0 truncate font-medium" dir="auto" title={job.title}>
        {job.title}
      </span>
      {running && job.progress?.people_total ? (
        <ProgressBar
          label={`Export of ${job.title}`}
          value={job.progress.rows}
          max={job.progress.people_total}
          className="w-32 shrink-0"
        />
      ) : null}
      <span
        className={`min-w-0 flex-1 text-ink-2 ${done || (running && !waiting) ? "truncate" : "wrap-anywhere"}`}
        role="status"
        title={words}
      >
        {words}
      </span>
      {running && (
        <Button className="h-6 text-sm" disabled={job.state === "stopping"} onClick={() => stopJob(backend, job.id)}>
          Cancel export
        </Button>
      )}
      {canGoOn(job) && <GoOnButton job={job} />}
      {done && (
        <Button
          className="h-6 text-sm"
          onClick={() =>
            backend
              .showInFolder(done.path)
              .catch(() => tell({ title: "No file manager answered", detail: `The file is ${done.path}` }))
          }
        >
          Show in folder
        </Button>
      )}
      {!running && (
        <IconButton
          label={`Dismiss the export of ${job.title}`}
          onClick={() => {
            dismissJob(job.id);
            document.querySelector<HTMLElement>('[data-testid="export-button"]')?.focus();
          }}
        >
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
