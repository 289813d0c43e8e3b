// Backs a workspace up to a file that the user chooses, and says where it went.
import { useState } from "react";
import type { Workspace } from "../backend/types";
import { tell } from "../shared/toasts";
import { useAttempt } from "../shared/useAttempt";
import { bytes } from "../shared/words";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";

const words = texts.workspaces.backup;

export function useBackup(workspace: Workspace) {
  const backend = useBackend();
  const attempt = useAttempt();
  const [working, setWorking] = useState(false);
  async function backUp() {
    setWorking(true);
    const done = await attempt(words.failed, () => backend.workspaceBackup(workspace.id));
    setWorking(false);
    if (!done) return;
    tell({
      title: words.done(bytes(done.bytes)),
      detail: done.path,
      workspace: workspace.id,
      action: { label: words.show, run: () => void attempt(words.notShown, () => backend.savedFileShow(done.path)) },
    });
  }
  return { backUp, working };
}
