// The folder in which a workspace's exports are offered to be saved.
import { useQueryClient } from "@tanstack/react-query";
import type { Workspace } from "../backend/types";
import { Button } from "../shared/Button";
import { Row } from "../shared/Page";
import { useAttempt } from "../shared/useAttempt";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { nothingChanged, workspacesKey } from "./useWorkspaces";

const words = texts.workspaces.exportFolder;

export function ExportFolder({ workspace }: { workspace: Workspace }) {
  const backend = useBackend();
  const client = useQueryClient();
  const attempt = useAttempt();
  async function then(work: () => Promise<unknown>) {
    await attempt(words.unchanged, work);
    await client.invalidateQueries({ queryKey: workspacesKey });
    document.getElementById("export-folder")?.focus();
  }
  return (
    <Row name={words.label} about={workspace.export_folder ?? words.none}>
      {workspace.export_folder && (
        <Button
          kind="quiet"
          onClick={() =>
            void then(() => backend.workspaceChange(workspace.id, { ...nothingChanged, export_folder: "" }))
          }
        >
          {words.reset}
        </Button>
      )}
      <Button id="export-folder" onClick={() => void then(() => backend.workspaceChooseExportFolder(workspace.id))}>
        {words.choose}
      </Button>
    </Row>
  );
}
