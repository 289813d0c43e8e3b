// The one interface between the window and whatever answers it: Tauri in the app, a fake in the tests. Methods are the commands of
// the window, one each; every refusal is a `Failure`, thrown, never a plain string. Nothing else in ui/ may talk to the outside.
import type {
  AccountCheck,
  ActivitySlot,
  Agreed,
  Answer,
  AppInfo,
  BackupDone,
  BreakerChange,
  Direction,
  EnrichEstimate,
  EnrichInput,
  ExportEstimate,
  ExportInput,
  FiltersInput,
  Job,
  KeyCheck,
  KeyStatus,
  LookedUpDone,
  PeopleCounts,
  PeopleExported,
  PeopleFacets,
  PeopleFile,
  PeopleSelection,
  PeopleView,
  PeopleWindow,
  Persona,
  PersonaInput,
  PersonDetails,
  PersonPlace,
  RerunInput,
  SearchInput,
  Settings,
  StarterPersona,
  Status,
  TenantId,
  Undecided,
  Usage,
  UsageListed,
  Vocabulary,
  Workspace,
  WorkspaceChange,
} from "./types";

export interface Backend {
  appInfo(): Promise<AppInfo>;
  vocabulary(): Promise<Vocabulary>;
  starterPersonas(): Promise<StarterPersona[]>;

  workspacesList(): Promise<Workspace[]>;
  workspaceAdd(name: string): Promise<Workspace>;
  workspaceChange(workspace: TenantId, change: WorkspaceChange): Promise<Workspace>;
  workspaceRename(workspace: TenantId, name: string): Promise<Workspace>;
  /** With all its data and its key; `typed` is its name as the user typed it. */
  workspaceRemove(workspace: TenantId, typed: string): Promise<null>;
  /** Asks for the folder that exports are offered in; `null` when the user cancelled. */
  workspaceChooseExportFolder(workspace: TenantId): Promise<Workspace | null>;
  /** Asks for a file and copies the workspace into it, without its key; `null` when the user cancelled. */
  workspaceBackup(workspace: TenantId): Promise<BackupDone | null>;
  /** Asks for such a file and brings its workspace back; `null` when the user cancelled. */
  workspaceRestore(): Promise<Workspace | null>;
  lastWorkspaceSave(workspace: TenantId): Promise<void>;
  lastWorkspaceLoad(): Promise<TenantId | null>;

  personasList(workspace: TenantId): Promise<Persona[]>;
  /** `id: null` makes a new one; with an id it changes that one, or puts it back after its removal. */
  personaSave(workspace: TenantId, persona: PersonaInput): Promise<Persona>;
  personaRemove(workspace: TenantId, id: string): Promise<Persona>;

  /** Asks for a file and writes the persona's name and filters into it; `null` when the user cancelled. */
  personaShare(workspace: TenantId, id: string): Promise<string | null>;
  /** Asks for such a file and saves what is in it as a new persona; `null` when the user cancelled. */
  personaImport(workspace: TenantId): Promise<Persona | null>;
  /** Shows a backup or a shared persona in its folder. */
  savedFileShow(path: string): Promise<null>;

  /** A fresh answer of the cache if there is one, else spends calls. */
  search(workspace: TenantId, input: SearchInput): Promise<Answer>;
  /** Past the cache: always spends. */
  searchRefresh(workspace: TenantId, input: SearchInput): Promise<Answer>;
  /** The cache only, stale answers included: never spends. */
  searchPeek(workspace: TenantId, input: SearchInput): Promise<Answer | null>;

  /**
   * The people of a view from `offset` on, at most `limit` (1 to 500). Nothing about fetched people ever spends. `keystroke` is
   * higher with each key in the search field (`Date.now()` will do): what was asked with a lower one and is not answered by then
   * is refused as `superseded`. Null where nobody types.
   */
  peopleWindow(
    workspace: TenantId,
    view: PeopleView,
    offset: number,
    limit: number,
    keystroke: number | null,
  ): Promise<PeopleWindow>;
  /** How many people of a view there are by each facet; dropped at the next keystroke like a window. */
  peopleFacets(workspace: TenantId, view: PeopleView, keystroke: number | null): Promise<PeopleFacets>;
  /** Where a person stands in a view; null when they are not in it. */
  personPlace(workspace: TenantId, view: PeopleView, id: string): Promise<PersonPlace | null>;
  /** Selected people in the order of their view, from `offset` on, at most `limit` (1 to 500). */
  peopleSelectionWindow(
    workspace: TenantId,
    selection: PeopleSelection,
    offset: number,
    limit: number,
  ): Promise<PeopleWindow>;
  /** Writes selected people to a file that `exportChooseFile` answered. */
  peopleSelectionExport(workspace: TenantId, selection: PeopleSelection, file: PeopleFile): Promise<PeopleExported>;
  peopleCounts(workspace: TenantId, filters: FiltersInput | null): Promise<PeopleCounts>;
  person(workspace: TenantId, id: string): Promise<PersonDetails>;

