// The keys of the window, each once: what is pressed, where it counts, and what it does in words. Handlers ask this table what a key
// means, the palette and the sheet of keys show what stands in it; no key is written down anywhere else.

/** Where a key counts: in the window, in the table, in its head, in the panel of a person, on a tab. */
export type Where = "window" | "table" | "head" | "person" | "tab";

interface Binding {
  where: Where;
  /** "Mod" is Ctrl, or ⌘ on a Mac; "Ctrl" is Ctrl on a Mac, too. Each of these does it. */
  keys: readonly string[];
  words: string;
  /** Other words that somebody may look for it by. */
  also?: string;
}

const numbered = ["Mod+1", "Mod+2", "Mod+3", "Mod+4", "Mod+5", "Mod+6", "Mod+7", "Mod+8", "Mod+9"] as const;

export const bindings = {
  palette: { where: "window", keys: ["Mod+K"], words: "Everything that can be done" },
  keys: { where: "window", keys: ["?"], words: "All keys" },
  find: { where: "window", keys: ["/", "Mod+F"], words: "Find people that were fetched" },
  search: { where: "window", keys: ["Mod+Enter"], words: "Search, or search anew" },
  edit: { where: "window", keys: ["Mod+E"], words: "Edit the filters" },
  "new-persona": { where: "window", keys: [], words: "New persona" },
  "import-persona": { where: "window", keys: [], words: "Import a persona from a file…" },
  "share-persona": { where: "window", keys: [], words: "Share this persona as a file…" },
  rerun: { where: "window", keys: [], words: "Fetch all pages…" },
  "enrich-selected": {
    where: "window",
    keys: [],
    words: "Enrich who is selected, or their companies…",
    also: "e-mail address mobile number phone company pay credits",
  },
  enrich: {
    where: "window",
    keys: ["Mod+Shift+Enter"],
    words: "Enrich who is shown, or their companies…",
    also: "e-mail address mobile number phone company pay credits",
  },
  "export-selected": { where: "window", keys: [], words: "Export who is selected…" },
  export: { where: "window", keys: ["Mod+Shift+E"], words: "Export…" },
  back: { where: "window", keys: ["Alt+ArrowLeft"], words: "Back to where you were before" },
  forward: { where: "window", keys: ["Alt+ArrowRight"], words: "Forward again" },
  "new-tab": { where: "window", keys: ["Mod+T"], words: "This view in a new tab" },
  "close-tab": { where: "window", keys: ["Mod+W"], words: "Close the tab" },
  "reopen-tab": { where: "window", keys: ["Mod+Shift+T"], words: "Open the tab again that was closed last" },
  "next-tab": { where: "window", keys: ["Ctrl+Tab", "Mod+PageDown"], words: "To the next tab" },
  "previous-tab": { where: "window", keys: ["Ctrl+Shift+Tab", "Mod+PageUp"], words: "To the tab before" },
  "tab-by-number": { where: "window", keys: numbered, words: "To a tab by its place; 9: to the last" },
  undo: { where: "window", keys: ["Mod+Z"], words: "Undo what was done last" },
  "show-page": { where: "window", keys: ["1"], words: "Show this page" },
  "show-fetched": { where: "window", keys: ["2"], words: "Show all that were fetched for these filters" },
  "show-everyone": { where: "window", keys: ["3"], words: "Show everyone in this workspace" },
  facets: { where: "window", keys: [], words: "Show or hide what there is to narrow by" },
  compact: { where: "window", keys: [], words: "Compact rows" },
  normal: { where: "window", keys: [], words: "Normal rows" },
  roomy: { where: "window", keys: [], words: "Roomy rows" },
  "usual-columns": { where: "window", keys: [], words: "All columns as usual" },
  light: { where: "window", keys: [], words: "Light theme" },
  dark: { where: "window", keys: [], words: "Dark theme" },
  system: { where: "window", keys: [], words: "Theme as the desktop has it" },
  "more-contrast": { where: "window", keys: [], words: "More contrast" },
  "usual-contrast": { where: "window", keys: [], words: "Contrast as the desktop has it" },
  larger: { where: "window", keys: ["Mod++", "Mod+="], words: "Larger" },
  smaller: { where: "window", keys: ["Mod+-"], words: "Smaller" },
  "usual-size": { where: "window", keys: ["Mod+0"], words: "As large as usual" },
  "new-workspace": { where: "window", keys: [], words: "New workspace…" },
  key: { where: "window", keys: [], words: "Apollo key and calls…" },
  "rename-workspace": { where: "window", keys: [], words: "Rename this workspace" },
  backup: { where: "window", keys: [], words: "Back this workspace up…" },
  restore: { where: "window", keys: [], words: "Restore a workspace from a backup…" },
  "remove-workspace": { where: "window", keys: [], words: "Remove this workspace…" },
  jobs: {
    where: "window",
    keys: ["Mod+J"],
    words: "Jobs",
    also: "history pause resume go on cancel exports enrichments",
  },
  diagnostics: { where: "window", keys: [], words: "Diagnostics…" },
  ledger: {
    where: "window",
    keys: ["Mod+L"],
    words: "Ledger of credits",
    also: "usage calls lost look up accept ask again spent charged",
  },
  compare: { where: "window", keys: [], words: "Compare the ledger with Apollo's count · ≤ 2 calls" },
  caps: { where: "window", keys: [], words: "Caps of credits…" },
  account: { where: "window", keys: ["Mod+Shift+L"], words: "Account", also: "plan limits endpoints check key" },
  activity: { where: "window", keys: [], words: "What was done" },
  settings: { where: "window", keys: ["Mod+,"], words: "Settings" },
  guide: { where: "window", keys: ["F1"], words: "How it works" },

  up: { where: "table", keys: ["ArrowUp"], words: "One row up" },
  down: { where: "table", keys: ["ArrowDown"], words: "One row down" },
  left: { where: "table", keys: ["ArrowLeft"], words: "One column to the left" },
  right: { where: "table", keys: ["ArrowRight"], words: "One column to the right" },
  "row-start": { where: "table", keys: ["Home"], words: "To the first column" },
  "row-end": { where: "table", keys: ["End"], words: "To the last column" },
  first: { where: "table", keys: ["Mod+Home"], words: "To the first row" },
  last: { where: "table", keys: ["Mod+End"], words: "To the last row" },
  "page-up": { where: "table", keys: ["PageUp"], words: "A view of rows up" },
  "page-down": { where: "table", keys: ["PageDown"], words: "A view of rows down" },
  open: { where: "table", keys: ["Enter"], words: "Open the person" },
  pick: { where: "table", keys: ["Space", "Shift+Space"], words: "Select the person, or let go" },
  "extend-up": { where: "table", keys: ["Shift+ArrowUp"], words: "Select up to the row above" },
  "extend-down": { where: "table", keys: ["Shift+ArrowDown"], words: "Select down to the row below" },
  "extend-page-up": { where: "table", keys: ["Shift+PageUp"], words: "Select a view of rows up" },
  "extend-page-down": { where: "table", keys: ["Shift+PageDown"], words: "Select a view of rows down" },
  "extend-first": { where: "table", keys: ["Mod+Shift+Home"], words: "Select up to the first row" },
  "extend-last": { where: "table", keys: ["Mod+Shift+End"], words: "Select down to the last row" },
  "pick-all": { where: "table", keys: ["Mod+A"], words: "Select those in sight; again: all" },
  "pick-none": { where: "table", keys: ["Mod+Shift+A"], words: "Select nobody" },
  copy: { where: "table", keys: ["Mod+C"], words: "Copy the selection, or the cell" },

  sort: { where: "head", keys: ["Enter"], words: "Sort by this column; again: the other way round; again: not" },
  "sort-too": { where: "head", keys: ["Shift+Enter"], words: "Sort by this column, too, after the others" },
  narrower: { where: "head", keys: ["Shift+ArrowLeft"], words: "Make the column narrower" },
  wider: { where: "head", keys: ["Shift+ArrowRight"], words: "Make the column wider" },
  fit: { where: "head", keys: ["F"], words: "Make the column as wide as its contents" },
  "move-left": { where: "head", keys: ["Mod+ArrowLeft"], words: "Move the column to the left" },
  "move-right": { where: "head", keys: ["Mod+ArrowRight"], words: "Move the column to the right" },
  "column-menu": { where: "head", keys: ["Alt+ArrowDown", "ContextMenu"], words: "Open the menu of the column" },

  next: { where: "person", keys: ["J"], words: "Next person" },
  previous: { where: "person", keys: ["K"], words: "Previous person" },
  leave: { where: "person", keys: ["Escape"], words: "Close the panel" },

  "tab-left": { where: "tab", keys: ["ArrowLeft"], words: "To the tab on the left" },
  "tab-right": { where: "tab", keys: ["ArrowRight"], words: "To the tab on the right" },
  "move-tab-left": { where: "tab", keys: ["Mod+ArrowLeft"], words: "Move the tab to the left" },
  "move-tab-right": { where: "tab", keys: ["Mod+ArrowRight"], words: "Move the tab to the right" },
  "close-this-tab": { where: "tab", keys: ["Delete"], words: "Close the tab" },
} as const satisfies Record<string, Binding>;

