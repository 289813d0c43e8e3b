// What can be done with the open workspace as a whole, also from the palette. The sample is nobody's: it has no name to change, no backup
// and no end.
import type { Workspace } from "../backend/types";
import { useCommand } from "../shared/commands";
import { openPage } from "../shell/pages";
import { useBackup } from "./useBackup";
import { useRestore } from "./useWorkspaces";

/** The id of the field on the settings page that holds its name. */
export const nameFieldId = "workspace-name";

export function useWorkspaceCommands(workspace: Workspace, onRemove: () => void): void {
  const { backUp, working } = useBackup(workspace);
  const restore = useRestore();
  useCommand("rename-workspace", () => openPage("settings", nameFieldId), workspace.sample);
  useCommand("backup", () => void backUp(), workspace.sample || working);
  useCommand("restore", () => void restore());
  useCommand("remove-workspace", onRemove, workspace.sample);
}
