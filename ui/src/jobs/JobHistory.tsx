// The jobs that are over, the newest first: what came of each, where its file is, and a way to do it again.
import { X } from "lucide-react";
import { useState } from "react";
import type { Job, TenantId } from "../backend/types";
import { Button, IconButton } from "../shared/Button";
import { useNow } from "../shared/useNow";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { StateIcon } from "./JobLine";
import { isOver } from "./jobStates";
import { file, jobWords, kindOf, overWords } from "./jobWords";
import { agreedTo, PricedButton } from "./PricedButton";
import { focusTray, openTray } from "./tray";
import { showInFolder, useJobOrders } from "./useJobs";

const words = texts.jobs;

export function JobHistory({ workspace, jobs }: { workspace: TenantId; jobs: Job[] }) {
  const over = jobs.filter(isOver);
  if (over.length === 0) return <p className="px-3 py-2 text-ink-2">{words.tray.noHistory}</p>;
  return (
    <ul>
      {over.map((job) => (
        <HistoryLine key={job.id} workspace={workspace} job={job} />
      ))}
    </ul>
  );
}

function HistoryLine({ workspace, job }: { workspace: TenantId; job: Job }) {
  const backend = useBackend();
  const orders = useJobOrders(workspace);
  const now = useNow();
  const said = jobWords(job, now);
  const kind = words.kinds[kindOf(job)];
  return (
    <li className="flex min-h-8 items-center gap-2 border-b border-line px-3 py-0.5 text-sm last:border-b-0">
      <StateIcon job={job} />
      <span className="w-28 shrink-0 text-ink-3">{overWords(job, now)}</span>
      <span className="max-w-64 shrink-0 truncate font-medium" dir="auto" title={job.title}>
        {job.title}
      </span>
      <span className="shrink-0 text-ink-3">{kind.name}</span>
      <span className={`min-w-0 flex-1 text-ink-2 ${job.state === "done" ? "truncate" : "wrap-anywhere"}`} title={said}>
        {said}
      </span>
      {job.state === "done" && file(job) !== null && (
        <Button className="h-6 text-sm" onClick={() => showInFolder(backend.jobShowInFolder(workspace, job.id), job)}>
          {words.line.showInFolder}
        </Button>
      )}
      <AgainButton workspace={workspace} job={job} />
      <IconButton
        label={kind.forget(job.title)}
        onClick={() => {
          orders.forget(job);
          focusTray();
        }}
      >
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  );
}

/** Does a job again, or goes on with one that ended early. Its price is asked for when somebody wants it, and pressed on its own. */
function AgainButton({ workspace, job }: { workspace: TenantId; job: Job }) {
  const backend = useBackend();
  const orders = useJobOrders(workspace);
  const [asked, setAsked] = useState(false);
  // Whoever was enriched is known by now: there is nothing to do again.
  if (job.spec.kind === "enrich" && !job.needs_consent) return null;
  const again = job.needs_consent ? words.goOn : job.spec.kind === "export" ? words.exportAgain : words.rerunAgain;
  if (!asked)
    return (
      <Button className="h-6 text-sm" onClick={() => setAsked(true)}>
        {again.ask}
      </Button>
    );
  return (
    <PricedButton
      words={again.pay}
      autoFocus
      queryKey={["workspace", workspace, "price again", job.id]}
      price={() => {
        if (job.needs_consent || job.spec.kind === "enrich") return backend.jobPrice(workspace, job.id);
        return job.spec.kind === "export"
          ? backend.exportEstimate(workspace, specOf(job.spec))
          : backend.rerunEstimate(workspace, specOf(job.spec));
      }}
      onPress={(price) => {
        setAsked(false);
        const agreed = agreedTo(price);
        if (job.needs_consent || job.spec.kind === "enrich") orders.resume(job, agreed);
        else if (job.spec.kind === "export") {
          // Nobody was asked about the file that is there now: one that was changed since is kept under another name.
          const input = { ...specOf(job.spec), agreed, replace: false };
          orders.start(() => backend.exportStart(workspace, job.title, input));
        } else {
          const input = { ...specOf(job.spec), agreed };
          orders.start(() => backend.rerunStart(workspace, job.title, input));
        }
        openTray("now");
        focusTray();
      }}
    />
  );
}

/** What was asked, without the name of its kind. */
function specOf<T extends { kind: string }>({ kind: _, ...input }: T): Omit<T, "kind"> {
  return input;
}