export type Action = keyof typeof bindings;

export interface Pressed {
  key: string;
  /** Where on the keyboard it is. */
  code?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** What a key means in one of these places, the first of them that knows it; null when it is none of theirs. */
export function actionOf(pressed: Pressed, ...places: Where[]): Action | null {
  for (const place of places)
    for (const [action, { where, keys }] of Object.entries(bindings))
      if (where === place && keys.some((one: string) => isPressed(pressed, one))) return action as Action;
  return null;
}

function partsOf(key: string): { parts: string[]; last: string } {
  const parts = key.split(/\+(?=.)/);
  return { last: parts.pop() ?? "", parts };
}

function isPressed(pressed: Pressed, wanted: string): boolean {
  const { parts, last } = partsOf(wanted);
  const key = last === "Space" ? " " : last;
  // Tab with Shift has no name in WebKitGTK, but its place.
  const told = pressed.code === "Tab" ? "Tab" : pressed.key;
  // What is written with Shift on one keyboard and without on another, as "?", is known by itself.
  const shiftCounts = last.length > 1 || /[A-Z]/.test(last);
  return (
    told.toLowerCase() === key.toLowerCase() &&
    (pressed.ctrlKey || pressed.metaKey) === (parts.includes("Mod") || parts.includes("Ctrl")) &&
    pressed.altKey === parts.includes("Alt") &&
    (!shiftCounts || pressed.shiftKey === parts.includes("Shift"))
  );
}

const names = new Map([
  ["ArrowUp", "Up"],
  ["ArrowDown", "Down"],
  ["ArrowLeft", "Left"],
  ["ArrowRight", "Right"],
  ["Escape", "Esc"],
  ["PageUp", "Page up"],
  ["PageDown", "Page down"],
  ["ContextMenu", "Menu key"],
]);
const macNames = new Map([
  ["Mod", "⌘"],
  ["Ctrl", "⌃"],
  ["Alt", "⌥"],
  ["Shift", "⇧"],
]);

const onMac = typeof navigator !== "undefined" && /Mac/.test(navigator.userAgent);

/** A key as it stands on the keyboard: "Ctrl+K", on a Mac "⌘K". */
export function keyName(key: string, mac = onMac): string {
  const { parts: held, last } = partsOf(key);
  const parts = [...held, last].map((part) => (mac ? macNames.get(part) : undefined) ?? names.get(part) ?? part);
  return mac ? parts.join("") : parts.join("+").replace("Mod", "Ctrl");
}

/** The first key of an action, as it stands on the keyboard; "" when it has none. */
export function keyOf(action: Action): string {
  const [first] = bindings[action].keys as readonly string[];
  return first === undefined ? "" : keyName(first);
}

export function wordsOf(action: Action): string {
  return bindings[action].words;
}

/** All words that an action may be looked for by. */
export function allWordsOf(action: Action): string {
  const { words, also = "" }: Binding = bindings[action];
  return `${words} ${also}`;
}

/** All actions that count somewhere, with all of their keys. */
export function actionsIn(place: Where): { action: Action; words: string; keys: readonly string[] }[] {
  return Object.entries(bindings)
    .filter(([, { where }]) => where === place)
    .map(([action, { words, keys }]) => ({ action: action as Action, words, keys }));
}
