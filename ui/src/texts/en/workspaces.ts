// Workspaces: making, naming, keeping and removing them, their keys and calls.
import { calls, plural } from "./counted";

export const workspaces = {
  cancel: "Cancel",
  close: "Close",
  keyAndCalls: "Apollo key and calls",
  callsPerHour: "Calls an hour",
  /** What opens the dialog of that name. */
  openKeyAndCalls: "Apollo key and calls…",
  openCallsPerHour: "Calls an hour…",
  settingsSaved: "Settings saved",
  dialog: {
    about: (name: string) => `Workspace “${name}”.`,
    aboutSample: (name: string) =>
      `Workspace “${name}”. It is served by the stand-in that ships with the app and needs no key.`,
  },

  menu: {
    label: (name: string) => `Workspace: ${name}`,
    add: "New workspace…",
    diagnostics: "Diagnostics…",
    restore: "Restore from a backup…",
    settings: "Settings",
    guide: "How it works",
  },

  settings: {
    title: "This workspace",
    keyAndCalls: "Key and calls",
    calls: "Calls",
    /** "600 calls an hour." */
    rate: (n: number) => `${calls(n)} an hour.`,
    /** "600 calls an hour; search: automatic." */
    rateAndSearch: (n: number, search: string) => `${calls(n)} an hour; search: ${search}.`,
    endpoints: { auto: "automatic", full: "full", free: "free" },
    caps: "Caps of credits",
    openCaps: "Caps…",
  },

  name: {
    label: "Name",
    rename: "Rename",
    renamed: "Renamed",
  },

  made: {
    title: "New workspace",
    about:
      "One for each client or team: its personas, rows, key and calls are its own, and no other workspace sees them.",
    /** Within the empty field. */
    example: "Client or team",
    hint: "Its Apollo key comes next.",
    make: "Make workspace",
  },

  keeping: {
    hours: "Rows count as fresh for (hours)",
    hoursHint: "The same search is answered from this computer meanwhile. It counts for rows that come from now on.",
    size: "Kept answers take at most (MB)",
    sizeHint: "Those used longest ago go first.",
    save: "Save",
  },

  kept: {
    label: "Kept answers",
    none: "None at the moment.",
    /** "12 answers, 41 kB." */
    some: (n: number, size: string) => `${plural(n, "answer")}, ${size}.`,
    forget: "Forget all kept answers…",
    forgetting: "Forgetting…",
    whatItMeans: (price: string) =>
      `The same searches then have to be asked again: ${price} a page. Personas, everybody who was ever found, exported files and the record of calls stay.`,
    forgetNow: "Forget them now",
    keep: "Keep them",
    forgot: (n: number) => `Forgot ${plural(n, "kept answer")}`,
    nothing: "Nothing was kept",
    nothingForFilters: "Nothing was kept for these filters",
    notForgotten: "The kept rows were not forgotten",
  },

  exportFolder: {
    label: "Folder for exports",
    none: "Where this workspace's last file went, else your documents",
    choose: "Choose folder…",
    /** Takes the folder away again. */
    reset: "None of its own",
    unchanged: "The folder stayed as it was",
  },

  backup: {
    label: "Backup",
    about:
      "Everything of this workspace but its key in one file: to keep elsewhere, or to go on with on another computer.",
    aboutSample:
      "The sample workspace is made up anew everywhere. One of your own can be brought back from its backup.",
    begin: "Back up…",
    working: "Backing up…",
    /** "Backed up, 41 kB" */
    done: (size: string) => `Backed up, ${size}`,
    failed: "No backup was made",
    show: "Show in folder",
    notShown: "Not shown",
    restore: "Restore…",
    restored: "Workspace restored",
    restoredDetail: (name: string) => `${name}. Its key is not in a backup: store it again.`,
    notRestored: "Nothing was restored",
  },

  removal: {
    label: "Remove",
    about: "Its people, personas, kept answers and key go for good. Exported files stay.",
    begin: "Remove workspace…",
    title: "Remove this workspace?",
    whatItMeans:
      "Everybody found in it, its personas, kept rows and settings, and its key in the keyring are deleted, and what runs in it ends. There is no way back but a backup. Exported files and backups stay where they are.",
    typeName: "To remove it, type its name: {name}",
    name: "Its name",
    keep: "Keep it",
    remove: "Remove for good",
    removing: "Removing…",
    removed: "Workspace removed",
    removedButKey: "Removed, but for its key",
  },

  /** Where the key of a workspace stands. */
  keyState: {
    notNeeded: "The sample workspace needs no key.",
    environment: "The key of FORAY_APOLLO_KEY is used for this run; it is stored nowhere.",
    stored: "Stored in this computer's keyring.",
    storedHint: (end: string) => `Stored in this computer's keyring, ends in …${end}.`,
    thisRunOnly: "Kept in memory for this run only: there is no keyring to store it in.",
    thisRunOnlyHint: (end: string) =>
      `Kept in memory for this run only, ends in …${end}: there is no keyring to store it in.`,
    missing: "No key yet.",
    unavailable: (why: string, advice: string) => `The keyring cannot be reached: ${why} ${advice}`,
  },

  key: {
    title: "Key",
    waiting: "Waiting for the keyring: it may be asking for its password in a window of its own.",
    notStored: "The key was not stored.",
    askAgain: "Ask the keyring again",
    asking: "Asking the keyring…",
    label: "Apollo key",
    labelThisRun: "Apollo key, for this run only",
    labelReplace: "Replace it with",
    store: "Store key",
    useForThisRun: "Use for this run",
    replace: "Replace",
    storing: "Storing…",
    /** After why it was not stored. */
    orThisRun: "Or enter it again to use it until the app closes: it is then kept in memory only.",
    /** The names of Apollo's own pages. */
    whereFrom: "From Apollo: Settings → Integrations → API.",
    whereTo: "It goes to this computer's keyring and never comes back to this window.",
    whereToThisRun:
      "There is no keyring, so it is kept in memory until the app closes and never comes back to this window.",
    check: "Check key · 1 call",
    checking: "Checking…",
    remove: "Remove key",
    removeNow: "Remove it now",
    keep: "Keep it",
  },

  limits: {
    endpoint: "Apollo's search to use",
    auto: "Automatic",
    autoHint: "full rows where the key may have them, else the free search",
    full: "Full search",
    fullHint: "whole rows; may cost up to 1 credit a page",
    free: "Free search",
    freeHint: "no credits; first names, titles and companies",
    refreshStale: "Refresh old rows by itself",
    refreshStaleHint:
      "rows older than a day are shown at once and asked for again; takes calls, only on the free search",
    callsHint: "Every request to Apollo takes one, whatever its answer. Apollo has limits of its own besides.",
    save: "Save settings",
    saveWithKey: "Save key and settings",
  },
};
