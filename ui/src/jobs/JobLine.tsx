// One job in a line: how far, what it spent, how long, why it waits; and what may be said to it.
import {
  ArrowDown,
  ArrowUp,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Download,
  Hourglass,
  X,
} from "lucide-react";
import { type FocusEvent, useLayoutEffect, useRef } from "react";
import type { Job, TenantId } from "../backend/types";
import { Button, IconButton } from "../shared/Button";
import { ProgressBar } from "../shared/ProgressBar";
import { useNow } from "../shared/useNow";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { canTryNow, isOver, isUnderWay, lacksAnswers } from "./jobStates";
import { file, jobWords, kindOf } from "./jobWords";
import { agreedTo, PricedButton } from "./PricedButton";
import { dismiss, lineOf } from "./tray";
import { showInFolder, useJobOrders } from "./useJobs";

const words = texts.jobs;

interface JobLineProps {
  workspace: TenantId;
  job: Job;
  /** Whether it can change places with the one above, and with the one below. */
  up: boolean;
  down: boolean;
}

export function JobLine({ workspace, job, up, down }: JobLineProps) {
  const now = useNow(job.reason?.reset_at);
  const said = jobWords(job, now);
  const kind = words.kinds[kindOf(job)];
  const { rows, people_total } = job.progress;
  const focus = useKeptFocus();
  return (
    <li
      {...focus}
      id={lineOf(job)}
      className="flex min-h-8 items-center gap-2 border-b border-line px-3 py-0.5 text-sm last:border-b-0"
    >
      <StateIcon job={job} />
      <span className="max-w-64 shrink-0 truncate font-medium" dir="auto" title={job.title}>
        {job.title}
      </span>
      <span className="shrink-0 text-ink-3">{kind.name}</span>
      {!isOver(job) && people_total !== null && people_total > 0 && (
        <ProgressBar label={kind.of(job.title)} value={rows} max={people_total} className="w-32 shrink-0" />
      )}
      <span
        className={`min-w-0 flex-1 text-ink-2 ${job.state === "running" || job.state === "done" ? "truncate" : "wrap-anywhere"}`}
        role="status"
        title={said}
      >
        {said}
      </span>
      {/* First, so that no other button moves under the mouse when a second job makes an order. */}
      {(up || down) && <MoveButtons workspace={workspace} job={job} up={up} down={down} />}
      <JobButtons workspace={workspace} job={job} />
    </li>
  );
}

/** Each order puts other buttons in the place of those there were: the one that was pressed may be gone, or have moved to another place
 * with its line. Then the line itself has the focus, where an Enter too many neither pays nor pauses; its buttons come next. */
function useKeptFocus() {
  const line = useRef<HTMLLIElement>(null);
  const had = useRef(false);
  useLayoutEffect(() => {
    if (!had.current || document.activeElement !== document.body) return;
    line.current?.focus();
  });
  return {
    ref: line,
    tabIndex: -1,
    onFocus: () => {
      had.current = true;
    },
    // Not heard when a button is taken away: only when somebody goes elsewhere.
    onBlur: ({ relatedTarget }: FocusEvent) => {
      had.current = line.current?.contains(relatedTarget) ?? false;
    },
  };
}

export function StateIcon({ job }: { job: Job }) {
  const shape = { size: 14, "aria-hidden": true } as const;
  switch (job.state) {
    case "queued":
      return <CircleDashed {...shape} className="shrink-0 text-ink-3" />;
    case "running":
      return <Download {...shape} className="shrink-0 text-accent" />;
    case "waiting":
      return <Hourglass {...shape} className="shrink-0 text-caution" />;
    case "paused":
      return <CirclePause {...shape} className="shrink-0 text-caution" />;
    case "done":
      if (lacksAnswers(job)) return <CircleAlert {...shape} className="shrink-0 text-caution" />;
      return <CircleCheck {...shape} className="shrink-0 text-good" />;
    case "failed":
      return <CircleX {...shape} className="shrink-0 text-stop" />;
    case "cancelled":
      return <CircleX {...shape} className="shrink-0 text-ink-3" />;
  }
}

const small = "h-6 text-sm";

function JobButtons({ workspace, job }: Pick<JobLineProps, "workspace" | "job">) {
  const backend = useBackend();
  const orders = useJobOrders(workspace);
  const told = job.wish !== null;
  const kind = words.kinds[kindOf(job)];
  return (
    <>
      {canTryNow(job) && (
        <Button className={small} title={words.line.tryNowHint} onClick={() => orders.resume(job, null)}>
          {words.line.tryNow}
        </Button>
      )}
      {isUnderWay(job) && (
        <Button className={small} off={told} onClick={() => orders.pause(job)}>
          {words.line.pause}
        </Button>
      )}
      {(job.state === "paused" || job.needs_consent) && (
        <PricedButton
          words={words.goOn.pay}
          queryKey={["workspace", workspace, "price", job.id, job.progress.pages]}
          price={() => backend.jobPrice(workspace, job.id)}
          // What was agreed to holds where nothing has come between.
          onPress={(price) => orders.resume(job, job.needs_consent ? agreedTo(price) : null)}
        />
      )}
      {!isOver(job) && (
        <Button className={small} off={job.wish === "cancel"} onClick={() => orders.cancel(job)}>
          {kind.cancel}
        </Button>
      )}
      {job.state === "done" && file(job) !== null && (
        <Button className={small} onClick={() => showInFolder(backend.jobShowInFolder(workspace, job.id), job)}>
          {words.line.showInFolder}
        </Button>
      )}
      {isOver(job) && (
        <IconButton
          label={kind.dismiss(job.title)}
          onClick={() => {
            dismiss(job);
            document.querySelector<HTMLElement>('[data-testid="export-button"]')?.focus();
          }}
        >
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </>
  );
}

function MoveButtons({ workspace, job, up, down }: JobLineProps) {
  const orders = useJobOrders(workspace);
  return (
    <span className="flex shrink-0">
      <IconButton label={words.line.up(job.title)} className="size-6" off={!up} onClick={() => orders.move(job, "up")}>
        <ArrowUp size={14} aria-hidden />
      </IconButton>
      <IconButton
        label={words.line.down(job.title)}
        className="size-6"
        off={!down}
        onClick={() => orders.move(job, "down")}
      >
        <ArrowDown size={14} aria-hidden />
      </IconButton>
    </span>
  );
}
