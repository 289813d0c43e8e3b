// Backs a workspace up to a file that the user chooses, and says where it went.
import { useState } from "react";
import type { Workspace } from "../backend/types";
import { tell } from "../shared/toasts";
import { useAttempt } from "../shared/useAttempt";
import { bytes } from "../shared/words";
import { useBackend } from "../shell/backend-context";

export function useBackup(workspace: Workspace) {
  const backend = useBackend();
  const attempt = useAttempt();
  const [working, setWorking] = useState(false);
  async function backUp() {
    setWorking(true);
    const done = await attempt("No backup was made", () => backend.workspaceBackup(workspace.id));
    setWorking(false);
    if (!done) return;
    tell({
      title: `Backed up, ${bytes(done.bytes)}`,
      detail: done.path,
      workspace: workspace.id,
      action: { label: "Show in folder", run: () => void attempt("Not shown", () => backend.savedFileShow(done.path)) },
    });
  }
  return { backUp, working };
}
