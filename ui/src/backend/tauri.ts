// The backend of the app: each method is one command of the window. The only file that imports @tauri-apps.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Backend } from "./backend";
import { toFailure } from "./failure";
import type { BreakerChange, Job, TenantId } from "./types";

async function call<T>(command: string, args?: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (thrown) {
    throw toFailure(thrown);
  }
}

function on<T>(event: string, heard: (payload: T) => void): () => void {
  let stopped = false;
  const stop = listen<T>(event, ({ payload }) => {
    if (!stopped) heard(payload);
  });
  return () => {
    stopped = true;
    // A listener that never came to be needs no stopping; the status bar then refreshes by the clock alone.
    stop.then((unlisten) => unlisten()).catch(() => undefined);
  };
}

export function tauriBackend(): Backend {
  return {
    appInfo: () => call("app_info"),
    vocabulary: () => call("vocabulary"),
    starterPersonas: () => call("starter_personas"),
    workspacesList: () => call("workspaces_list"),
    workspaceAdd: (name) => call("workspace_add", { name }),
    workspaceChange: (workspace, change) => call("workspace_change", { workspace, change }),
    workspaceRename: (workspace, name) => call("workspace_rename", { workspace, name }),
    workspaceRemove: (workspace, typed) => call("workspace_remove", { workspace, typed }),
    workspaceChooseExportFolder: (workspace) => call("workspace_choose_export_folder", { workspace }),
    workspaceBackup: (workspace) => call("workspace_backup", { workspace }),
    workspaceRestore: () => call("workspace_restore"),
    lastWorkspaceSave: (workspace) => call("last_workspace_save", { workspace }),
    lastWorkspaceLoad: () => call("last_workspace_load"),
    personasList: (workspace) => call("personas_list", { workspace }),
    personaSave: (workspace, persona) => call("persona_save", { workspace, persona }),
    personaRemove: (workspace, id) => call("persona_remove", { workspace, id }),
    personaShare: (workspace, id) => call("persona_share", { workspace, id }),
    personaImport: (workspace) => call("persona_import", { workspace }),
    savedFileShow: (path) => call("saved_file_show", { path }),
    search: (workspace, input) => call("search", { workspace, input }),
    searchRefresh: (workspace, input) => call("search_refresh", { workspace, input }),
    searchPeek: (workspace, input) => call("search_peek", { workspace, input }),
    peopleWindow: (workspace, view, offset, limit, keystroke) =>
      call("people_window", { workspace, view, offset, limit, keystroke }),
    peopleFacets: (workspace, view, keystroke) => call("people_facets", { workspace, view, keystroke }),
    personPlace: (workspace, view, id) => call("person_place", { workspace, view, id }),
    peopleSelectionWindow: (workspace, selection, offset, limit) =>
      call("people_selection_window", { workspace, selection, offset, limit }),
    peopleSelectionExport: (workspace, selection, file) =>
      call("people_selection_export", { workspace, selection, file }),
    peopleCounts: (workspace, filters) => call("people_counts", { workspace, filters }),
    person: (workspace, id) => call("person", { workspace, id }),
    status: (workspace) => call("status", { workspace }),
    forgiveLostLedger: () => call("forgive_lost_ledger"),
    cacheForget: (workspace, filters) => call("cache_forget", { workspace, filters }),
    activity: (workspace) => call("activity", { workspace }),
    diagnostics: (workspace) => call("diagnostics", { workspace }),
    keyStatus: (workspace) => call("key_status", { workspace }),
    keySet: (workspace, key) => call("key_set", { workspace, key }),
    keyUseForThisRun: (workspace, key) => call("key_use_for_this_run", { workspace, key }),
    keyClear: (workspace) => call("key_clear", { workspace }),
    keyCheck: (workspace) => call("key_check", { workspace }),
    exportEstimate: (workspace, input) => call("export_estimate", { workspace, input }),
    exportChooseFile: (workspace, suggested) => call("export_choose_file", { workspace, suggested }),
    exportStart: (workspace, title, input) => call("export_start", { workspace, title, input }),
    rerunEstimate: (workspace, input) => call("rerun_estimate", { workspace, input }),
    rerunStart: (workspace, title, input) => call("rerun_start", { workspace, title, input }),
    enrichEstimate: (workspace, input) => call("enrich_estimate", { workspace, input }),
    enrichStart: (workspace, title, input) => call("enrich_start", { workspace, title, input }),
    undecidedList: (workspace) => call("undecided_list", { workspace }),
    undecidedLookUp: (workspace, request) => call("undecided_look_up", { workspace, request }),
    undecidedAccept: (workspace, request) => call("undecided_accept", { workspace, request }),
    undecidedRetry: (workspace, request, agreed) => call("undecided_retry", { workspace, request, agreed }),
    usage: (workspace, listed) => call("usage", { workspace, listed }),
    usageAsk: (workspace) => call("usage_ask", { workspace }),
    usageExport: (workspace) => call("usage_export", { workspace }),
    accountCheck: (workspace) => call("account_check", { workspace }),
    jobsList: (workspace) => call("jobs_list", { workspace }),
    jobPrice: (workspace, id) => call("job_price", { workspace, id }),
    jobPause: (workspace, id) => call("job_pause", { workspace, id }),
    jobResume: (workspace, id, agreed) => call("job_resume", { workspace, id, agreed }),
    jobCancel: (workspace, id) => call("job_cancel", { workspace, id }),
    jobMove: (workspace, id, direction) => call("job_move", { workspace, id, direction }),
    jobForget: (workspace, id) => call("job_forget", { workspace, id }),
    jobShowInFolder: (workspace, id) => call("job_show_in_folder", { workspace, id }),
    openLink: (url) => call("open_link", { url }),
    settingsLoad: () => call("settings_load"),
    settingsSave: (settings) => call("settings_save", { settings }),
    dataFolderShow: () => call("data_folder_show"),
    logFolderShow: () => call("log_folder_show"),
    windowReset: () => call("window_reset"),
    viewSave: (workspace, address) => call("view_save", { workspace, address }),
    viewLoad: (workspace) => call("view_load", { workspace }),
    onBreakerChanged: (heard) => on<BreakerChange>("breaker-changed", heard),
    onJobChanged: (heard) => on<Job>("job-changed", heard),
    onAnswerRefreshed: (heard) => on<TenantId>("answer-refreshed", heard),
    onPeopleChanged: (heard) => on<TenantId>("people-changed", heard),
  };
}
