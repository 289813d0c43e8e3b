// The most that may be paid in this workspace: by each job, day and month, and in all. Each is a hard stop; an empty field is no cap.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { toFailure } from "../backend/failure";
import type { CreditCaps, Workspace } from "../backend/types";
import { Button } from "../shared/Button";
import { TextField } from "../shared/TextField";
import { tell } from "../shared/toasts";
import { useBackend } from "../shell/backend-context";
import { firstCap, takeWanted } from "../shell/pages";
import { texts } from "../texts/texts";
import { nothingChanged, workspacesKey } from "../workspaces/useWorkspaces";
import { capsOf, capText } from "./creditsWords";

const words = texts.credits.caps;

const fields = ["job", "day", "month", "workspace"] as const;

export function CapsForm({ workspace }: { workspace: Workspace }) {
  const backend = useBackend();
  const client = useQueryClient();
  const { caps } = workspace;
  // The ledger above it is read first, so that it comes later than its page.
  useEffect(() => takeWanted()?.focus(), []);
  const [typed, setTyped] = useState<Partial<Record<keyof CreditCaps, string>>>({});
  const inFields = {
    job: typed.job ?? capText(caps.job),
    day: typed.day ?? capText(caps.day),
    month: typed.month ?? capText(caps.month),
    workspace: typed.workspace ?? capText(caps.workspace),
  };
  const save = useMutation({
    mutationFn: (wanted: CreditCaps) => backend.workspaceChange(workspace.id, { ...nothingChanged, caps: wanted }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: workspacesKey });
      await client.invalidateQueries({ queryKey: ["workspace", workspace.id] });
      setTyped({});
      tell({ title: words.saved, about: "caps" });
    },
  });
  const wanted = capsOf(inFields);
  const same = wanted !== null && fields.every((key) => wanted[key] === caps[key]);
  const wrong = wanted === null ? words.wrong : "";
  return (
    <form
      className="flex flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted && !same) save.mutate(wanted);
      }}
    >
      {fields.map((key, place) => (
        <TextField
          key={key}
          id={place === 0 ? firstCap : undefined}
          className="w-32"
          label={words.fields[key]}
          placeholder={words.empty}
          inputMode="numeric"
          value={inFields[key]}
          error={/^\d{0,9}$/.test(inFields[key].trim()) ? "" : wrong}
          onChange={(event) => {
            save.reset();
            setTyped({ ...typed, [key]: event.target.value });
          }}
        />
      ))}
      <Button type="submit" className="mt-5 h-8" off={same || wanted === null || save.isPending}>
        {words.save}
      </Button>
      {save.error && (
        <p role="alert" className="w-full text-sm text-stop">
          {toFailure(save.error).message}
        </p>
      )}
    </form>
  );
}
