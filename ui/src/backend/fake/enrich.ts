// Pretended enrichment: who is known is taken out, the rest is paid for, people in tens and companies one by one, an answer may get lost, and everything is in a ledger.

import { texts } from "../../texts/texts";
import type {
  EnrichDone,
  EnrichEstimate,
  EnrichInput,
  EnrichOrder,
  EnrichWhat,
  Job,
  LookedUpDone,
  Room,
  TenantId,
  Undecided,
  Usage,
  UsageEntry,
  UsageListed,
  UsageSpan,
} from "../types";
import { badInput, failure } from "./answers";
import { employersOf } from "./companies";
import type { FakeJobs } from "./jobs";
import { answerTo, takeIn } from "./paidAnswers";
import type { FakeControls, WorkspaceState } from "./state";
import { viewed } from "./views";

/** What was paid for in a workspace. */
export interface Bought {
  /** The newest first. */
  entries: UsageEntry[];
  undecided: Undecided[];
  /** Whom a job or a lost request asks for. */
  asked: Record<string, string[]>;
  notFound: string[];
  done: Record<string, EnrichDone>;
  left: number;
  counted: boolean;
}

export function nothingBought(): Bought {
  return { entries: [], undecided: [], asked: {}, notFound: [], done: {}, left: 1204, counted: false };
}

interface World {
  of: (workspace: TenantId) => WorkspaceState;
  controls: FakeControls;
  jobs: () => FakeJobs;
  changed: (workspace: TenantId) => void;
}

export class FakeEnrich {
  constructor(private readonly world: World) {}

  estimate(workspace: TenantId, input: EnrichInput): EnrichEstimate {
    const one = this.world.of(workspace);
    const { what } = input;
    const people = this.people(one, input);
    const employers = employersOf(one.stored, people);
    const ids = this.selected(one, input);
    const lost = this.lost(one);
    const known = ids.filter((id) => isKnown(one, id, input));
    const notFound = ids.filter((id) => one.bought.notFound.includes(id) && !input.terms.not_found_again);
    const undecided = ids.filter((id) => lost.has(id) && !known.includes(id));
    const to = this.toAsk(one, input);
    const each = priceOf(input);
    const calls = Math.ceil(to.length / askedAtOnce(what));
    const left_out = [
      { count: known.length, what: "already known", why: "cost nothing" },
      { count: notFound.length, what: "not found before", why: "Apollo did not know them, or answered with others" },
      {
        count: undecided.length,
        what: "whose answer was lost",
        why: "paid for, or maybe, without an answer; asked again only by your word in the ledger",
      },
    ].filter(({ count }) => count > 0);
    const parts = [
      ...(what === "people" ? [`${ids.length} selected`] : [`${people.length} people`, `${ids.length} companies`]),
      ...left_out.map(({ count, what }) => `${count} ${what}`),
      to.length === 0 ? "nothing to enrich" : `${to.length} to enrich in ${calls} calls + 1 free call`,
      ...(to.length === 0 ? [] : [`at most ${to.length * each} credits`]),
      `${one.bought.left.toLocaleString("en")} credits left`,
    ];
    const waiting = one.bought.undecided.filter(({ accepted, charged }) => !accepted && charged === null);
    const mayBe = waiting.reduce((sum, { at_most }) => sum + at_most, 0);
    return {
      what,
      of_people: what === "people" ? null : people.length,
      people_without_domain: what === "people" ? 0 : employers.without,
      selected: ids.length,
      known: known.length,
      not_found_before: notFound.length,
      under_way: 0,
      undecided: undecided.length,
      nothing_to_ask_by: 0,
      repeated: 0,
      over_limit: 0,
      left_out,
      to_enrich: to.length,
      calls,
      free_calls: to.length > 0 ? 1 : 0,
      credits_at_most: to.length * each,
      mobiles_at_most: to.length * (each - 1),
      paid_again: each > 1 ? to.filter((id) => (one.stored.people[id]?.email ?? null) !== null).length : 0,
      ...this.room(workspace, to.length * each, "the enrichment", each),
      lost:
        waiting.length < 2
          ? null
          : `${waiting.length} paid calls in a row got no answer: up to ${mayBe} credits may have been charged for them.`,
      people: to.join(" "),
      sentence: parts.join(" · "),
    };
  }

