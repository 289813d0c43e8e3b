// Pretended jobs: pages that take time and calls, an hour that may run out, wishes that are obeyed after the page, two at a time; kept over
// a reload, after which they go on by themselves.
import type { EnrichDone, ExportEstimate, Job, JobSpec, Room, TenantId } from "../types";
import { failure, limiterReason, reasonFor } from "./answers";
import { askedAtOnce } from "./enrich";
import type { FakeControls, WorkspaceState } from "./state";

const atOnce = 2;

interface World {
  of: (workspace: TenantId) => WorkspaceState;
  workspaces: () => Iterable<WorkspaceState>;
  controls: FakeControls;
  /** People who match. */
  total: (spec: JobSpec) => number;
  creditsACall: (workspace: TenantId) => number;
  /** What caps and account leave for that. */
  room: (workspace: TenantId, atMost: number, what: string) => Room;
  /** Pays for the next people of an enrichment. */
  pay: (job: Job) => void;
  changed: () => void;
}

export class FakeJobs {
  private readonly heard = new Set<(job: Job) => void>();
  private readonly driven = new Set<string>();

  constructor(private readonly world: World) {
    for (const one of world.workspaces())
      for (const job of one.jobs) if (job.state === "running" || job.state === "waiting") job.state = "queued";
    setTimeout(() => this.goOn(), 50);
  }

  onChanged(heard: (job: Job) => void): () => void {
    this.heard.add(heard);
    return () => this.heard.delete(heard);
  }

  list(workspace: TenantId): Job[] {
    const jobs = this.world.of(workspace).jobs;
    const over = jobs.filter(isOver).sort((a, b) => (b.ended_at ?? "").localeCompare(a.ended_at ?? ""));
    return [...jobs.filter((job) => !isOver(job)), ...over].map(copy);
  }

  add(workspace: TenantId, title: string, spec: JobSpec): Job {
    const job: Job = {
      id: crypto.randomUUID(),
      workspace,
      title,
      spec,
      state: "queued",
      reason: null,
      wish: null,
      by_itself: true,
      needs_consent: false,
      progress: {
        rows: 0,
        people_total: null,
        left_out: 0,
        booked: null,
        pages: 0,
        calls_spent: 0,
        calls_unknown: 0,
        ready_at: null,
      },
      result: null,
      created_at: new Date().toISOString(),
      started_at: null,
      ended_at: null,
    };
    const jobs = this.world.of(workspace).jobs;
    if (isPage(spec)) jobs.unshift(job);
    else jobs.push(job);
    this.tell(job);
    this.goOn();
    return copy(job);
  }

  price(workspace: TenantId, id: string): ExportEstimate {
    const job = this.find(workspace, id);
    const people = this.world.total(job.spec);
    if (job.spec.kind === "enrich") {
      const left = people - job.progress.rows;
      const each = job.spec.terms.mobiles ? 9 : 1;
      return {
        calls_at_most: Math.ceil(left / askedAtOnce(job.spec.what)),
        credits_at_most: left * each,
        people: left,
        ...this.world.room(workspace, left * each, "the enrichment"),
      };
    }
    const calls = Math.max(0, Math.ceil(this.wanted(job) / 100) - job.progress.pages);
    const credits = calls * this.world.creditsACall(workspace);
    const what = job.spec.kind === "export" ? "the export" : "the re-run";
    return { calls_at_most: calls, credits_at_most: credits, people, ...this.world.room(workspace, credits, what) };
  }

  wish(workspace: TenantId, id: string, wish: "pause" | "cancel"): Job {
    const job = this.find(workspace, id);
    if (this.driven.has(id)) job.wish = wish;
    else end(job, wish === "pause" ? "paused" : "cancelled");
    this.tell(job);
    return copy(job);
  }

  resume(workspace: TenantId, id: string): Job {
    const job = this.find(workspace, id);
    Object.assign(job, { state: "queued", reason: null, wish: null, needs_consent: false, ended_at: null });
    this.tell(job);
    this.goOn();
    return copy(job);
  }

  move(workspace: TenantId, id: string, by: -1 | 1): Job[] {
    const state = this.world.of(workspace);
    const line = state.jobs.filter((job) => !isOver(job));
    const at = line.findIndex((job) => job.id === id);
    const [mine, other] = [line[at], line[at + by]];
    if (mine && other) {
      line[at] = other;
      line[at + by] = mine;
      state.jobs = [...line, ...state.jobs.filter(isOver)];
      this.world.changed();
    }
    return this.list(workspace);
  }

