// The settings of the open workspace: its name, key and calls, what it keeps and how long, where exports go, its backup, its end.
import { useState } from "react";
import type { Status, Workspace } from "../backend/types";
import { Button } from "../shared/Button";
import { Part, Row } from "../shared/Page";
import { tell } from "../shared/toasts";
import { useAttempt } from "../shared/useAttempt";
import { bytes, plural } from "../shared/words";
import { useBackend } from "../shell/backend-context";
import type { DialogName } from "../shell/Desk";
import { ExportFolder } from "./ExportFolder";
import { KeepingForm } from "./KeepingForm";
import { KeptRows } from "./KeptRows";
import { endpointName, keyWords } from "./keyWords";
import { RemoveDialog } from "./RemoveDialog";
import { RenameForm } from "./RenameForm";
import { useRestore } from "./useWorkspaces";

interface WorkspaceSettingsProps {
  workspace: Workspace;
  workspaces: Workspace[];
  status: Status | null;
  onDialog: (name: DialogName) => void;
}

export function WorkspaceSettings({ workspace, workspaces, status, onDialog }: WorkspaceSettingsProps) {
  const { name, sample, calls_per_hour, endpoint } = workspace;
  return (
    <Part title="This workspace" about={<bdi>{name}</bdi>}>
      {!sample && <RenameForm workspace={workspace} />}
      <Row
        name={sample ? "Calls" : "Key and calls"}
        about={
          <>
            {status && !sample && `${keyWords(status.key)} `}
            {plural(calls_per_hour, "call")} an hour{sample ? "." : `; search: ${endpointName(endpoint)}.`}
          </>
        }
      >
        <Button onClick={() => onDialog("key")}>{sample ? "Calls an hour…" : "Apollo key and calls…"}</Button>
      </Row>
      <KeepingForm workspace={workspace} />
      {status && <KeptRows workspace={workspace.id} status={status} />}
      <ExportFolder workspace={workspace} />
      <Backup workspace={workspace} />
      {!sample && <Removal workspace={workspace} workspaces={workspaces} />}
    </Part>
  );
}

function Backup({ workspace }: { workspace: Workspace }) {
  const backend = useBackend();
  const attempt = useAttempt();
  const restore = useRestore();
  const [working, setWorking] = useState(false);
  async function backUp() {
    setWorking(true);
    const done = await attempt("No backup was made", () => backend.workspaceBackup(workspace.id));
    setWorking(false);
    if (!done) return;
    tell({
      title: `Backed up, ${bytes(done.bytes)}`,
      detail: done.path,
      action: { label: "Show in folder", run: () => void attempt("Not shown", () => backend.savedFileShow(done.path)) },
    });
  }
  return (
    <Row
      name="Backup"
      about={
        workspace.sample
          ? "The sample workspace is made up anew everywhere. One of your own can be brought back from its backup."
          : "Everything of this workspace but its key in one file: to keep elsewhere, or to go on with on another computer."
      }
    >
      {!workspace.sample && (
        <Button off={working} onClick={() => void backUp()}>
          {working ? "Backing up…" : "Back up…"}
        </Button>
      )}
      <Button onClick={() => void restore()}>Restore…</Button>
    </Row>
  );
}

function Removal({ workspace, workspaces }: { workspace: Workspace; workspaces: Workspace[] }) {
  const [asked, setAsked] = useState(false);
  return (
    <Row name="Remove" about="Its people, personas, kept rows and key go for good. Exported files stay.">
      <Button id="remove-workspace" kind="danger" onClick={() => setAsked(true)}>
        Remove workspace…
      </Button>
      <RemoveDialog open={asked} onClose={() => setAsked(false)} workspace={workspace} workspaces={workspaces} />
    </Row>
  );
}
