// The settings of the open workspace: its name, key and calls, what it keeps and how long, where exports go, its backup, its end.
import type { Status, Workspace } from "../backend/types";
import { capsWords } from "../credits/creditsWords";
import { Button } from "../shared/Button";
import { Part, Row } from "../shared/Page";
import { plural } from "../shared/words";
import type { DialogName } from "../shell/Dialogs";
import { firstCap, openPage } from "../shell/pages";
import { ExportFolder } from "./ExportFolder";
import { KeepingForm } from "./KeepingForm";
import { KeptRows } from "./KeptRows";
import { endpointName, keyWords } from "./keyWords";
import { RenameForm } from "./RenameForm";
import { useBackup } from "./useBackup";
import { useRestore } from "./useWorkspaces";

interface WorkspaceSettingsProps {
  workspace: Workspace;
  status: Status | null;
  onDialog: (name: DialogName) => void;
}

export function WorkspaceSettings({ workspace, status, onDialog }: WorkspaceSettingsProps) {
  const { name, sample, calls_per_hour, endpoint, caps } = workspace;
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
      <Row name="Caps of credits" about={capsWords(caps)}>
        <Button onClick={() => openPage("ledger", firstCap)}>Caps…</Button>
      </Row>
      <KeepingForm workspace={workspace} />
      {status && <KeptRows workspace={workspace.id} status={status} />}
      <ExportFolder workspace={workspace} />
      <Backup workspace={workspace} />
      {!sample && <Removal onRemove={() => onDialog("remove-workspace")} />}
    </Part>
  );
}

function Backup({ workspace }: { workspace: Workspace }) {
  const restore = useRestore();
  const { backUp, working } = useBackup(workspace);
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

function Removal({ onRemove }: { onRemove: () => void }) {
  return (
    <Row name="Remove" about="Its people, personas, kept answers and key go for good. Exported files stay.">
      <Button id="remove-workspace" kind="danger" onClick={onRemove}>
        Remove workspace…
      </Button>
    </Row>
  );
}