  /** What the day's cap and the account leave; `next`: what the first of it could cost, 0 where some of it is kept. */
  room(workspace: TenantId, atMost: number, what: string, next: number): Room {
    const { bought, workspace: settings } = this.world.of(workspace);
    const { day } = settings.caps;
    const used = sum(bought.entries, "charged") + sum(bought.entries, "unknown");
    const left = day === null ? null : Math.max(0, day - used);
    const leaves = `The cap of ${texts.counted.credits(day ?? 0)} for today leaves ${texts.counted.credits(left ?? 0)}`;
    const held = atMost > 0 && left !== null && left < next;
    const short = held
      ? `${leaves}, and the next call could cost ${texts.counted.credits(next)}, so it is not made.`
      : left !== null && left < atMost
        ? `${leaves}: ${what} stops there.`
        : bought.left < atMost
          ? `The account has about ${texts.counted.credits(bought.left)} left, by Apollo's last count less what was paid since: ${what} waits when they are used.`
          : null;
    const payable = left === null ? atMost : Math.min(left, atMost);
    return { caps_leave: left, payable, credits_left: bought.left, short, held };
  }

  start(workspace: TenantId, title: string, input: EnrichInput): Job {
    const one = this.world.of(workspace);
    const people = this.toAsk(one, input);
    if (people.length === 0) throw badInput([{ field: "whom", message: "There is nobody to enrich." }]);
    if (people.join(" ") !== input.people)
      throw failure("not_confirmed", "The price that was agreed to was for other people than would be asked for now.");
    const { what, terms, max_credits, agreed } = input;
    return this.line(one, title, people, {
      what,
      terms,
      people: people.length,
      max_credits,
      agreed,
      agreed_after: 0,
    });
  }

  /** Pays for the ten of a job that come next, or the one company; what got no answer, or no price, is undecided. */
  pay(job: Job): void {
    if (job.spec.kind !== "enrich") return;
    const one = this.world.of(job.workspace);
    const { what } = job.spec;
    const begin = (job.progress.pages - 1) * askedAtOnce(what);
    const ten = (one.bought.asked[job.id] ?? []).slice(begin, begin + askedAtOnce(what));
    const brought = answerTo(ten, what, this.world.controls.nextPaid);
    this.world.controls.nextPaid = "answered";
    const { found, elsewhere, lacking, isPriceTold } = brought;
    const price = found.length + elsewhere.length;
    const at = new Date().toISOString();
    const entry: UsageEntry = {
      number: this.next(job.workspace),
      at,
      job: job.id,
      title: job.title,
      endpoint: what === "people" ? "people/bulk_match" : "organizations/enrich",
      company: what === "people" ? null : (ten[0] ?? null),
      people: ten.length,
      found: lacking.length > 0 ? null : found.length,
      elsewhere: elsewhere.length,
      strangers: 0,
      mobiles: job.spec.terms.mobiles,
      attempt: 1,
      state: !isPriceTold ? "may_be_charged" : price > 0 ? "charged" : "free",
      charged: isPriceTold ? price : 0,
      unknown: isPriceTold ? 0 : ten.length,
      why: lacking.length > 0 ? "timed_out" : null,
    };
    one.bought.entries.unshift(entry);
    one.bought.left -= entry.charged;
    takeIn(one.stored, what, brought, at);
    one.bought.notFound.push(...ten.filter((id) => !found.includes(id) && !lacking.includes(id)));
    if (!isPriceTold) this.leaveUndecided(one, entry, lacking);
    this.tally(one, job, entry, lacking.length);
    this.world.changed(job.workspace);
  }

  undecided(workspace: TenantId): Undecided[] {
    return structuredClone(this.world.of(workspace).bought.undecided);
  }

  lookUp(workspace: TenantId, request: number): LookedUpDone {
    const { bought } = this.world.of(workspace);
    if (this.world.controls.tooEarly)
      return {
        decided: [],
        calls_spent: 0,
        sentence: "It is too early to tell: the request may still arrive at Apollo. Look again from 14:05 on.",
        again_from: new Date(Date.now() + 60_000).toISOString(),
      };
    this.take(workspace, request);
    const entry = bought.entries.find(({ number }) => number === request);
    if (entry) Object.assign(entry, { state: "free", unknown: 0 });
    this.world.changed(workspace);
    const sentence = "Apollo's count shows that nothing was charged. It can be asked for again.";
    return { decided: [request], calls_spent: 1, sentence, again_from: null };
  }

  accept(workspace: TenantId, request: number): null {
    const { bought } = this.world.of(workspace);
    const one = bought.undecided.find(({ number }) => number === request);
    const entry = bought.entries.find(({ number }) => number === request);
    if (one) one.accepted = true;
    if (entry) entry.state = "accepted";
    this.world.changed(workspace);
    return null;
  }

