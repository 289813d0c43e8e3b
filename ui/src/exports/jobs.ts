// The exports that run or ended in this window, by workspace: started, followed, stopped, gone on with. They live beside the screens, so
// that closing a dialog or changing the persona does not touch them.
import { useSyncExternalStore } from "react";
import type { Backend } from "../backend/backend";
import { toFailure } from "../backend/failure";
import type { ExportDone, ExportInput, ExportProgress, Failure, TenantId } from "../backend/types";

export interface Job {
  id: string;
  workspace: TenantId;
  title: string;
  input: ExportInput;
  state: "running" | "stopping" | "done" | "ended";
  progress: ExportProgress | null;
  done: ExportDone | null;
  failure: Failure | null;
}

type Ended = (job: Job) => void;

let jobs: readonly Job[] = [];
const watchers = new Set<() => void>();

function put(id: string, change: Partial<Job>): Job | undefined {
  jobs = jobs.map((job) => (job.id === id ? { ...job, ...change } : job));
  for (const watcher of watchers) watcher();
  return jobs.find((job) => job.id === id);
}

/** `stepped` is told of each step, which may have spent a call; `ended` once, however it ends. */
export function startJob(
  backend: Backend,
  what: Pick<Job, "workspace" | "title" | "input">,
  stepped: () => void,
  ended: Ended,
): void {
  const id = crypto.randomUUID();
  jobs = [...jobs, { ...what, id, state: "running", progress: null, done: null, failure: null }];
  put(id, {});
  backend
    .exportRun(what.workspace, id, what.input, (progress) => {
      put(id, { progress });
      stepped();
    })
    .then((done) => put(id, { state: "done", done }))
    .catch((thrown: unknown) => put(id, { state: "ended", failure: toFailure(thrown) }))
    .then((job) => job && ended(job));
}

export function stopJob(backend: Backend, id: string): void {
  put(id, { state: "stopping" });
  backend.exportCancel(id).catch(() => put(id, { state: "running" }));
}

export function dismissJob(id: string): void {
  jobs = jobs.filter((job) => job.id !== id);
  for (const watcher of watchers) watcher();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** The jobs of one workspace only: another's are none of its business. */
export function useJobs(workspace: TenantId): Job[] {
  return useSyncExternalStore(subscribe, () => jobs).filter((job) => job.workspace === workspace);
}
