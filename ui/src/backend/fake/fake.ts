// The backend of the tests and of the browser: everything in memory, nothing real. Behaves as the app does where the window can see
// it (cache, calls, breaker, failures), and is bent by `window.__fake` or `?fake=trouble`. Never part of the app's bundle.
import type { Backend } from "../backend";
import type { BreakerChange, ExportEstimate, KeyStatus, Reason, SearchInput, Status, TenantId } from "../types";
import { accountOf } from "./account";
import {
  badInput,
  emptyAnswer,
  failure,
  filtersKey,
  fromCache,
  limiterReason,
  liveAnswer,
  questionKey,
  reasonFor,
  violationsIn,
} from "./answers";
import { Crowd } from "./crowd";
import { activityOf, diagnosticsOf } from "./diagnostics";
import { FakeEnrich } from "./enrich";
import { FakeJobs } from "./jobs";
import { madeUpPeople, matching } from "./people";
import {
  breakerOf,
  callsInWindow,
  endpointInUse,
  type FakeControls,
  newWorkspace,
  type Trouble,
  type WorkspaceState,
} from "./state";
import { loadStore, saveStore } from "./store";
import { countsOf, detailsOf, remember } from "./stored";
import { facetsOf, placeOf, selectedWindow, viewed, windowOf } from "./views";
import { starterPersonas, vocabulary } from "./vocabulary";

declare global {
  interface Window {
    __fake?: FakeControls;
  }
}

const hour = 3_600_000;

