// One workspace at work: its panes, its search, its dialogs. Mounted anew for each workspace.
import { useEffect, useState } from "react";
import { ActivityPage } from "../activity/ActivityPage";
import { lastUndoable, undoDeed, useDeeds } from "../activity/deeds";
import type { EnrichWhat, EnrichWhom, PeopleSelection, Vocabulary, Workspace } from "../backend/types";
import { AccountPage } from "../credits/AccountPage";
import { CreditsPage } from "../credits/CreditsPage";
import { DiagnosticsDialog } from "../diagnostics/DiagnosticsDialog";
import { EnrichDialog } from "../enrich/EnrichDialog";
import { UndecidedNotice } from "../enrich/UndecidedNotice";
import { ExportDialog } from "../exports/ExportDialog";
import { GuidePage } from "../guide/GuidePage";
import { PeopleNotice } from "../guide/PeopleNotice";
import { JobTray } from "../jobs/JobTray";
import { RerunDialog } from "../jobs/RerunDialog";
import { useJobEvents } from "../jobs/useJobs";
import { findFieldId } from "../people/FindField";
import { PersonPanel } from "../people/PersonPanel";
import { tableName } from "../people/peopleSet";
import { usePeople, usePeopleCounts } from "../people/usePeople";
import { PersonaEditor } from "../personas/PersonaEditor";
import { usePersonaFiles } from "../personas/usePersonaFiles";
import { usePersonas } from "../personas/usePersonas";
import { Results } from "../search/Results";
import { SearchHeader } from "../search/SearchHeader";
import { useSearchView } from "../search/useSearchView";
import { SettingsPage } from "../settings/SettingsPage";
import { useCommand } from "../shared/commands";
import { tellNothing } from "../shared/toasts";
import { KeyDialog } from "../workspaces/KeyDialog";
import { NewWorkspaceDialog } from "../workspaces/NewWorkspaceDialog";
import { RemoveDialog } from "../workspaces/RemoveDialog";
import { useWorkspaceCommands } from "../workspaces/useWorkspaceCommands";
import { useAddress } from "./address";
import { KeySheet } from "./KeySheet";
import { LeftPane } from "./LeftPane";
import { useHistorySteps } from "./openTabs";
import { Palette } from "./Palette";
import { pageNames, usePages } from "./pages";
import { StatusBar } from "./StatusBar";
import { TabBar } from "./TabBar";
import { TabPanel } from "./TabPanel";
import { useLayouts } from "./useLayouts";
import { useLeftPane } from "./useLeftPane";
import { useRememberView } from "./useRememberView";
import { useStatus } from "./useStatus";

export type DialogName =
  | "new-workspace"
  | "key"
  | "endpoint"
  | "export"
  | "rerun"
  | "diagnostics"
  | "remove-workspace"
  | null;

interface DeskProps {
  workspace: Workspace;
  workspaces: Workspace[];
  vocabulary: Vocabulary;
}

