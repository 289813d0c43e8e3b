// One workspace at work: its panes, its people or a page, its dialogs. Mounted anew for each workspace.
import { Suspense, useCallback, useEffect, useState } from "react";
import { lastUndoable, undoDeed, useDeeds } from "../activity/deeds";
import type { Vocabulary, Workspace } from "../backend/types";
import { JobTray } from "../jobs/JobTray";
import { useJobEvents } from "../jobs/useJobs";
import { findFieldId } from "../people/FindField";
import { usePersonaFiles } from "../personas/usePersonaFiles";
import { usePersonas } from "../personas/usePersonas";
import { PeopleScreen } from "../search/PeopleScreen";
import { useSearchView } from "../search/useSearchView";
import { useCommand } from "../shared/commands";
import { tellNothing } from "../shared/toasts";
import { texts } from "../texts/texts";
import { useWorkspaceCommands } from "../workspaces/useWorkspaceCommands";
import { useAddressPart } from "./address";
import type { DialogName, OpenDialog } from "./Dialogs";
import { LeftPane } from "./LeftPane";
import { Dialogs, PageScreen } from "./later";
import { MainPane } from "./MainPane";
import { useHistorySteps } from "./openTabs";
import { firstCap, openPage, pageNames } from "./pages";
import { StatusBar } from "./StatusBar";
import { TabBar } from "./TabBar";
import { TabPanel } from "./TabPanel";
import { useLayouts } from "./useLayouts";
import { focusIfLost, mainPlace, useLeftPane } from "./useLeftPane";
import { useRememberView } from "./useRememberView";
import { useStatus } from "./useStatus";

interface DeskProps {
  workspace: Workspace;
  workspaces: Workspace[];
  vocabulary: Vocabulary;
}

export function Desk({ workspace, workspaces, vocabulary }: DeskProps) {
  const page = useAddressPart("at");
  const [dialog, setDialog] = useState<OpenDialog | null>(() => takeNextDialog());
  const open = useCallback((name: DialogName) => setDialog({ name }), []);
  const personas = usePersonas(workspace.id);
  const status = useStatus(workspace.id);
  const view = useSearchView(workspace.id, personas.saved, status.data ?? null);
  useRememberView(workspace.id, useLayouts(workspace.id));
  useJobEvents(workspace.id);
  const title = page ? pageNames[page] : view.title;
  useEffect(() => {
    document.title = texts.shell.windowTitle(title, workspace.name);
  }, [title, workspace.name]);
  useEffect(() => tellNothing, []);
  const left = useLeftPane();
  const steps = useHistorySteps();
  const last = lastUndoable(useDeeds(workspace.id));
  useCommand("back", steps.back, !steps.canBack);
  useCommand("forward", steps.forward, !steps.canForward);
  useCommand("find", () => {
    if (!left.shown) left.unfold();
    requestAnimationFrame(() => requestAnimationFrame(() => focusField(findFieldId)));
  });
  useCommand("ledger", () => openPage("ledger"));
  useCommand("caps", () => openPage("ledger", firstCap));
  useCommand("activity", () => openPage("activity"));
  useCommand(
    "undo",
    () => {
      if (last) undoDeed(workspace.id, last.id);
      focusIfLost(mainPlace);
    },
    last === undefined,
  );
  useCommand("account", () => openPage("account"));
  useCommand("settings", () => openPage("settings"));
  useCommand("guide", () => openPage("guide"));
  useCommand("palette", () => open("palette"));
  useCommand("keys", () => open("keys"));
  useCommand("new-workspace", () => open("new-workspace"));
  useCommand("key", () => open("key"));
  useCommand("diagnostics", () => open("diagnostics"));
  useCommand("new-persona", personas.startNew);
  useWorkspaceCommands(workspace, () => open("remove-workspace"));
  const files = usePersonaFiles(workspace.id, personas.choose);
  useCommand("import-persona", () => void files.importOne());
  useCommand(
    "share-persona",
    () => view.persona && void files.share(view.persona, view.changed),
    view.persona === null,
  );

  return (
    <>
      <div className="relative flex min-h-0 flex-1">
        {left.shown && <LeftPane workspace={workspace} workspaces={workspaces} personas={personas} onDialog={open} />}
        <div className="flex min-w-0 flex-1 flex-col">
          <TabBar personas={personas.saved} />
          <TabPanel>
            {page === null ? (
              <PeopleScreen
                workspace={workspace}
                vocabulary={vocabulary}
                personas={personas}
                view={view}
                status={status.data ?? null}
                onDialog={open}
                onEnrich={(what, title, whom) => setDialog({ name: "enrich", what, title, whom })}
              />
            ) : (
              <MainPane name={pageNames[page]} workspace={workspace}>
                <Suspense fallback={<div aria-busy className="flex-1" />}>
                  <PageScreen page={page} workspace={workspace} onDialog={open} />
                </Suspense>
              </MainPane>
            )}
          </TabPanel>
        </div>
      </div>
      <JobTray workspace={workspace.id} />
      <StatusBar
        workspace={workspace}
        status={status.data ?? null}
        failed={status.error?.message ?? null}
        reason={view.reason}
        filters={view.blank ? null : view.question.filters}
      />
      {dialog && (
        <Suspense fallback={null}>
          <Dialogs
            open={dialog}
            onClose={() => setDialog(null)}
            onMade={() => leaveNextDialog({ name: "key" })}
            workspace={workspace}
            workspaces={workspaces}
            personas={personas}
            view={view}
          />
        </Suspense>
      )}
    </>
  );
}

function focusField(id: string): void {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

// A new workspace opens with its key dialog: the desk of the old one, which knew that, is gone by then.
let nextDialog: OpenDialog | null = null;
function leaveNextDialog(dialog: OpenDialog): void {
  nextDialog = dialog;
}
function takeNextDialog(): OpenDialog | null {
  const dialog = nextDialog;
  nextDialog = null;
  return dialog;
}
