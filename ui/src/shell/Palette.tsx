// Everything that can be done now, each with its key, the tabs, the jobs, the personas and the workspaces: found by typing, done with Enter.
import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { useLayoutEffect, useRef, useState } from "react";
import type { Job, Workspace } from "../backend/types";
import { nameWords } from "../jobs/jobWords";
import { goToJob, lineOf } from "../jobs/tray";
import type { Personas } from "../personas/usePersonas";
import { offeredActions, runAction } from "../shared/commands";
import { allWordsOf, bindings, wordsOf } from "../shared/keys";
import { focusedNow, stillThere } from "../shared/opener";
import { folded } from "../shared/words";
import { texts } from "../texts/texts";
import { useOpenWorkspace } from "../workspaces/useWorkspaces";
import { addressFrom } from "./address";
import { Keys } from "./KeySheet";
import { changeTabs, tabsOf } from "./openTabs";
import { addressIn, shown } from "./tabs";
import { tabWords } from "./tabWords";

const words = texts.shell.palette;

interface Entry {
  id: string;
  words: string;
  /** What it is found by. */
  found: string;
  keys: readonly string[];
  off: boolean;
  run: () => void;
}

interface Group {
  name: string;
  items: Entry[];
}

interface PaletteProps {
  /** Those that stand in the tray. */
  jobs: Job[];
  personas: Personas;
  workspaces: Workspace[];
  workspace: Workspace;
  onClose: () => void;
}

/** What can be done when it opens; it is open for as long as it is drawn. */
export function Palette({ onClose, ...props }: PaletteProps) {
  const input = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLElement | null>(null);
  const openWorkspace = useOpenWorkspace();
  const [groups] = useState(() => groupsOf(props, openWorkspace));
  useLayoutEffect(() => {
    opener.current = focusedNow();
  }, []);
  function choose(entry: Entry) {
    onClose();
    // When the focus is back where it was: what is done may want it elsewhere.
    requestAnimationFrame(() => requestAnimationFrame(entry.run));
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-shade" />
        <Dialog.Popup
          data-modal=""
          initialFocus={input}
          finalFocus={() => stillThere(opener.current) ?? true}
          className="fixed top-[12vh] left-1/2 flex max-h-[70vh] w-[34rem] max-w-[calc(100vw-3rem)] -translate-x-1/2 flex-col overflow-hidden rounded-md border border-line bg-raised shadow-pop outline-none"
        >
          <Dialog.Title className="sr-only">{words.title}</Dialog.Title>
          <Autocomplete.Root
            inline
            open
            autoHighlight="always"
            filter={(entry: Entry, typed) => folded(entry.found).includes(folded(typed))}
            items={groups}
            itemToStringValue={(entry: Entry) => entry.words}
          >
            <Autocomplete.Input
              ref={input}
              dir="auto"
              aria-label={words.field}
              placeholder={words.fieldHint}
              className="h-11 shrink-0 border-b border-line bg-transparent px-4 outline-none"
            />
            <Autocomplete.Empty className="px-4 py-3 text-ink-3 empty:hidden">{words.nothing}</Autocomplete.Empty>
            <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto p-1 outline-none data-empty:p-0">
              {(group: Group) => (
                <Autocomplete.Group key={group.name} items={group.items}>
                  <Autocomplete.GroupLabel className="px-3 pt-2 pb-0.5 text-sm text-ink-3">
                    {group.name}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(entry: Entry) => (
                      <Autocomplete.Item
                        key={entry.id}
                        value={entry}
                        disabled={entry.off}
                        onClick={() => choose(entry)}
                        className="flex min-h-8 items-center gap-3 rounded-md px-3 data-disabled:text-ink-3 data-highlighted:bg-active"
                      >
                        <span className="min-w-0 flex-1 truncate" dir="auto">
                          {entry.words}
                        </span>
                        <Keys keys={entry.keys} />
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function groupsOf(
  { jobs, personas, workspaces, workspace }: Omit<PaletteProps, "onClose">,
  open: (workspace: Workspace) => unknown,
): Group[] {
  const entry = (id: string, name: string, run: () => void): Entry => ({
    id,
    words: name,
    found: name,
    keys: [],
    off: false,
    run,
  });
  const order = Object.keys(bindings);
  const actions = offeredActions()
    .filter(({ action }) => action !== "palette" && action !== "tab-by-number")
    // What cannot be done now comes last: Enter does the first one.
    .sort((a, b) => Number(a.off) - Number(b.off) || order.indexOf(a.action) - order.indexOf(b.action))
    .map(({ action, off }): Entry => {
      const { keys } = bindings[action];
      return {
        id: action,
        words: wordsOf(action),
        found: allWordsOf(action),
        keys,
        off,
        run: () => void runAction(action),
      };
    });
  const saved = personas.saved.map((one) => entry(`persona ${one.id}`, one.name, () => personas.choose(one)));
  const starters = personas.starters.map((one) =>
    entry(`starter ${one.name}`, one.name, () => personas.chooseStarter(one)),
  );
  const others = workspaces
    .filter((one) => one.id !== workspace.id)
    .map((one) => entry(`workspace ${one.id}`, one.name, () => void open(one)));
  const tabs = tabsOf(workspace.id);
  const views = tabs?.open.map((tab, place) => {
    const { title } = tabWords(addressFrom(addressIn(tab)), personas.saved, null);
    return entry(`tab ${tab.id}`, words.tab(place + 1, title), () =>
      changeTabs(workspace.id, (all) => shown(all, tab.id)),
    );
  });
  const inTray = jobs.map((job) => entry(lineOf(job), nameWords(job), () => goToJob(job)));
  return [
    { name: words.actions, items: actions },
    { name: words.tabs, items: views && views.length > 1 ? views : [] },
    { name: words.personas, items: [...saved, ...starters] },
    // After the personas: a job has the name of the one that it was begun from.
    { name: words.jobs, items: inTray },
    { name: words.workspaces, items: others },
  ].filter(({ items }) => items.length > 0);
}
