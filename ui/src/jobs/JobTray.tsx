// The tray above the status bar: the jobs of this workspace that are under way, in line, waiting or just over, a line each; and, when
// asked for, those that were over before. Nothing waits for it, and it folds away into the status bar.
import { ChevronDown } from "lucide-react";
import { memo } from "react";
import type { Job, TenantId } from "../backend/types";
import { Button, IconButton } from "../shared/Button";
import { pageHeading } from "../shared/Page";
import { mainPlace } from "../shell/useLeftPane";
import { texts } from "../texts/texts";
import { JobHistory } from "./JobHistory";
import { JobLine } from "./JobLine";
import { isOver } from "./jobStates";
import { dismiss, focusTray, foldTray, openTray, useTray } from "./tray";
import { useJobs, useJobsOfNow } from "./useJobs";

const words = texts.jobs.tray;

export const JobTray = memo(function JobTray({ workspace }: { workspace: TenantId }) {
  const jobs = useJobs(workspace).data ?? [];
  const tray = useTray();
  const now = useJobsOfNow(workspace);
  const history = tray.shows === "history";
  const over = now.filter(isOver);
  if (tray.folded || (now.length === 0 && !history)) return null;
  return (
    <section
      aria-label={words.title}
      data-testid="job-tray"
      onKeyDown={(event) => {
        // A page that is open is left first.
        if (event.key !== "Escape" || event.defaultPrevented || pageHeading()) return;
        foldTray();
        mainPlace()?.focus();
      }}
      className="flex max-h-[40vh] min-h-0 shrink-0 flex-col border-t border-line bg-pane"
    >
      <div className="flex h-8 shrink-0 items-center gap-2 border-b border-line pr-1.5 pl-3">
        <h2 className="font-medium">{history ? words.historyTitle : words.title}</h2>
        {history && <p className="min-w-0 truncate text-sm text-ink-3">{words.historyAbout}</p>}
        <span className="flex-1" />
        {over.length > 1 && !history && (
          <Button className="h-6 text-sm" title={words.putAwayHint} onClick={() => putAway(over)}>
            {words.putAway(over.length)}
          </Button>
        )}
        <Button className="h-6 text-sm" onClick={() => openTray(history ? "now" : "history")}>
          {history ? words.showNow : words.showHistory}
        </Button>
        <IconButton
          label={words.fold}
          className="size-6"
          onClick={() => {
            foldTray();
            document.querySelector<HTMLElement>('[data-testid="status-jobs"]')?.focus();
          }}
        >
          <ChevronDown size={14} aria-hidden />
        </IconButton>
      </div>
      <div className="min-h-0 overflow-y-auto">
        {history ? <JobHistory workspace={workspace} jobs={jobs} /> : <Lines workspace={workspace} jobs={now} />}
      </div>
    </section>
  );
});

/** The button goes with them. */
function putAway(jobs: Job[]): void {
  dismiss(...jobs);
  focusTray();
}

function Lines({ workspace, jobs }: { workspace: TenantId; jobs: Job[] }) {
  const line = jobs.filter(({ state }) => ["queued", "running", "waiting", "paused"].includes(state));
  return (
    <ul>
      {jobs.map((job) => {
        const place = line.indexOf(job);
        return (
          <JobLine
            key={job.id}
            workspace={workspace}
            job={job}
            up={place > 0}
            down={place >= 0 && place < line.length - 1}
          />
        );
      })}
    </ul>
  );
}
