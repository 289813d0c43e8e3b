// Gives a workspace another name.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf, toFailure } from "../backend/failure";
import type { Workspace } from "../backend/types";
import { Button } from "../shared/Button";
import { TextField } from "../shared/TextField";
import { tell } from "../shared/toasts";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { nameFieldId } from "./useWorkspaceCommands";
import { workspacesKey } from "./useWorkspaces";

const words = texts.workspaces.name;

export function RenameForm({ workspace }: { workspace: Workspace }) {
  const backend = useBackend();
  const client = useQueryClient();
  const [name, setName] = useState(workspace.name);
  const rename = useMutation({
    mutationFn: (wanted: string) => backend.workspaceRename(workspace.id, wanted),
    onSuccess: async (renamed) => {
      const before = workspace.name;
      await client.invalidateQueries({ queryKey: workspacesKey });
      setName(renamed.name);
      tell({
        title: words.renamed,
        detail: renamed.name,
        about: "rename",
        undo: () => rename.mutate(before),
        workspace: workspace.id,
      });
    },
  });
  const same = name.trim() === workspace.name;
  return (
    <form
      className="flex items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!same) rename.mutate(name);
      }}
    >
      <TextField
        className="min-w-0 flex-1"
        id={nameFieldId}
        label={words.label}
        value={name}
        error={rename.error ? messageOf(toFailure(rename.error)) : ""}
        onChange={(event) => {
          rename.reset();
          setName(event.target.value);
        }}
      />
      <Button type="submit" className="mt-5 h-8" off={same || rename.isPending}>
        {words.rename}
      </Button>
    </form>
  );
}
