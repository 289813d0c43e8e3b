// The workspaces there are, and going from one to another.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Backend } from "../backend/backend";
import type { Workspace, WorkspaceChange } from "../backend/types";
import { lookEveryMs } from "../shared/lookEvery";
import { tell } from "../shared/toasts";
import { useAttempt } from "../shared/useAttempt";
import { useBackend } from "../shell/backend-context";
import { leftTabs } from "../shell/opening";
import { showWorkspace, tabsOf } from "../shell/openTabs";
import { focusLeftIfLost } from "../shell/useLeftPane";
import { texts } from "../texts/texts";

const words = texts.workspaces.backup;

export const workspacesKey = ["workspaces"] as const;

/** A change of nothing, to begin one from. */
export const nothingChanged: WorkspaceChange = {
  calls_per_hour: null,
  endpoint: null,
  refresh_stale: null,
  cache_mb: null,
  cache_hours: null,
  export_folder: null,
  caps: null,
};

export function workspacesQuery(backend: Backend) {
  return { queryKey: workspacesKey, queryFn: () => backend.workspacesList() };
}

export function useWorkspaces() {
  return useQuery({ ...workspacesQuery(useBackend()), refetchInterval: lookEveryMs });
}

/** Opens a workspace where it was left. */
export function useOpenWorkspace() {
  const backend = useBackend();
  return useCallback(
    async (workspace: Workspace) => {
      showWorkspace(workspace.id, tabsOf(workspace.id) ?? (await leftTabs(backend, workspace)));
      focusLeftIfLost();
    },
    [backend],
  );
}

/** Brings a workspace back from a file that the user chooses, and opens it. */
export function useRestore() {
  const backend = useBackend();
  const client = useQueryClient();
  const attempt = useAttempt();
  const openWorkspace = useOpenWorkspace();
  return async () => {
    const restored = await attempt(words.notRestored, () => backend.workspaceRestore());
    if (!restored) return;
    await client.invalidateQueries({ queryKey: workspacesKey });
    await openWorkspace(restored);
    tell({ title: words.restored, detail: words.restoredDetail(restored.name) });
  };
}