  forget(workspace: TenantId, id: string): void {
    const state = this.world.of(workspace);
    state.jobs = state.jobs.filter((job) => job.id !== id);
    this.world.changed();
  }

  find(workspace: TenantId, id: string): Job {
    const job = this.world.of(workspace).jobs.find((one) => one.id === id);
    if (!job) throw failure("not_found", "There is no such job.", { what: "job", name: id });
    return job;
  }

  private tell(job: Job): void {
    this.world.changed();
    for (const heard of this.heard) heard(copy(job));
  }

  private goOn(): void {
    for (const one of this.world.workspaces())
      for (const job of one.jobs.filter((job) => !isOver(job) && job.state !== "paused").slice(0, atOnce))
        if (!this.driven.has(job.id)) void this.drive(one, job);
  }

  private wanted(job: Job): number {
    const total = this.world.total(job.spec);
    if (job.spec.kind !== "export") return total;
    const { scope } = job.spec;
    return scope.kind === "page" ? Math.min(scope.page_size, total) : Math.min(total, scope.max_rows ?? total);
  }

  private async drive(one: WorkspaceState, job: Job): Promise<void> {
    this.driven.add(job.id);
    const wanted = this.wanted(job);
    job.started_at ??= new Date().toISOString();
    while (job.wish === null && job.progress.rows < wanted) {
      const reason = isPage(job.spec) ? null : this.held(one);
      if (reason !== null) {
        if (job.reason?.code !== reason.code) this.tell(Object.assign(job, { state: "waiting", reason }));
        await sleep(100);
        continue;
      }
      Object.assign(job, { state: "running", reason: null });
      this.tell(job);
      await this.page(job);
      const { progress } = job;
      if (!isPage(job.spec)) {
        one.calls.push(Date.now());
        progress.calls_spent += 1;
      }
      progress.pages += 1;
      const each = job.spec.kind === "enrich" ? askedAtOnce(job.spec.what) : 100;
      progress.rows = Math.min(wanted, isPage(job.spec) ? wanted : progress.pages * each);
      progress.people_total = wanted;
      if (job.spec.kind === "enrich") this.world.pay(job);
      const left = Math.ceil((wanted - progress.rows) / each) * this.world.controls.exportPageMs;
      progress.ready_at = new Date(Date.now() + left).toISOString();
    }
    this.driven.delete(job.id);
    if (job.wish !== null) end(job, job.wish === "pause" ? "paused" : "cancelled");
    else finish(job, this.world.of(job.workspace).bought.done[job.id]);
    this.tell(job);
    this.goOn();
  }

  /** A page under way: it takes its time, and as long as a test holds it. */
  private async page({ progress }: Job): Promise<void> {
    await sleep(this.world.controls.exportPageMs);
    while (progress.pages >= this.world.controls.exportHoldsAfter) await sleep(50);
  }

  /** What keeps it from its next call. */
  private held(one: WorkspaceState) {
    const now = Date.now();
    const trouble = reasonFor(this.world.controls.trouble, now, this.world.controls.pauseMs);
    return trouble ?? limiterReason(one, now, Math.floor(one.workspace.calls_per_hour / 10));
  }
}

function end(job: Job, state: "paused" | "cancelled"): void {
  const over = state === "cancelled";
  Object.assign(job, { state, reason: null, wish: null, needs_consent: over });
  job.ended_at = over ? new Date().toISOString() : null;
}

function finish(job: Job, enriched: EnrichDone | undefined): void {
  const { rows, people_total, pages, calls_spent } = job.progress;
  const sums = { rows, people_total, pages, calls_spent, credits_spent: 0, notices: [] };
  if (job.spec.kind === "enrich") job.result = enriched ? { kind: "enrich", ...enriched } : null;
  else
    job.result =
      job.spec.kind === "export" ? { kind: "export", path: job.spec.path, ...sums } : { kind: "rerun", ...sums };
  Object.assign(job, { state: "done", reason: null, ended_at: new Date().toISOString() });
}

function isOver({ state }: Job): boolean {
  return state === "done" || state === "failed" || state === "cancelled";
}

function isPage(spec: JobSpec): boolean {
  return spec.kind === "export" && spec.scope.kind === "page";
}

function copy(job: Job): Job {
  return structuredClone(job);
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
