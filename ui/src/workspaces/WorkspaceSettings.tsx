// The settings of the open workspace: its name, key and calls, what it keeps and how long, where exports go, its backup, its end.
import type { Status, Workspace } from "../backend/types";
import { capsWords } from "../credits/creditsWords";
import { Button } from "../shared/Button";
import { Part, Row } from "../shared/Page";
import type { DialogName } from "../shell/Dialogs";
import { firstCap, openPage } from "../shell/pages";
import { texts } from "../texts/texts";
import { ExportFolder } from "./ExportFolder";
import { KeepingForm } from "./KeepingForm";
import { KeptRows } from "./KeptRows";
import { endpointName, keyWords } from "./keyWords";
import { RenameForm } from "./RenameForm";
import { useBackup } from "./useBackup";
import { useRestore } from "./useWorkspaces";

const words = texts.workspaces;
const { backup, removal } = words;

interface WorkspaceSettingsProps {
  workspace: Workspace;
  status: Status | null;
  onDialog: (name: DialogName) => void;
}

export function WorkspaceSettings({ workspace, status, onDialog }: WorkspaceSettingsProps) {
  const { name, sample, calls_per_hour, endpoint, caps } = workspace;
  return (
    <Part title={words.settings.title} about={<bdi>{name}</bdi>}>
      {!sample && <RenameForm workspace={workspace} />}
      <Row
        name={sample ? words.settings.calls : words.settings.keyAndCalls}
        about={
          <>
            {status && !sample && `${keyWords(status.key)} `}
            {sample
              ? words.settings.rate(calls_per_hour)
              : words.settings.rateAndSearch(calls_per_hour, endpointName(endpoint))}
          </>
        }
      >
        <Button onClick={() => onDialog("key")}>{sample ? words.openCallsPerHour : words.openKeyAndCalls}</Button>
      </Row>
      <Row name={words.settings.caps} about={capsWords(caps)}>
        <Button onClick={() => openPage("ledger", firstCap)}>{words.settings.openCaps}</Button>
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
    <Row name={backup.label} about={workspace.sample ? backup.aboutSample : backup.about}>
      {!workspace.sample && (
        <Button off={working} onClick={() => void backUp()}>
          {working ? backup.working : backup.begin}
        </Button>
      )}
      <Button onClick={() => void restore()}>{backup.restore}</Button>
    </Row>
  );
}

function Removal({ onRemove }: { onRemove: () => void }) {
  return (
    <Row name={removal.label} about={removal.about}>
      <Button id="remove-workspace" kind="danger" onClick={onRemove}>
        {removal.begin}
      </Button>
    </Row>
  );
}
