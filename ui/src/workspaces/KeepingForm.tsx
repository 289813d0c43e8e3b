// How much of Apollo's answers a workspace keeps, and how long they count as fresh.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toFailure, violationsOf } from "../backend/failure";
import type { Workspace, WorkspaceChange } from "../backend/types";
import { Button } from "../shared/Button";
import { TextField } from "../shared/TextField";
import { tell } from "../shared/toasts";
import { whole } from "../shared/wholeNumber";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { nothingChanged, workspacesKey } from "./useWorkspaces";

const words = texts.workspaces.keeping;

export function KeepingForm({ workspace }: { workspace: Workspace }) {
  const backend = useBackend();
  const client = useQueryClient();
  const [size, setSize] = useState(String(workspace.cache_mb));
  const [hours, setHours] = useState(String(workspace.cache_hours));
  const save = useMutation({
    mutationFn: (change: WorkspaceChange) => backend.workspaceChange(workspace.id, change),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: workspacesKey });
      tell({ title: texts.workspaces.settingsSaved, about: "keeping" });
    },
  });
  const failure = save.error ? toFailure(save.error) : null;
  const errorOf = (field: string) => violationsOf(failure).find((one) => one.field === field)?.message ?? "";
  const other = failure && violationsOf(failure).length === 0 ? failure.message : "";
  const same = whole(size) === workspace.cache_mb && whole(hours) === workspace.cache_hours;
  const typed = (set: (text: string) => void) => (event: { target: { value: string } }) => {
    save.reset();
    set(event.target.value);
  };
  return (
    <form
      className="flex items-start gap-2 max-md:flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (!same) save.mutate({ ...nothingChanged, cache_mb: whole(size), cache_hours: whole(hours) });
      }}
    >
      <TextField
        className="min-w-0 flex-1 max-md:w-full max-md:flex-none"
        label={words.hours}
        hint={words.hoursHint}
        inputMode="numeric"
        value={hours}
        error={errorOf("cache_hours")}
        onChange={typed(setHours)}
      />
      <TextField
        className="min-w-0 flex-1 max-md:w-full max-md:flex-none"
        label={words.size}
        hint={words.sizeHint}
        inputMode="numeric"
        value={size}
        error={errorOf("cache_mb") || other}
        onChange={typed(setSize)}
      />
      <Button type="submit" className="mt-5 h-8 max-md:mt-0" off={same || save.isPending}>
        {words.save}
      </Button>
    </form>
  );
}