export function fakeBackend(): Backend {
  const people = madeUpPeople(4_000, 7);
  const store = loadStore();
  const breakerHeard = new Set<(breaker: BreakerChange) => void>();
  const peopleHeard = new Set<(workspace: TenantId) => void>();
  const asked = new URLSearchParams(location.search).get("fake");
  let trouble = (asked ?? "none") as Trouble;
  let keyringLocked = false;

  const controls: FakeControls = {
    get trouble() {
      return trouble;
    },
    set trouble(next: Trouble) {
      const from = breakerOf(trouble, Date.now(), 0).state;
      trouble = next;
      const { state: to, reason } = breakerOf(next, Date.now(), 0);
      const at = new Date().toISOString();
      for (const heard of breakerHeard)
        heard({ origin: "fake", from, to, reason: reason ?? "The trial call succeeded.", at });
    },
    delayMs: 60,
    exportPageMs: 80,
    exportHoldsAfter: Number.POSITIVE_INFINITY,
    windowMs: 0,
    crowd: 0,
    notices:
      asked === "notice"
        ? ["A damaged cache was set aside as cache.damaged-2026-11-22.sqlite; a new one was made."]
        : [],
    searches: 0,
    lastSearch: null,
    links: [],
    shown: [],
    keysSet: 0,
    cancelChoice: false,
    ageCacheBy(ms) {
      for (const one of store.workspaces.values())
        for (const entry of one.cache.values()) {
          entry.storedAt -= ms;
          entry.answer = { ...entry.answer, as_of: new Date(Date.parse(entry.answer.as_of) - ms).toISOString() };
        }
      saveStore(store);
    },
    useUpCalls(workspace, leave) {
      const one = of(workspace);
      const spare = one.workspace.calls_per_hour - callsInWindow(one, Date.now()).length - leave;
      for (let i = 0; i < spare; i++) one.calls.unshift(Date.now() - 20 * 60_000);
      told();
    },
    freeCalls(workspace) {
      of(workspace).calls = [];
      told();
    },
    makeNewer(workspace) {
      of(workspace).newer = true;
      told();
    },
    jobsOf: (workspace) => of(workspace).jobs,
    haveBusyDay(workspace) {
      of(workspace).busyDay = true;
      told();
    },
    changeJob(workspace, id) {
      const person = of(workspace).stored.people[id];
      if (!person) return;
      const [after, by] = [40, 2].map((days) => new Date(Date.now() - days * 24 * hour).toISOString());
      if (after && by) person.changed_jobs = { after, by };
      peopleChanged(workspace);
    },
    async fetchPage(workspace, page) {
      if (controls.lastSearch) await search(workspace, { ...controls.lastSearch, page }, false);
    },
    left: 0,
    pauseMs: 47 * 60_000,
    nextPaid: "answered",
    lockKeyring(locked) {
      keyringLocked = locked;
    },
    removeElsewhere(workspace) {
      store.workspaces.delete(workspace);
      told();
    },
    nextFile: null,
    done: [],
  };
  window.__fake = controls;

  const crowd = () => new Crowd(controls.crowd, people);
  const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
  function told() {
    saveStore(store);
  }
  function peopleChanged(workspace: TenantId) {
    told();
    for (const heard of peopleHeard) heard(workspace);
  }
  function of(id: TenantId): WorkspaceState {
    const one = store.workspaces.get(id);
    if (!one) throw failure("not_found", "There is no such workspace.", { what: "workspace", name: id });
    return one;
  }
  function keyed(one: WorkspaceState): boolean {
    return one.key.state !== "missing" && one.key.state !== "unavailable";
  }
  function endpointOf(one: WorkspaceState) {
    return endpointInUse(one).free ? ("mixed_people/api_search" as const) : ("mixed_people/search" as const);
  }

  /** The workspace, unless its files are a newer Foray's. */
  function readable(id: TenantId): WorkspaceState {
    const one = of(id);
    if (one.newer)
      throw failure(
        "newer_file",
        "The workspace's file of people and personas was made by a newer version of Foray. Install the newest version; the file was left untouched.",
        { what: "The workspace's file of people and personas" },
      );
    return one;
  }

  async function search(id: TenantId, input: SearchInput, pastCache: boolean) {
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
      : (reasonFor(trouble, now, controls.pauseMs) ?? limiterReason(one, now) ?? capped(id));
    const sends = !["key_missing", "rate_limited", "breaker_open", "ledger_lost", "offline", "capped"].includes(
      gate?.code ?? "",
    );
    await wait(controls.delayMs);
    if (sends) {
      one.calls.push(now);
      controls.searches += 1;
      controls.lastSearch = input;
    }
    one.gate = shuts(gate) ? gate : null;
    if (gate === null || shuts(gate)) one.answered = true;
    told();
    if (gate)
      return kept
        ? { ...kept, source: "stale" as const, reason: gate, notice: null }
        : emptyAnswer(input, endpoint, gate, sends ? 1 : 0, now);
    const gone = new Set(matching(people, input.filters).slice(0, controls.left));
    const there = people.filter((person) => !gone.has(person));
    const answer = liveAnswer(there, one, input, Date.now());
    one.cache.set(key, { answer, storedAt: Date.now(), bytes: JSON.stringify(answer).length });
    remember(one.stored, input, answer);
    const title = `${input.filters.titles.join(" or ") || "Everybody"} · page ${input.page ?? 1}`;
    if (isPaid(id)) enrich.page(id, title, answer.people.length);
    else enrich.free(id, { title, endpoint });
    peopleChanged(id);
    return answer;
  }

  /** Whether a page may cost a credit. */
  function isPaid(id: TenantId): boolean {
    const one = of(id);
    return !endpointInUse(one).free && !one.workspace.sample;
  }

  /** The cap that leaves nothing for a page. */
  function capped(id: TenantId): Reason | null {
    const room = isPaid(id) ? enrich.room(id, 1, "the search", 1) : null;
    return room?.held ? { code: "capped", message: room.short ?? "", reset_at: null } : null;
  }

  function status(id: TenantId): Status {
    const one = of(id);
    const now = Date.now();
    const calls = callsInWindow(one, now);
    const limit = one.workspace.calls_per_hour;
    const { free, because } = endpointInUse(one);
    const room = isPaid(id) ? enrich.room(id, 1, "the search", 1) : null;
    const frees = calls[0] === undefined ? null : new Date(calls[0] + hour).toISOString();
    return {
      limiter: {
        limit,
        used: calls.length,
        remaining: trouble === "rate_limited" ? 0 : Math.max(0, limit - calls.length),
        reset_at: calls.length < limit ? new Date(now).toISOString() : (frees ?? new Date(now).toISOString()),
        next_frees_at: frees,
        paused_until: null,
        lost_until: trouble === "ledger_lost" ? new Date(now + controls.pauseMs).toISOString() : null,
        apollo: [],
      },
      breaker: breakerOf(trouble, now, controls.pauseMs),
      cache: { entries: one.cache.size, bytes: [...one.cache.values()].reduce((sum, entry) => sum + entry.bytes, 0) },
      endpoint: {
        setting: one.workspace.endpoint,
        in_use: free ? "mixed_people/api_search" : "mixed_people/search",
        because,
      },
      key: one.key,
      gate: one.gate ?? capped(id),
      answered: one.answered,
      price: room?.held
        ? { calls: 0, credits_at_most: 0, caps_leave: room.caps_leave }
        : { calls: 1, credits_at_most: room ? 1 : 0, caps_leave: room?.caps_leave ?? null },
    };
  }

  /** What so many pages cost at most, whatever the caps leave. */
  function pagesPrice(id: TenantId, pages: number, found: number, what: string): ExportEstimate {
    const credits = isPaid(id) ? pages : 0;
    return { calls_at_most: pages, credits_at_most: credits, people: found, ...enrich.room(id, credits, what, 1) };
  }

  /** Whether it would answer the next search, too, before that is sent. */
  function shuts(reason: Reason | null): boolean {
    return ["key_rejected", "forbidden", "out_of_credits"].includes(reason?.code ?? "");
  }

  function setKey(one: WorkspaceState, key: KeyStatus): KeyStatus {
    one.key = key;
    one.gate = null;
    one.answered = false;
    one.workspace.key_hint = key.state === "stored" ? key.hint : null;
    saveStore(store);
    return key;
  }

  const jobs = new FakeJobs({
    of,
    workspaces: () => store.workspaces.values(),
    controls,
    total: (spec) => (spec.kind === "enrich" ? spec.people : matching(people, spec.filters).length),
    creditsACall: (id) => (isPaid(id) ? 1 : 0),
    room: (id, atMost, what) => enrich.room(id, atMost, what, 1),
    pay: (job) => enrich.pay(job),
    changed: told,
  });
  const enrich: FakeEnrich = new FakeEnrich({ of, controls, jobs: () => jobs, changed: peopleChanged });

  return {
    appInfo: async () => ({ version: "0.1.0", data_dir: "/home/ana/.local/share/foray", notices: controls.notices }),
    vocabulary: async () => vocabulary,
    starterPersonas: async () => starterPersonas,
    workspacesList: async () => {
      if (asked === "not-started")
        throw failure(
          "newer_file",
          "The list of workspaces was made by a newer version of Foray. Install the newest version; the file was left untouched.",
        );
      return [...store.workspaces.values()].map((one) => ({ ...one.workspace }));
    },
    async workspaceAdd(name) {
      const plain = name.normalize("NFKC").trim();
      if (plain === "") throw badInput([{ field: "name", message: "Give the workspace a name." }]);
      for (const one of store.workspaces.values())
        if (one.workspace.name.toLocaleLowerCase() === plain.toLocaleLowerCase() || plain.toLowerCase() === "sample")
          throw badInput([{ field: "name", message: `There is a workspace “${plain}” already.` }]);
      const one = newWorkspace(crypto.randomUUID(), plain, false);
      store.workspaces.set(one.workspace.id, one);
      saveStore(store);
      return { ...one.workspace };
    },
    async workspaceChange(id, change) {
      const one = of(id);
      const calls = change.calls_per_hour;
      if (calls !== null && (!Number.isInteger(calls) || calls < 1 || calls > 6_000))
        throw badInput([{ field: "calls_per_hour", message: "Calls an hour: a whole number from 1 to 6,000." }]);
      if (calls !== null) one.workspace.calls_per_hour = calls;
      if (change.refresh_stale !== null) one.workspace.refresh_stale = change.refresh_stale;
      if (change.cache_hours !== null && (change.cache_hours < 1 || change.cache_hours > 720))
        throw badInput([{ field: "cache_hours", message: "Rows count as fresh for 1 to 720 hours; the usual is 24." }]);
      if (change.cache_hours !== null) one.workspace.cache_hours = change.cache_hours;
      if (change.cache_mb !== null) one.workspace.cache_mb = change.cache_mb;
      if (change.export_folder !== null) one.workspace.export_folder = change.export_folder || null;
      if (change.caps !== null) one.workspace.caps = change.caps;
      if (change.endpoint !== null) one.workspace.endpoint = change.endpoint;
      one.gate = null;
      told();
      return { ...one.workspace };
    },
    async workspaceRename(id, name) {
      const plain = name.normalize("NFKC").trim();
      if (plain === "") throw badInput([{ field: "name", message: "Give the workspace a name." }]);
      for (const one of store.workspaces.values())
        if (one.workspace.id !== id && one.workspace.name.toLocaleLowerCase() === plain.toLocaleLowerCase())
          throw badInput([{ field: "name", message: `There is a workspace “${plain}” already.` }]);
      of(id).workspace.name = plain;
      told();
      return { ...of(id).workspace };
    },
    async workspaceRemove(id, typed) {
      if (typed.trim().toLowerCase() !== of(id).workspace.name.toLowerCase())
        throw failure("not_confirmed", `To remove it, type its name: ${of(id).workspace.name}`);
      store.workspaces.delete(id);
      told();
      return null;
    },
    async workspaceChooseExportFolder(id) {
      if (controls.cancelChoice) return null;
      of(id).workspace.export_folder = "/home/ana/Documents/Exports";
      told();
      return { ...of(id).workspace };
    },
    async workspaceBackup(id) {
      if (controls.cancelChoice) return null;
      await wait(controls.delayMs);
      controls.done.push("backup");
      return { path: `/home/ana/Documents/${of(id).workspace.name} 2026-11-28.foray-backup`, bytes: 1_234_567 };
    },
    async workspaceRestore() {
      controls.done.push("restore");
      await wait(controls.delayMs);
      if (controls.nextFile === null) return null;
      if (controls.nextFile !== "backup")
        throw badInput([
          {
            field: "path",
            message:
              "That is no whole backup of Foray: it can't be unpacked. Nothing was changed. Choose a file that “Back up…” has made, whole as it was: one that was cut short on its way, by mail or by a full disk, is none any more. If it was copied from another computer, copy it once more and compare the sizes of the two files before it is restored.",
          },
        ]);
      const one = newWorkspace(crypto.randomUUID(), "Restored client", false);
      store.workspaces.set(one.workspace.id, one);
      told();
      return { ...one.workspace };
    },
    async personaShare(id, personaId) {
      const persona = of(id).personas.get(personaId);
      return controls.cancelChoice || !persona ? null : `/home/ana/Documents/${persona.name}.json`;
    },
    async personaImport(id) {
      if (controls.nextFile === null) return null;
      if (controls.nextFile !== "persona")
        throw badInput([{ field: "persona", message: "That is no persona of Foray. Share it again from the window." }]);
      const persona = {
        id: crypto.randomUUID(),
        name: "Shared chiefs",
        filters: { titles: ["CFO"], seniorities: [], industries: [], locations: [], company_sizes: [], keywords: "" },
        updated_at: new Date().toISOString(),
      };
      of(id).personas.set(persona.id, persona);
      told();
      return persona;
    },
    async savedFileShow(path) {
      controls.shown.push(path);
      return null;
    },
    settingsLoad: async () => ({ ...store.settings }),
    async settingsSave(settings) {
      const { proxy } = settings;
      if (proxy.mode === "manual" && !/^(https?|socks5h?):\/\/[^/@]+$/.test(proxy.address))
        throw badInput([
          { field: "proxy", message: "A proxy is scheme, host and port, such as http://proxy.example:3128." },
        ]);
      store.settings = { ...settings };
      told();
      return { ...settings };
    },
    async dataFolderShow() {
      controls.done.push("data folder");
      return null;
    },
    async logFolderShow() {
      controls.done.push("log folder");
      return null;
    },
    async windowReset() {
      controls.done.push("window");
      return null;
    },
    async lastWorkspaceSave(id) {
      store.lastWorkspace = id;
      saveStore(store);
    },
    lastWorkspaceLoad: async () => store.lastWorkspace,
    personasList: async (id) => [...readable(id).personas.values()].sort((a, b) => a.name.localeCompare(b.name)),
    async personaSave(id, { id: personaId, name, filters }) {
      const one = of(id);
      const plain = name.trim();
      const violations = violationsIn(filters);
      if (plain === "") violations.push({ field: "name", message: "Give the persona a name." });
      for (const other of one.personas.values())
        if (other.id !== personaId && other.name.toLocaleLowerCase() === plain.toLocaleLowerCase())
          violations.push({ field: "name", message: `There is a persona “${other.name}” already.` });
      if (violations.length > 0) throw badInput(violations);
      const persona = {
        id: personaId ?? crypto.randomUUID(),
        name: plain,
        filters: { ...filters, seniorities: vocabulary.seniorities.filter((s) => filters.seniorities.includes(s)) },
        updated_at: new Date().toISOString(),
      };
      one.personas.set(persona.id, persona);
      saveStore(store);
      return persona;
    },
    async personaRemove(id, personaId) {
      const persona = of(id).personas.get(personaId);
      if (!persona) throw failure("not_found", "There is no such persona.", { what: "persona", name: personaId });
      of(id).personas.delete(personaId);
      saveStore(store);
      return persona;
    },
    search: (id, input) => search(id, input, false),
    searchRefresh: (id, input) => search(id, input, true),
    async searchPeek(id, input) {
      const one = readable(id);
      return fromCache(one.cache.get(questionKey(input, endpointOf(one))), Date.now());
    },
    async peopleWindow(id, view, offset, limit) {
      if (controls.windowMs > 0) await wait(controls.windowMs);
      if (view.set.kind === "everybody" && controls.crowd > 0) return crowd().window(offset, limit);
      return windowOf(readable(id).stored, view, offset, limit);
    },
    peopleFacets: async (id, view) => facetsOf(readable(id).stored, view),
    async personPlace(id, view, person) {
      if (view.set.kind === "everybody" && controls.crowd > 0) return crowd().place(person);
      return placeOf(readable(id).stored, view, person);
    },
    peopleSelectionWindow: async (id, selection, offset, limit) =>
      selectedWindow(readable(id).stored, selection, offset, limit),
    async peopleSelectionExport(id, { view, picked }, { path }) {
      const { stored } = readable(id);
      const rows = picked.kind === "only" ? picked.ids.length : viewed(stored, view).length - picked.ids.length;
      return { path, rows, kept: [] };
    },
    async peopleCounts(id, filters) {
      const counts = countsOf(readable(id).stored, filters);
      return controls.crowd > 0 ? { ...counts, everybody: controls.crowd } : counts;
    },
    person: async (id, person) =>
      controls.crowd > 0 ? crowd().details(person) : detailsOf(readable(id).stored, person),
    status: async (id) => status(id),
    async forgiveLostLedger() {
      controls.trouble = "none";
      return null;
    },
    async cacheForget(id, filters) {
      const one = readable(id);
      const wanted = filters && filtersKey(filters);
      const keys = [...one.cache.keys()].filter((key) => wanted === null || JSON.parse(key)[1] === wanted);
      for (const key of keys) one.cache.delete(key);
      told();
      return keys.length;
    },
    activity: async (id) => activityOf(of(id), Date.now()),
    diagnostics: async (id) => diagnosticsOf(of(id), trouble),
    async keyStatus(id) {
      const one = of(id);
      if (keyringLocked && one.key.state === "stored")
        return { state: "unavailable", why: "It is locked.", advice: "Unlock it in its own program and try again." };
      return one.key;
    },
    async keySet(id, key) {
      controls.keysSet += 1;
      const plain = key.trim();
      if (plain === "") throw badInput([{ field: "key", message: "Paste the key from Apollo's settings." }]);
      if (plain.startsWith("nokeyring"))
        throw failure("keyring", "There is no keyring to store the key in. Install gnome-keyring or KWallet.", {
          why: "no keyring",
          advice: "Install gnome-keyring or KWallet.",
        });
      const one = of(id);
      one.closedFull = plain.startsWith("free");
      return setKey(one, { state: "stored", hint: plain.length >= 16 ? plain.slice(-4) : null });
    },
    keyUseForThisRun: async (id, key) =>
      setKey(of(id), { state: "this_run_only", hint: key.trim().length >= 16 ? key.trim().slice(-4) : null }),
    keyClear: async (id) => setKey(of(id), { state: "missing" }),
    async keyCheck(id) {
      await wait(controls.delayMs);
      of(id).calls.push(Date.now());
      of(id).gate = trouble === "key_rejected" ? reasonFor(trouble, Date.now(), 0) : null;
      of(id).answered = true;
      told();
      const checked_at = new Date().toISOString();
      return trouble === "key_rejected"
        ? {
            checked_at,
            code: "key_rejected",
            valid: false,
            may_search: null,
            credits_left: null,
            calls_spent: 1,
            sentences: ["Apollo does not accept this key. Copy it again from Apollo's settings."],
          }
        : {
            checked_at,
            code: null,
            valid: true,
            may_search: true,
            credits_left: 1204,
            calls_spent: 1,
            sentences: ["Apollo accepts this key.", "It may search.", "1,204 credits are left on the account."],
          };
    },
    async exportEstimate(id, input) {
      const found = matching(people, input.filters).length;
      const pages = input.scope.kind === "page" ? 0 : Math.ceil(Math.min(found, input.scope.max_rows ?? found) / 100);
      return pagesPrice(id, pages, found, "the export");
    },
    exportChooseFile: async (_id, suggested) => (controls.cancelChoice ? null : `/home/ana/Documents/${suggested}`),
    exportStart: async (id, title, input) => jobs.add(id, title, { kind: "export", ...input }),
    async rerunEstimate(id, input) {
      const found = matching(people, input.filters).length;
      const pages = Math.ceil(found / 100);
      return pagesPrice(id, pages, found, "the re-run");
    },
    rerunStart: async (id, title, input) => jobs.add(id, title, { kind: "rerun", ...input }),
    enrichEstimate: async (id, input) => enrich.estimate(id, input),
    enrichStart: async (id, title, input) => enrich.start(id, title, input),
    undecidedList: async (id) => enrich.undecided(id),
    async undecidedLookUp(id, request) {
      await wait(controls.delayMs);
      return enrich.lookUp(id, request);
    },
    undecidedAccept: async (id, request) => enrich.accept(id, request),
    undecidedRetry: async (id, request) => enrich.retry(id, request),
    usage: async (id, listed) => enrich.usage(id, listed),
    async usageAsk(id) {
      await wait(controls.delayMs);
      return enrich.count(id);
    },
    usageExport: async (id) =>
      controls.cancelChoice ? null : `/home/ana/Documents/${of(id).workspace.name} credits.csv`,
    async accountCheck(id) {
      await wait(controls.delayMs);
      return accountOf(of(id), trouble === "key_rejected");
    },
    jobsList: async (id) => jobs.list(id),
    jobPrice: async (id, job) => jobs.price(id, job),
    jobPause: async (id, job) => jobs.wish(id, job, "pause"),
    jobResume: async (id, job) => jobs.resume(id, job),
    jobCancel: async (id, job) => jobs.wish(id, job, "cancel"),
    jobMove: async (id, job, direction) => jobs.move(id, job, direction === "up" ? -1 : 1),
    async jobForget(id, job) {
      jobs.forget(id, job);
      return null;
    },
    async jobShowInFolder(id, job) {
      const { spec } = jobs.find(id, job);
      if (spec.kind === "export") controls.shown.push(spec.path);
    },
    async openLink(url) {
      if (!url.startsWith("https://")) throw badInput([{ field: "url", message: "Only https links are opened." }]);
      controls.links.push(url);
    },
    async viewSave(id, address) {
      of(id).view = address;
      saveStore(store);
    },
    viewLoad: async (id) => readable(id).view,
    onBreakerChanged(heard) {
      breakerHeard.add(heard);
      return () => breakerHeard.delete(heard);
    },
    onPeopleChanged(heard) {
      peopleHeard.add(heard);
      return () => peopleHeard.delete(heard);
    },
    onJobChanged: (heard) => jobs.onChanged(heard),
    // The fake asks for nothing by itself.
    onAnswerRefreshed: () => () => undefined,
  };
}
