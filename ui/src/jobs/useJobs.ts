// The jobs of one workspace as the app knows them: read whole, then changed by each event, and read again now and then, since the
// command line has jobs too. What the window says to a job goes through here.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Agreed, Direction, Job, TenantId } from "../backend/types";
import { lookEveryMs } from "../shared/lookEvery";
import { tell } from "../shared/toasts";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { file, newsOf, refusedWords } from "./jobWords";
import { isOfBefore, jobsOfNow, useTray } from "./tray";

const words = texts.jobs.line;

function keyOf(workspace: TenantId) {
  return ["workspace", workspace, "jobs"] as const;
}

export function useJobs(workspace: TenantId) {
  const backend = useBackend();
  return useQuery({
    queryKey: keyOf(workspace),
    queryFn: () => backend.jobsList(workspace),
    refetchInterval: lookEveryMs,
  });
}

/** Those that stand in the tray, or would if it were open. */
export function useJobsOfNow(workspace: TenantId): Job[] {
  const { dismissed } = useTray();
  return jobsOfNow(useJobs(workspace).data ?? [], dismissed);
}

/** Hears of each change of a job of this workspace, and says how one ended. Another's are none of its business. */
export function useJobEvents(workspace: TenantId): void {
  const backend = useBackend();
  const client = useQueryClient();
  // Not what the list says: read at the right moment, it has the end of a job before the news of it comes.
  const heard = useRef(new Map<Job["id"], Job["state"]>());
  // But how they stood when the window was opened is no news, whatever is decided about them later.
  const { data: listed } = useJobs(workspace);
  const seeded = useRef(false);
  useEffect(() => {
    if (listed === undefined || seeded.current) return;
    seeded.current = true;
    for (const { id, state } of listed) if (!heard.current.has(id)) heard.current.set(id, state);
  }, [listed]);
  useEffect(() => {
    return backend.onJobChanged((job) => {
      if (job.workspace !== workspace) return;
      const known = client.getQueryData<Job[]>(keyOf(workspace));
      const before = known?.find((one) => one.id === job.id);
      client.setQueryData<Job[]>(keyOf(workspace), (jobs) =>
        jobs?.map((one) => (one.id === job.id ? { ...job, wish: job.wish ?? wishStill(one, job) } : one)),
      );
      // Its place among the others is told by the list alone.
      if (before?.state !== job.state) void client.invalidateQueries({ queryKey: keyOf(workspace) });
      // Each step may have spent a call.
      void client.invalidateQueries({ queryKey: ["workspace", workspace, "status"] });
      // What one enrichment saw to is no part of the price at which another goes on.
      const told = job.spec.kind === "enrich" ? ["credits", "price", "price again"] : [];
      for (const what of told) void client.invalidateQueries({ queryKey: ["workspace", workspace, what] });
      const isNew = heard.current.get(job.id) !== job.state;
      heard.current.set(job.id, job.state);
      // What is told of one that was over long before is what somebody has decided about it.
      const news = isNew && !isOfBefore(job) ? newsOf(job, Date.now()) : null;
      if (news === null) return;
      tell({
        ...news,
        workspace,
        about: `job ${job.id}`,
        action:
          job.state === "done" && file(job) !== null
            ? { label: words.showInFolder, run: () => showInFolder(backend.jobShowInFolder(workspace, job.id), job) }
            : undefined,
      });
    });
  }, [backend, client, workspace]);
}

/** What it was told stays until it obeys: a step that ended meanwhile does not know of it. */
function wishStill(before: Job, now: Job): Job["wish"] {
  return before.state === now.state ? before.wish : null;
}

export function showInFolder(shown: Promise<void>, job: Job): void {
  shown.catch(() => tell({ title: words.notShown, detail: words.fileIs(file(job) ?? "") }));
}

/** What may be said to a job. Each answers when the app has heard it, and the list is then read anew. */
export function useJobOrders(workspace: TenantId) {
  const backend = useBackend();
  const client = useQueryClient();
  const order = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(workspace) }),
    onError: (thrown) => tell(refusedWords(thrown)),
  });
  return {
    pause: (job: Job) => order.mutate(() => backend.jobPause(workspace, job.id)),
    cancel: (job: Job) => order.mutate(() => backend.jobCancel(workspace, job.id)),
    resume: (job: Job, agreed: Agreed | null) => order.mutate(() => backend.jobResume(workspace, job.id, agreed)),
    move: (job: Job, direction: Direction) => order.mutate(() => backend.jobMove(workspace, job.id, direction)),
    forget: (job: Job) => order.mutate(() => backend.jobForget(workspace, job.id)),
    start: (run: () => Promise<Job>) => order.mutate(run),
  };
}
