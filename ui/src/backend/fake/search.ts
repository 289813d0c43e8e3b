// Pretended searches of a workspace, what their pages cost, and how things stand for the next one.
import type { Answer, ApolloWindow, Endpoint, ExportEstimate, Reason, SearchInput, Status, TenantId } from "../types";
import {
  badInput,
  emptyAnswer,
  failure,
  fromCache,
  limiterReason,
  liveAnswer,
  questionKey,
  reasonFor,
  violationsIn,
} from "./answers";
import type { FakeEnrich } from "./enrich";
import { type FakePerson, matching } from "./people";
import { breakerOf, callsInWindow, endpointInUse, type WorkspaceState } from "./state";
import { remember } from "./stored";
import type { World } from "./world";

const hour = 3_600_000;

export class FakeSearch {
  constructor(
    private readonly world: World,
    private readonly people: readonly FakePerson[],
    private readonly enrich: () => FakeEnrich,
  ) {}

  async ask(id: TenantId, input: SearchInput, pastCache: boolean): Promise<Answer> {
    const { controls, of, keep } = this.world;
    const { trouble } = controls;
    const one = of(id);
    const violations = violationsIn(input.filters);
    if (violations.length > 0) throw badInput(violations);
    const endpoint = endpointOf(one);
    const key = questionKey(input, endpoint);
    const kept = fromCache(one.cache.get(key), Date.now());
    if (!pastCache && kept?.source === "cached") return kept;
    if (trouble === "storage")
      throw failure(
        "disk_full",
        "The disk is full, so the answer could not be kept. Free some space and search again.",
        { what: "cache" },
      );
    const now = Date.now();
    const gate = !keyed(one)
      ? reasonFor("key_missing", now, 0)
      : (reasonFor(trouble, now, controls.pauseMs) ?? limiterReason(one, now) ?? this.capped(id));
    const sends = !["key_missing", "rate_limited", "breaker_open", "ledger_lost", "offline", "capped"].includes(
      gate?.code ?? "",
    );
    await this.world.call();
    if (sends) {
      one.calls.push(now);
      controls.searches += 1;
      controls.lastSearch = input;
    }
    one.gate = shuts(gate) ? gate : null;
    if (gate === null || shuts(gate)) one.answered = true;
    keep();
    if (gate)
      return kept
        ? { ...kept, source: "stale" as const, reason: gate, notice: null }
        : emptyAnswer(input, endpoint, gate, sends ? 1 : 0, now);
    const gone = new Set(matching(this.people, input.filters).slice(0, controls.left));
    const there = this.people.filter((person) => !gone.has(person));
    const answer = liveAnswer(there, one, input, Date.now());
    one.cache.set(key, { answer, storedAt: Date.now(), bytes: JSON.stringify(answer).length });
    remember(one.stored, input, answer);
    const title = `${input.filters.titles.join(" or ") || "Everybody"} · page ${input.page ?? 1}`;
    if (this.isPaid(id)) this.enrich().page(id, title, answer.people.length);
    else this.enrich().free(id, { title, endpoint });
    this.world.peopleChanged(id);
    return answer;
  }

  /** What is kept of the answer, without a call. */
  peek(id: TenantId, input: SearchInput): Answer | null {
    const one = this.world.readable(id);
    return fromCache(one.cache.get(questionKey(input, endpointOf(one))), Date.now());
  }

  /** Whether a page may cost a credit. */
  isPaid(id: TenantId): boolean {
    const one = this.world.of(id);
    return !endpointInUse(one).free && !one.workspace.sample;
  }

  /** What so many pages cost at most, whatever the caps leave. */
  pagesPrice(id: TenantId, pages: number, found: number, what: string): ExportEstimate {
    const credits = this.isPaid(id) ? pages : 0;
    return {
      calls_at_most: pages,
      credits_at_most: credits,
      people: found,
      ...this.enrich().room(id, credits, what, 1),
    };
  }

  status(id: TenantId): Status {
    const { trouble, pauseMs, ownLimits } = this.world.controls;
    const one = this.world.of(id);
    const now = Date.now();
    const calls = callsInWindow(one, now);
    const limit = one.workspace.calls_per_hour;
    const { free, because } = endpointInUse(one);
    const room = this.room(id);
    const frees = calls[0] === undefined ? null : new Date(calls[0] + hour).toISOString();
    return {
      limiter: {
        limit,
        used: calls.length,
        remaining: trouble === "rate_limited" ? 0 : Math.max(0, limit - calls.length),
        reset_at: calls.length < limit ? new Date(now).toISOString() : (frees ?? new Date(now).toISOString()),
        next_frees_at: frees,
        paused_until: ownLimits === "reached" ? new Date(now + pauseMs).toISOString() : null,
        lost_until: trouble === "ledger_lost" ? new Date(now + pauseMs).toISOString() : null,
        apollo: ownLimits === "untold" ? [] : apolloWindows(ownLimits === "reached", now),
      },
      breaker: breakerOf(trouble, now, pauseMs),
      cache: { entries: one.cache.size, bytes: [...one.cache.values()].reduce((sum, entry) => sum + entry.bytes, 0) },
      endpoint: {
        setting: one.workspace.endpoint,
        in_use: free ? "mixed_people/api_search" : "mixed_people/search",
        because,
      },
      key: one.key,
      gate: one.gate ?? this.capped(id),
      answered: one.answered,
      price: room?.held
        ? { calls: 0, credits_at_most: 0, caps_leave: room.caps_leave }
        : { calls: 1, credits_at_most: room ? 1 : 0, caps_leave: room?.caps_leave ?? null },
    };
  }

  /** What the caps leave for a page, if it costs anything. */
  private room(id: TenantId) {
    return this.isPaid(id) ? this.enrich().room(id, 1, "the search", 1) : null;
  }

  /** The cap that leaves nothing for a page. */
  private capped(id: TenantId): Reason | null {
    const room = this.room(id);
    return room?.held ? { code: "capped", message: room.short ?? "", reset_at: null } : null;
  }
}

/** Apollo's own limits of a large plan, the longest that there are to tell. */
function apolloWindows(reached: boolean, now: number): ApolloWindow[] {
  const kinds = [
    ["people_search", 200, 6],
    ["company_search", 200, 0],
    ["enrichment", 1_000, 12],
    ["bulk_enrichment", 1_000, 20],
    ["other", 200, 25],
  ] as const;
  const periods = [
    ["minute", 60_000],
    ["hour", hour],
    ["day", 24 * hour],
  ] as const;
  return kinds.flatMap(([kind, aMinute, used]) =>
    periods.map(([period, ms]) => {
      const limit = (aMinute * ms) / 60_000;
      const full = reached && kind === "people_search" && period === "hour";
      const resets_at = new Date((Math.floor(now / ms) + 1) * ms).toISOString();
      return { class: kind, period, limit, used: full ? limit : used, resets_at };
    }),
  );
}

function keyed(one: WorkspaceState): boolean {
  return one.key.state !== "missing" && one.key.state !== "unavailable";
}

function endpointOf(one: WorkspaceState): Endpoint {
  return endpointInUse(one).free ? "mixed_people/api_search" : "mixed_people/search";
}

/** Whether it would answer the next search, too, before that is sent. */
function shuts(reason: Reason | null): boolean {
  return ["key_rejected", "forbidden", "out_of_credits"].includes(reason?.code ?? "");
}