  retry(workspace: TenantId, request: number): Job {
    const one = this.world.of(workspace);
    const people = one.bought.asked[request] ?? [];
    const { title, at_most, company } = this.take(workspace, request);
    const what = company === null ? "people" : "companies";
    const entry = one.bought.entries.find(({ number }) => number === request);
    if (entry) entry.state = "repeated";
    const terms = { mobiles: false, personal_emails: false, not_found_again: false, in_full: false };
    const agreed = { calls: null, credits: at_most };
    const order: EnrichOrder = {
      what,
      terms,
      people: people.length,
      max_credits: null,
      agreed,
      agreed_after: 0,
    };
    return this.line(one, title, people, order);
  }

  count(workspace: TenantId): null {
    const { bought, calls } = this.world.of(workspace);
    calls.push(Date.now());
    bought.counted = true;
    this.free(workspace, { title: "", endpoint: "usage_stats/credit_usage_stats" });
    return null;
  }

  /** Notes a call that cost nothing. */
  free(workspace: TenantId, what: Pick<UsageEntry, "title" | "endpoint">): void {
    const at = new Date().toISOString();
    const nothing = {
      company: null,
      people: 0,
      found: 0,
      elsewhere: 0,
      strangers: 0,
      mobiles: false,
      attempt: 1,
      charged: 0,
      unknown: 0,
      why: null,
    };
    this.world
      .of(workspace)
      .bought.entries.unshift({ ...nothing, ...what, number: null, at, job: null, state: "free" });
  }

  /** Notes a page of full rows, which came and whose price Apollo does not tell. */
  page(workspace: TenantId, title: string, people: number): void {
    const { entries } = this.world.of(workspace).bought;
    entries.unshift({
      number: this.next(workspace),
      at: new Date().toISOString(),
      job: null,
      title,
      endpoint: "mixed_people/search",
      company: null,
      people,
      found: people,
      elsewhere: 0,
      strangers: 0,
      mobiles: false,
      attempt: 1,
      state: "price_untold",
      charged: 0,
      unknown: 1,
      why: null,
    });
  }

  private next(workspace: TenantId): number {
    return 1 + Math.max(0, ...this.world.of(workspace).bought.entries.map(({ number }) => number ?? 0));
  }

  usage(workspace: TenantId, { newest, paid }: UsageListed): Usage {
    const { bought } = this.world.of(workspace);
    const { entries } = bought;
    const wanted = paid ? entries.filter(({ number }) => number !== null) : entries;
    const [charged, unknown] = [sum(entries, "charged"), sum(entries, "unknown")];
    const now = new Date().toISOString();
    const since = entries.at(-1)?.at ?? now;
    const latest = { consumed: 96.5 + charged, left: bought.left, told_at: now };
    const sentence = `Apollo counts ${charged} credits used in that time; this ledger has ${charged} credits. They agree.`;
    return {
      entries: structuredClone(wanted.slice(0, newest ?? wanted.length)),
      calls: entries.length,
      free_calls: entries.filter(({ number }) => number === null).length,
      days: spans(entries, 10),
      months: spans(entries, 7),
      charged,
      unknown,
      apollo: bought.counted
        ? { latest, since, counted: charged, charged, unknown, charged_after: 0, unknown_after: 0, sentence }
        : null,
    };
  }

  private line(one: WorkspaceState, title: string, people: string[], order: EnrichOrder): Job {
    const job = this.world.jobs().add(one.workspace.id, title, { ...order, kind: "enrich" });
    one.bought.asked[job.id] = people;
    return job;
  }

  private people(one: WorkspaceState, { whom }: EnrichInput): string[] {
    if (whom.kind === "people") return whom.people;
    if (whom.kind === "domains") return [];
    if (whom.kind === "runs") return Object.keys(one.stored.people);
    const { view, picked } = whom.selection;
    if (picked.kind === "only") return picked.ids;
    return viewed(one.stored, view).flatMap(({ id }) => (picked.ids.includes(id) ? [] : [id]));
  }

  /** Ids of people, or domains of their companies. */
  private selected(one: WorkspaceState, input: EnrichInput): string[] {
    if (input.whom.kind === "domains") return input.whom.domains;
    const people = this.people(one, input);
    return input.what === "people" ? people : employersOf(one.stored, people).domains;
  }

