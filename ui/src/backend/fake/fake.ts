// The backend of the tests and of the browser: everything in memory, nothing real. Behaves as the app does where the window can see
// it (cache, calls, breaker, failures), and is bent by `window.__fake` or `?fake=trouble`. Never part of the app's bundle.
import type { Backend } from "../backend";
import type { Status } from "../types";
import { accountOf } from "./account";
import { badInput, filtersKey } from "./answers";
import { Crowd } from "./crowd";
import { activityOf, diagnosticsOf } from "./diagnostics";
import { FakeEnrich } from "./enrich";
import { FakeJobs } from "./jobs";
import { keyCommands } from "./keys";
import { madeUpPeople, matching } from "./people";
import { personaCommands } from "./personas";
import { FakeSearch } from "./search";
import { countsOf, detailsOf } from "./stored";
import { facetsOf, placeOf, selectedWindow, viewed, windowOf } from "./views";
import { starterPersonas, vocabulary } from "./vocabulary";
import { workspaceCommands } from "./workspaces";
import { newWorld, wait } from "./world";

/** A status that nobody can draw. A class of its own, since the library that keeps answers looks into plain objects. */
class Broken {
  get limiter(): never {
    throw new Error("broken on purpose");
  }
}

export function fakeBackend(): Backend {
  const people = madeUpPeople(4_000, 7);
  const world = newWorld(async (workspace, page) => {
    if (controls.lastSearch) await searches.ask(workspace, { ...controls.lastSearch, page }, false);
  });
  const { store, controls, of, readable, keep, call } = world;
  const searches: FakeSearch = new FakeSearch(world, people, () => enrich);
  const jobs = new FakeJobs({
    of,
    workspaces: () => store.workspaces.values(),
    controls,
    total: (spec) => (spec.kind === "enrich" ? spec.people : matching(people, spec.filters).length),
    creditsACall: (id) => (searches.isPaid(id) ? 1 : 0),
    room: (id, atMost, what) => enrich.room(id, atMost, what, 1),
    pay: (job) => enrich.pay(job),
    changed: keep,
  });
  const enrich: FakeEnrich = new FakeEnrich({ of, controls, jobs: () => jobs, changed: world.peopleChanged });
  const crowd = () => new Crowd(controls.crowd, people);

  return {
    appInfo: async () => ({ version: "0.1.0", data_dir: "/home/ana/.local/share/foray", notices: controls.notices }),
    vocabulary: async () => vocabulary,
    starterPersonas: async () => starterPersonas,
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
      keep();
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
    ...workspaceCommands(world),
    ...personaCommands(world),
    ...keyCommands(world),
    search: (id, input) => searches.ask(id, input, false),
    searchRefresh: (id, input) => searches.ask(id, input, true),
    searchPeek: async (id, input) => searches.peek(id, input),
    async peopleWindow(id, view, offset, limit) {
      controls.windows += 1;
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
    status: async (id) => (controls.broken ? (new Broken() as unknown as Status) : searches.status(id)),
    async forgiveLostLedger() {
      controls.trouble = "none";
      return null;
    },
    async cacheForget(id, filters) {
      const one = readable(id);
      const wanted = filters && filtersKey(filters);
      const keys = [...one.cache.keys()].filter((key) => wanted === null || JSON.parse(key)[1] === wanted);
      for (const key of keys) one.cache.delete(key);
      keep();
      return keys.length;
    },
    activity: async (id) => activityOf(of(id), Date.now()),
    diagnostics: async (id) => diagnosticsOf(of(id), controls.trouble),
    async exportEstimate(id, input) {
      const found = matching(people, input.filters).length;
      const pages = input.scope.kind === "page" ? 0 : Math.ceil(Math.min(found, input.scope.max_rows ?? found) / 100);
      return searches.pagesPrice(id, pages, found, "the export");
    },
    exportChooseFile: async (_id, suggested) => (controls.cancelChoice ? null : `/home/ana/Documents/${suggested}`),
    exportStart: async (id, title, input) => jobs.add(id, title, { kind: "export", ...input }),
    async rerunEstimate(id, input) {
      const found = matching(people, input.filters).length;
      const pages = Math.ceil(found / 100);
      return searches.pagesPrice(id, pages, found, "the re-run");
    },
    rerunStart: async (id, title, input) => jobs.add(id, title, { kind: "rerun", ...input }),
    enrichEstimate: async (id, input) => enrich.estimate(id, input),
    enrichStart: async (id, title, input) => enrich.start(id, title, input),
    undecidedList: async (id) => enrich.undecided(id),
    async undecidedLookUp(id, request) {
      await call();
      return enrich.lookUp(id, request);
    },
    undecidedAccept: async (id, request) => enrich.accept(id, request),
    undecidedRetry: async (id, request) => enrich.retry(id, request),
    usage: async (id, listed) => enrich.usage(id, listed),
    async usageAsk(id) {
      await call();
      return enrich.count(id);
    },
    usageExport: async (id) =>
      controls.cancelChoice ? null : `/home/ana/Documents/${of(id).workspace.name} credits.csv`,
    async accountCheck(id) {
      await call();
      return accountOf(of(id), controls.trouble === "key_rejected");
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
      keep();
    },
    viewLoad: async (id) => readable(id).view,
    onBreakerChanged(heard) {
      world.breakerHeard.add(heard);
      return () => world.breakerHeard.delete(heard);
    },
    onPeopleChanged(heard) {
      world.peopleHeard.add(heard);
      return () => world.peopleHeard.delete(heard);
    },
    onJobChanged: (heard) => jobs.onChanged(heard),
    // The fake asks for nothing by itself.
    onAnswerRefreshed: () => () => undefined,
  };
}
