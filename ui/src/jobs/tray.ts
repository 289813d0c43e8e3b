// Whether the tray is open, what it shows, and which ended jobs were put out of sight. It lives beside the screens, so that changing the
// workspace or the persona does not fold it.
import { useSyncExternalStore } from "react";
import type { Job } from "../backend/types";
import { isOver } from "./jobStates";

interface Tray {
  folded: boolean;
  shows: "now" | "history";
  dismissed: readonly string[];
}

/** What ended before the window was opened is history. */
const openedAt = Date.now();

let tray: Tray = { folded: false, shows: "now", dismissed: [] };
const watchers = new Set<() => void>();

function put(change: Partial<Tray>): void {
  tray = { ...tray, ...change };
  for (const watcher of watchers) watcher();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useTray(): Tray {
  return useSyncExternalStore(subscribe, () => tray);
}

export const foldTray = () => put({ folded: true, shows: "now" });
export const openTray = (shows: Tray["shows"] = "now") => put({ folded: false, shows });

/** The id of the line of a job. */
export const lineOf = (job: Job) => `job-${job.id}`;

/** Opens the tray at a job, with the focus on its line: what may be said to it comes next. */
export function goToJob(job: Job): void {
  openTray("now");
  requestAnimationFrame(() => document.getElementById(lineOf(job))?.focus());
}

/** Gives the focus to the tray, when it is drawn: to its first button, which stays whatever becomes of the jobs; to the one that opens it
 * while it has nothing to show. */
export function focusTray(): void {
  const [first, opener] = ['[data-testid="job-tray"] button', '[data-testid="status-jobs"]'];
  requestAnimationFrame(() => {
    const place = document.querySelector<HTMLElement>(first) ?? document.querySelector<HTMLElement>(opener);
    place?.focus();
  });
}

export const dismiss = (...jobs: Job[]) => put({ dismissed: [...tray.dismissed, ...jobs.map(({ id }) => id)] });

/** Whether it ended before the window was opened. */
export function isOfBefore(job: Job): boolean {
  return job.ended_at !== null && Date.parse(job.ended_at) < openedAt;
}

/** The jobs of the moment: those that are not over, and those that ended in sight and were not put away. */
export function jobsOfNow(jobs: Job[], dismissed: readonly string[]): Job[] {
  return jobs.filter((job) => !isOver(job) || (!dismissed.includes(job.id) && !isOfBefore(job)));
}
