// The keys of the window, each once: what is pressed and where it counts. What it does stands in words in the catalogue,
// by the same ids. Handlers ask this table what a key means, the palette and the sheet of keys show what stands in it; no
// key is written down anywhere else.
import { textOf, texts } from "../texts/texts";

/** Where a key counts: in the window, in the table, in its head, in the panel of a person, on a tab. */
export type Where = "window" | "table" | "head" | "person" | "tab";

interface Binding {
  where: Where;
  /** "Mod" is Ctrl, or ⌘ on a Mac; "Ctrl" is Ctrl on a Mac, too. Each of these does it. */
  keys: readonly string[];
}

const numbered = ["Mod+1", "Mod+2", "Mod+3", "Mod+4", "Mod+5", "Mod+6", "Mod+7", "Mod+8", "Mod+9"] as const;

export const bindings = {
  palette: { where: "window", keys: ["Mod+K"] },
  keys: { where: "window", keys: ["?"] },
  find: { where: "window", keys: ["/", "Mod+F"] },
  search: { where: "window", keys: ["Mod+Enter"] },
  edit: { where: "window", keys: ["Mod+E"] },
  "new-persona": { where: "window", keys: [] },
  "import-persona": { where: "window", keys: [] },
  "share-persona": { where: "window", keys: [] },
  rerun: { where: "window", keys: [] },
  "enrich-selected": { where: "window", keys: [] },
  enrich: { where: "window", keys: ["Mod+Shift+Enter"] },
  "export-selected": { where: "window", keys: [] },
  export: { where: "window", keys: ["Mod+Shift+E"] },
  back: { where: "window", keys: ["Alt+ArrowLeft"] },
  forward: { where: "window", keys: ["Alt+ArrowRight"] },
  "new-tab": { where: "window", keys: ["Mod+T"] },
  "close-tab": { where: "window", keys: ["Mod+W"] },
  "reopen-tab": { where: "window", keys: ["Mod+Shift+T"] },
  "next-tab": { where: "window", keys: ["Ctrl+Tab", "Mod+PageDown"] },
  "previous-tab": { where: "window", keys: ["Ctrl+Shift+Tab", "Mod+PageUp"] },
  "tab-by-number": { where: "window", keys: numbered },
  undo: { where: "window", keys: ["Mod+Z"] },
  "show-page": { where: "window", keys: ["1"] },
  "show-fetched": { where: "window", keys: ["2"] },
  "show-everyone": { where: "window", keys: ["3"] },
  facets: { where: "window", keys: [] },
  compact: { where: "window", keys: [] },
  normal: { where: "window", keys: [] },
  roomy: { where: "window", keys: [] },
  "usual-columns": { where: "window", keys: [] },
  light: { where: "window", keys: [] },
  dark: { where: "window", keys: [] },
  system: { where: "window", keys: [] },
  "more-contrast": { where: "window", keys: [] },
  "usual-contrast": { where: "window", keys: [] },
  larger: { where: "window", keys: ["Mod++", "Mod+="] },
  smaller: { where: "window", keys: ["Mod+-"] },
  "usual-size": { where: "window", keys: ["Mod+0"] },
  "new-workspace": { where: "window", keys: [] },
  key: { where: "window", keys: [] },
  "rename-workspace": { where: "window", keys: [] },
  backup: { where: "window", keys: [] },
  restore: { where: "window", keys: [] },
  "remove-workspace": { where: "window", keys: [] },
  jobs: { where: "window", keys: ["Mod+J"] },
  diagnostics: { where: "window", keys: [] },
  ledger: { where: "window", keys: ["Mod+L"] },
  compare: { where: "window", keys: [] },
  caps: { where: "window", keys: [] },
  account: { where: "window", keys: ["Mod+Shift+L"] },
  activity: { where: "window", keys: [] },
  settings: { where: "window", keys: ["Mod+,"] },
  guide: { where: "window", keys: ["F1"] },

  up: { where: "table", keys: ["ArrowUp"] },
  down: { where: "table", keys: ["ArrowDown"] },
  left: { where: "table", keys: ["ArrowLeft"] },
  right: { where: "table", keys: ["ArrowRight"] },
  "row-start": { where: "table", keys: ["Home"] },
  "row-end": { where: "table", keys: ["End"] },
  first: { where: "table", keys: ["Mod+Home"] },
  last: { where: "table", keys: ["Mod+End"] },
  "page-up": { where: "table", keys: ["PageUp"] },
  "page-down": { where: "table", keys: ["PageDown"] },
  open: { where: "table", keys: ["Enter"] },
  pick: { where: "table", keys: ["Space", "Shift+Space"] },
  "extend-up": { where: "table", keys: ["Shift+ArrowUp"] },
  "extend-down": { where: "table", keys: ["Shift+ArrowDown"] },
  "extend-page-up": { where: "table", keys: ["Shift+PageUp"] },
  "extend-page-down": { where: "table", keys: ["Shift+PageDown"] },
  "extend-first": { where: "table", keys: ["Mod+Shift+Home"] },
  "extend-last": { where: "table", keys: ["Mod+Shift+End"] },
  "pick-all": { where: "table", keys: ["Mod+A"] },
  "pick-none": { where: "table", keys: ["Mod+Shift+A"] },
  copy: { where: "table", keys: ["Mod+C"] },

  sort: { where: "head", keys: ["Enter"] },
  "sort-too": { where: "head", keys: ["Shift+Enter"] },
  narrower: { where: "head", keys: ["Shift+ArrowLeft"] },
  wider: { where: "head", keys: ["Shift+ArrowRight"] },
  fit: { where: "head", keys: ["F"] },
  "move-left": { where: "head", keys: ["Mod+ArrowLeft"] },
  "move-right": { where: "head", keys: ["Mod+ArrowRight"] },
  "column-menu": { where: "head", keys: ["Alt+ArrowDown", "ContextMenu"] },

  next: { where: "person", keys: ["J"] },
  previous: { where: "person", keys: ["K"] },
  leave: { where: "person", keys: ["Escape"] },

  "tab-left": { where: "tab", keys: ["ArrowLeft"] },
  "tab-right": { where: "tab", keys: ["ArrowRight"] },
  "move-tab-left": { where: "tab", keys: ["Mod+ArrowLeft"] },
  "move-tab-right": { where: "tab", keys: ["Mod+ArrowRight"] },
  "close-this-tab": { where: "tab", keys: ["Delete"] },
} as const satisfies Record<keyof typeof texts.keys.words, Binding>;

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
  const parts = [...held, last].map(
    (part) => (mac ? macNames.get(part) : undefined) ?? textOf(texts.keys.names, part, part),
  );
  return parts.join(mac ? "" : "+");
}

/** The first key of an action, as it stands on the keyboard; "" when it has none. */
export function keyOf(action: Action): string {
  const [first] = bindings[action].keys as readonly string[];
  return first === undefined ? "" : keyName(first);
}

/** What an action does. */
export function wordsOf(action: Action): string {
  return texts.keys.words[action];
}

/** All words that an action may be looked for by. */
export function allWordsOf(action: Action): string {
  return `${wordsOf(action)} ${texts.keys.also[action] ?? ""}`;
}

/** All actions that count somewhere, with all of their keys. */
export function actionsIn(place: Where): { action: Action; words: string; keys: readonly string[] }[] {
  const actions = Object.keys(bindings) as Action[];
  return actions
    .filter((action) => bindings[action].where === place)
    .map((action) => ({ action, words: wordsOf(action), keys: bindings[action].keys }));
}