  status(workspace: TenantId): Promise<Status>;
  /** The user says that nothing was called while the record of calls was lost: calls go on at once. */
  forgiveLostLedger(): Promise<null>;
  /** Forgets the answers kept for these filters (`null`: all of them); how many they were. Asking again costs again. */
  cacheForget(workspace: TenantId, filters: FiltersInput | null): Promise<number>;
  /** The last 24 hours in 48 half hours, oldest first. */
  activity(workspace: TenantId): Promise<ActivitySlot[]>;
  /** What to send along with a question about the app: no key, no people. */
  diagnostics(workspace: TenantId): Promise<string>;

  /** Whether the key can be had: opens the keyring, which may ask for its password. */
  keyStatus(workspace: TenantId): Promise<KeyStatus>;
  keySet(workspace: TenantId, key: string): Promise<KeyStatus>;
  /** Offered after `keySet` failed for want of a keyring: the key is gone when the app closes. */
  keyUseForThisRun(workspace: TenantId, key: string): Promise<KeyStatus>;
  keyClear(workspace: TenantId): Promise<KeyStatus>;
  /** Spends one call. */
  keyCheck(workspace: TenantId): Promise<KeyCheck>;

  exportEstimate(workspace: TenantId, input: ExportInput): Promise<ExportEstimate>;
  exportChooseFile(workspace: TenantId, suggested: string): Promise<string | null>;
  /** Puts it into the line; the job goes on by itself, also after a restart. */
  exportStart(workspace: TenantId, title: string, input: ExportInput): Promise<Job>;
  rerunEstimate(workspace: TenantId, input: RerunInput): Promise<ExportEstimate>;
  rerunStart(workspace: TenantId, title: string, input: RerunInput): Promise<Job>;

  /** What enriching these people would ask and cost; never spends. */
  enrichEstimate(workspace: TenantId, input: EnrichInput): Promise<EnrichEstimate>;
  /** Puts it into the line; it pays no more than was agreed to. */
  enrichStart(workspace: TenantId, title: string, input: EnrichInput): Promise<Job>;
  /** Paid requests that may have been charged and wait for the user's word, the newest first. */
  undecidedList(workspace: TenantId): Promise<Undecided[]>;
  /** Asks Apollo's own count; spends a call or two, no credits. */
  undecidedLookUp(workspace: TenantId, request: number): Promise<LookedUpDone>;
  undecidedAccept(workspace: TenantId, request: number): Promise<null>;
  /** Has its people asked for again, and paid for again. */
  undecidedRetry(workspace: TenantId, request: number, agreed: Agreed): Promise<Job>;
  /** The ledger of credits, with the calls that are wanted. */
  usage(workspace: TenantId, listed: UsageListed): Promise<Usage>;
  /** Asks Apollo's own count for the ledger; spends a call or two, no credits. */
  usageAsk(workspace: TenantId): Promise<null>;
  /** Asks for a file and writes the ledger as CSV; `null` when the user cancelled. */
  usageExport(workspace: TenantId): Promise<string | null>;
  /** What the key and its plan allow; spends four calls at most, no credits. */
  accountCheck(workspace: TenantId): Promise<AccountCheck>;

  /** Unfinished ones in their order, then those that are over, the newest first. */
  jobsList(workspace: TenantId): Promise<Job[]>;
  /** What is left of a job costs at most. */
  jobPrice(workspace: TenantId, id: string): Promise<ExportEstimate>;
  /** A call under way is waited for; until then the job has the wish. */
  jobPause(workspace: TenantId, id: string): Promise<Job>;
  /** `agreed`: to what is left; null when that need not be agreed to anew. */
  jobResume(workspace: TenantId, id: string, agreed: Agreed | null): Promise<Job>;
  jobCancel(workspace: TenantId, id: string): Promise<Job>;
  jobMove(workspace: TenantId, id: string, direction: Direction): Promise<Job[]>;
  /** Takes it out of the history; its file stays. */
  jobForget(workspace: TenantId, id: string): Promise<null>;
  jobShowInFolder(workspace: TenantId, id: string): Promise<void>;
  openLink(url: string): Promise<void>;

  settingsLoad(): Promise<Settings>;
  settingsSave(settings: Settings): Promise<Settings>;
  dataFolderShow(): Promise<null>;
  logFolderShow(): Promise<null>;
  /** Gives the window its usual size in the middle of the screen. */
  windowReset(): Promise<null>;

  viewSave(workspace: TenantId, address: string): Promise<void>;
  viewLoad(workspace: TenantId): Promise<string | null>;

  /** Returns the way to stop listening. */
  onBreakerChanged(heard: (change: BreakerChange) => void): () => void;
  /** A job of any workspace, as it is now. */
  onJobChanged(heard: (job: Job) => void): () => void;
  /** Old rows of a workspace were asked for again in the background; the cache has the newer ones. */
  onAnswerRefreshed(heard: (workspace: TenantId) => void): () => void;
  /** People of a workspace were added or changed, by whatever fetched them. */
  onPeopleChanged(heard: (workspace: TenantId) => void): () => void;
}
