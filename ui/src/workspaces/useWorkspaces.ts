// The workspaces there are, and going from one to another.
import { useQuery } from "@tanstack/react-query";
import type { Workspace } from "../backend/types";
import { blank, readAddress, useAddress } from "../shell/address";
import { useBackend } from "../shell/backend-context";
import { workspaceAddress } from "../shell/opening";

export const workspacesKey = ["workspaces"] as const;

export function useWorkspaces() {
  const backend = useBackend();
  return useQuery({ queryKey: workspacesKey, queryFn: () => backend.workspacesList() });
}

/** Opens a workspace where it was left. */
export function useOpenWorkspace() {
  const backend = useBackend();
  const [, setAddress] = useAddress();
  return async (workspace: Workspace) => {
    const left = await workspaceAddress(backend, workspace.id, workspace.sample);
    await setAddress({ ...blank, ...readAddress(new URLSearchParams(left)), w: workspace.id });
  };
}