  private lost({ bought }: WorkspaceState): Set<string> {
    return new Set(bought.undecided.flatMap(({ number }) => bought.asked[number] ?? []));
  }

  private toAsk(one: WorkspaceState, input: EnrichInput): string[] {
    const { bought } = one;
    const lost = this.lost(one);
    const to = this.selected(one, input).filter(
      (id) =>
        !isKnown(one, id, input) && !lost.has(id) && (input.terms.not_found_again || !bought.notFound.includes(id)),
    );
    return input.max_credits === null ? to : to.slice(0, Math.floor(input.max_credits / priceOf(input)));
  }

  /** `lacking`: those of it who got no answer. */
  private leaveUndecided(one: WorkspaceState, entry: UsageEntry, lacking: string[]): void {
    const { job, title, company, mobiles, unknown, at, why } = entry;
    const [number, people] = [entry.number ?? 0, lacking.length];
    one.bought.asked[number] = lacking;
    one.bought.undecided.unshift({
      number,
      job,
      title,
      page: false,
      people,
      company,
      mobiles,
      at_most: unknown,
      again_at_most: people > 0 ? unknown : null,
      charged: null,
      accepted: false,
      asked_at: at,
      why,
    });
  }

  private tally(one: WorkspaceState, job: Job, entry: UsageEntry, lacking: number): void {
    const before = one.bought.done[job.id];
    const what = job.spec.kind === "enrich" ? job.spec.what : "people";
    const sums = {
      what,
      asked: (before?.asked ?? 0) + entry.people,
      found: (before?.found ?? 0) + (entry.found ?? 0),
      elsewhere: (before?.elsewhere ?? 0) + entry.elsewhere,
      undecided: (before?.undecided ?? 0) + lacking,
      left_out: 0,
      mobiles: 0,
      calls_spent: (before?.calls_spent ?? 0) + 1,
      charged: (before?.charged ?? 0) + entry.charged,
      unknown: (before?.unknown ?? 0) + entry.unknown,
    };
    const not_found = sums.asked - sums.found - sums.elsewhere - sums.undecided;
    const instead = what === "people" ? "somebody else, who" : "another company, which";
    const emails = what === "people" ? sums.found : 0;
    const parts = [
      `${sums.asked} asked`,
      ...(sums.undecided < sums.asked ? [`${sums.found} found`] : []),
      ...(emails > 0 ? [`${emails} e-mail ${emails === 1 ? "address" : "addresses"}`] : []),
      ...(not_found > 0 ? [`${not_found} not found`] : []),
      ...(sums.elsewhere > 0 ? [`${sums.elsewhere} answered with ${instead} is kept as such`] : []),
      ...(sums.undecided > 0 ? [`${sums.undecided} without an answer`] : []),
      texts.counted.credits(sums.charged),
      ...(sums.unknown > 0 ? [`at most ${sums.unknown} more may have been charged`] : []),
    ];
    one.bought.done[job.id] = { ...sums, emails, not_found, sentence: parts.join(" · ") };
    job.progress.booked = { charged: sums.charged, unknown: sums.unknown };
  }

  private take(workspace: TenantId, request: number): Undecided {
    const { bought } = this.world.of(workspace);
    const one = bought.undecided.find(({ number }) => number === request);
    if (!one) throw failure("bad_input", "There is no such request.", { violations: [] });
    bought.undecided = bought.undecided.filter(({ number }) => number !== request);
    return one;
  }
}

function isKnown(one: WorkspaceState, id: string, { what, terms }: EnrichInput): boolean {
  if (what === "companies") return one.stored.companies[id] !== undefined;
  const person = one.stored.people[id];
  return person !== undefined && person.email !== null && (!terms.mobiles || person.phone !== null);
}

/** What one of them costs at most. */
function priceOf({ what, terms }: EnrichInput): number {
  return what === "people" && terms.mobiles ? 9 : 1;
}

/** How many one call asks for. */
export function askedAtOnce(what: EnrichWhat): number {
  return what === "people" ? 10 : 1;
}

function sum(entries: UsageEntry[], of: "charged" | "unknown"): number {
  return entries.reduce((all, entry) => all + entry[of], 0);
}

function spans(entries: UsageEntry[], letters: number): UsageSpan[] {
  const names = [...new Set(entries.map(({ at }) => at.slice(0, letters)))];
  return names.map((span) => {
    const of = entries.filter(({ at }) => at.startsWith(span));
    return { span, calls: of.length, charged: sum(of, "charged"), unknown: sum(of, "unknown") };
  });
}
