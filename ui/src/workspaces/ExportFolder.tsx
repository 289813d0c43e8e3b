// The folder in which a workspace's exports are offered to be saved.
import { useQueryClient } from "@tanstack/react-query";
import type { Workspace } from "../backend/types";
import { Button } from "../shared/Button";
import { Row } from "../shared/Page";
import { useAttempt } from "../shared/useAttempt";
import { useBackend } from "../shell/backend-context";
import { nothingChanged, workspacesKey } from "./useWorkspaces";

export function ExportFolder({ workspace }: { workspace: Workspace }) {
  const backend = useBackend();
  const client = useQueryClient();
  const attempt = useAttempt();
  const kept = "The folder stayed as it was";
  async function then(work: () => Promise<unknown>) {
    await attempt(kept, work);
    await client.invalidateQueries({ queryKey: workspacesKey });
    document.getElementById("export-folder")?.focus();
  }
  return (
    <Row
      name="Folder for exports"
      about={workspace.export_folder ?? "Where this workspace's last file went, else your documents"}
    >
      {workspace.export_folder && (
        <Button
          kind="quiet"
          onClick={() =>
            void then(() => backend.workspaceChange(workspace.id, { ...nothingChanged, export_folder: "" }))
          }
        >
          None of its own
        </Button>
      )}
      <Button id="export-folder" onClick={() => void then(() => backend.workspaceChooseExportFolder(workspace.id))}>
        Choose folder…
      </Button>
    </Row>
  );
}
