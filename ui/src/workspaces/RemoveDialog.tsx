// Removes a workspace for good, once its name was typed. Another one opens before it goes, so that nothing of it stays in sight.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toFailure } from "../backend/failure";
import type { Workspace } from "../backend/types";
import { Button } from "../shared/Button";
import { Filled } from "../shared/Filled";
import { Modal } from "../shared/Modal";
import { TextField } from "../shared/TextField";
import { tell } from "../shared/toasts";
import { useBackend } from "../shell/backend-context";
import { forgetTabs } from "../shell/openTabs";
import { leftPlace } from "../shell/useLeftPane";
import { texts } from "../texts/texts";
import { useOpenWorkspace, workspacesKey } from "./useWorkspaces";

const words = texts.workspaces.removal;

interface RemoveDialogProps {
  onClose: () => void;
  workspace: Workspace;
  workspaces: Workspace[];
}

export function RemoveDialog({ onClose, workspace, workspaces }: RemoveDialogProps) {
  return (
    <Modal onClose={onClose} title={words.title} about={words.whatItMeans} finalFocus={leftPlace}>
      <TypedName onClose={onClose} workspace={workspace} workspaces={workspaces} />
    </Modal>
  );
}

/** Two spellings of one name, as the app compares them. */
function same(typed: string, name: string): boolean {
  const folded = (text: string) => text.trim().replace(/\s+/g, " ").normalize("NFKC").toUpperCase().toLowerCase();
  return folded(typed) === folded(name);
}

function TypedName({ onClose, workspace, workspaces }: RemoveDialogProps) {
  const backend = useBackend();
  const client = useQueryClient();
  const openWorkspace = useOpenWorkspace();
  const [typed, setTyped] = useState("");
  const remove = useMutation({
    mutationFn: () => backend.workspaceRemove(workspace.id, typed),
    onSuccess: async () => {
      await leave();
      tell({ title: words.removed });
    },
    onError: async (thrown) => {
      // Its data is gone, only its key could not be had: that has to be read, and the workspace is not there any more.
      if (toFailure(thrown).code !== "keyring") return;
      await leave();
      tell({ title: words.removedButKey, detail: toFailure(thrown).message });
    },
  });
  async function leave() {
    onClose();
    const other = workspaces.find((one) => one.id !== workspace.id);
    if (other) await openWorkspace(other);
    forgetTabs(workspace.id);
    await client.invalidateQueries({ queryKey: workspacesKey });
    client.removeQueries({ queryKey: ["workspace", workspace.id] });
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (same(typed, workspace.name)) remove.mutate();
      }}
    >
      <p>
        <Filled
          text={words.typeName}
          parts={{ name: <bdi className="font-semibold wrap-anywhere select-text">{workspace.name}</bdi> }}
        />
      </p>
      <TextField
        label={words.name}
        value={typed}
        error={remove.error ? toFailure(remove.error).message : ""}
        onChange={(event) => {
          remove.reset();
          setTyped(event.target.value);
        }}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{words.keep}</Button>
        <Button type="submit" kind="danger" off={!same(typed, workspace.name) || remove.isPending}>
          {remove.isPending ? words.removing : words.remove}
        </Button>
      </div>
    </form>
  );
}