export function Desk({ workspace, workspaces, vocabulary }: DeskProps) {
  const [address] = useAddress();
  const [dialog, setDialog] = useState<DialogName>(() => takeNextDialog());
  const [enriching, setEnriching] = useState<{ what: EnrichWhat; title: string; whom: EnrichWhom } | null>(null);
  const personas = usePersonas(workspace.id);
  const status = useStatus(workspace.id);
  const view = useSearchView(workspace.id, personas.saved, status.data ?? null);
  const people = usePeople(view);
  const counts = usePeopleCounts(view);
  useRememberView(workspace.id, useLayouts(workspace.id));
  useJobEvents(workspace.id);
  const title = address.at ? pageNames[address.at] : view.title;
  useEffect(() => {
    document.title = `${title} – ${workspace.name} – Foray`;
  }, [title, workspace.name]);
  useEffect(() => tellNothing, []);
  const left = useLeftPane();
  const pages = usePages();
  const steps = useHistorySteps();
  const last = lastUndoable(useDeeds(workspace.id));
  useCommand("back", steps.back, !steps.canBack);
  useCommand("forward", steps.forward, !steps.canForward);
  useCommand("find", () => {
    if (!left.shown) left.unfold();
    requestAnimationFrame(() => requestAnimationFrame(() => focusField(findFieldId)));
  });
  useCommand("ledger", () => pages.open("ledger"), pages.page === "ledger");
  useCommand("activity", () => pages.open("activity"), pages.page === "activity");
  useCommand("undo", () => last && undoDeed(workspace.id, last.id), last === undefined);
  useCommand("account", () => pages.open("account"), pages.page === "account");
  useCommand("settings", () => pages.open("settings"), pages.page === "settings");
  useCommand("guide", () => pages.open("guide"), pages.page === "guide");
  useCommand("new-workspace", () => setDialog("new-workspace"));
  useCommand("key", () => setDialog("key"));
  useCommand("diagnostics", () => setDialog("diagnostics"));
  useCommand("new-persona", personas.startNew);
  useWorkspaceCommands(workspace, () => setDialog("remove-workspace"));
  const files = usePersonaFiles(workspace.id, personas.choose);
  useCommand("import-persona", () => void files.importOne());
  useCommand("share-persona", () => view.persona && void files.share(view.persona), view.persona === null);
  const editing = address.pane === "edit";
  const shown = people.total ? people.viewed : null;
  function enrich(selection: PeopleSelection) {
    const title = people.shown === "everyone" ? tableName("everyone") : view.title;
    setEnriching({ what: "people", title, whom: { kind: "selected", selection } });
  }

  return (
    <>
      <div className="relative flex min-h-0 flex-1">
        {left.shown && (
          <LeftPane workspace={workspace} workspaces={workspaces} personas={personas} onDialog={setDialog} />
        )}
        <div className="flex min-w-0 flex-1 flex-col">
          <TabBar personas={personas.saved} />
          <TabPanel>
            <main
              aria-label={pages.page ? pageNames[pages.page] : "People"}
              className="flex min-w-0 flex-1 flex-col bg-bg"
            >
              {!workspace.sample && <PeopleNotice onMore={() => pages.open("guide")} />}
              {pages.page !== "ledger" && (
                <UndecidedNotice workspace={workspace.id} onMore={() => pages.open("ledger")} />
              )}
              {pages.page === "settings" && (
                <SettingsPage
                  workspace={workspace}
                  status={status.data ?? null}
                  onDialog={setDialog}
                  onClose={pages.close}
                />
              )}
              {pages.page === "guide" && (
                <GuidePage workspace={workspace} status={status.data ?? null} onClose={pages.close} />
              )}
              {pages.page === "ledger" && (
                <CreditsPage workspace={workspace} onAccount={() => pages.open("account")} onClose={pages.close} />
              )}
              {pages.page === "activity" && <ActivityPage workspace={workspace} onClose={pages.close} />}
              {pages.page === "account" && (
                <AccountPage workspace={workspace} onDialog={setDialog} onClose={pages.close} />
              )}
              {pages.page === null && (
                <>
                  <SearchHeader
                    view={view}
                    workspace={workspace}
                    status={status.data ?? null}
                    onExport={() => setDialog("export")}
                    onEnrich={shown && (() => enrich({ view: shown, picked: { kind: "all_but", ids: [] } }))}
                    onRerun={() => setDialog("rerun")}
                  />
                  <Results
                    view={view}
                    people={people}
                    counts={counts}
                    workspace={workspace}
                    status={status.data ?? null}
                    onSettings={setDialog}
                    onEnrich={enrich}
                  />
                </>
              )}
            </main>
            {pages.page !== null ? null : editing ? (
              <PersonaEditor
                key={`${address.persona}/${address.starter}`}
                workspace={workspace.id}
                vocabulary={vocabulary}
                personas={personas}
                view={view}
              />
            ) : (
              <PersonPanel
                view={view}
                people={people}
                sample={workspace.sample}
                onEnrich={(what, title, id) => setEnriching({ what, title, whom: { kind: "people", people: [id] } })}
              />
            )}
          </TabPanel>
        </div>
      </div>
      <Palette personas={personas} workspaces={workspaces} workspace={workspace} />
      <KeySheet />
      <JobTray workspace={workspace.id} />
      <StatusBar
        workspace={workspace}
        status={status.data ?? null}
        failed={status.error?.message ?? null}
        reason={view.reason}
        filters={view.blank ? null : view.question.filters}
        onPage={pages.open}
      />
      <NewWorkspaceDialog
        open={dialog === "new-workspace"}
        onClose={() => setDialog(null)}
        onMade={() => leaveNextDialog("key")}
      />
      <KeyDialog
        // What the key's state is belongs in it from its first moment: the cursor goes to the field for the key.
        open={(dialog === "key" || dialog === "endpoint") && status.data !== undefined}
        about={dialog === "endpoint" ? "endpoint" : "key"}
        onClose={() => setDialog(null)}
        workspace={workspace}
        status={status.data ?? null}
      />
      <RemoveDialog
        open={dialog === "remove-workspace"}
        onClose={() => setDialog(null)}
        workspace={workspace}
        workspaces={workspaces}
      />
      <DiagnosticsDialog
        open={dialog === "diagnostics"}
        onClose={() => setDialog(null)}
        workspace={workspace}
        status={status.data ?? null}
        reason={view.reason}
      />
      <RerunDialog
        open={dialog === "rerun"}
        onClose={() => setDialog(null)}
        workspace={workspace}
        view={view}
        status={status.data ?? null}
      />
      <EnrichDialog
        open={enriching !== null}
        onClose={() => setEnriching(null)}
        workspace={workspace}
        what={enriching?.what ?? "people"}
        title={enriching?.title ?? ""}
        whom={enriching?.whom ?? null}
      />
      <ExportDialog
        open={dialog === "export"}
        onClose={() => setDialog(null)}
        workspace={workspace}
        view={view}
        status={status.data ?? null}
      />
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
let nextDialog: DialogName = null;
function leaveNextDialog(name: DialogName): void {
  nextDialog = name;
}
function takeNextDialog(): DialogName {
  const name = nextDialog;
  nextDialog = null;
  return name;
}
