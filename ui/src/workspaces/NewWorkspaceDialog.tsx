// Makes a workspace: a name is all it takes. It opens at once, with its key dialog.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toFailure, violationsOf } from "../backend/failure";
import { Button } from "../shared/Button";
import { Modal } from "../shared/Modal";
import { TextField } from "../shared/TextField";
import { useBackend } from "../shell/backend-context";
import { leftPlace } from "../shell/useLeftPane";
import { texts } from "../texts/texts";
import { useOpenWorkspace, workspacesKey } from "./useWorkspaces";

const words = texts.workspaces.made;

interface NewWorkspaceDialogProps {
  onClose: () => void;
  onMade: () => void;
}

export function NewWorkspaceDialog({ onClose, onMade }: NewWorkspaceDialogProps) {
  return (
    <Modal onClose={onClose} title={words.title} about={words.about} finalFocus={leftPlace}>
      <NameForm onClose={onClose} onMade={onMade} />
    </Modal>
  );
}

function NameForm({ onClose, onMade }: NewWorkspaceDialogProps) {
  const backend = useBackend();
  const client = useQueryClient();
  const openWorkspace = useOpenWorkspace();
  const [name, setName] = useState("");
  const add = useMutation({
    mutationFn: () => backend.workspaceAdd(name),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: workspacesKey });
      onMade();
      onClose();
      await openWorkspace(made);
    },
  });
  const failure = add.error ? toFailure(add.error) : null;
  const error = violationsOf(failure)
    .map((one) => one.message)
    .join(" ");
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!add.isPending) add.mutate();
      }}
    >
      <TextField
        label={texts.workspaces.name.label}
        placeholder={words.example}
        hint={words.hint}
        value={name}
        error={error || (failure?.message ?? "")}
        onChange={(event) => {
          add.reset();
          setName(event.target.value);
        }}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{texts.workspaces.cancel}</Button>
        <Button type="submit" kind="primary" off={add.isPending}>
          {words.make}
        </Button>
      </div>
    </form>
  );
}
