// Which of Apollo's two searches a workspace uses, and how many calls an hour it may spend.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toFailure, violationsOf } from "../backend/failure";
import type { EndpointSetting, Workspace } from "../backend/types";
import { Button } from "../shared/Button";
import { TextField } from "../shared/TextField";
import { tell } from "../shared/toasts";
import { whole } from "../shared/wholeNumber";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { nothingChanged, workspacesKey } from "./useWorkspaces";

const words = texts.workspaces.limits;

const endpoints: { value: EndpointSetting; name: string; about: string }[] = [
  { value: "auto", name: words.auto, about: words.autoHint },
  { value: "full", name: words.full, about: words.fullHint },
  { value: "free", name: words.free, about: words.freeHint },
];

interface LimitsFormProps {
  workspace: Workspace;
  /** What else was typed and is to be saved before: what the button says then, and whether it was saved. */
  first: { button: string; save: () => Promise<boolean> } | null;
  onClose: () => void;
}

export function LimitsForm({ workspace, first, onClose }: LimitsFormProps) {
  const backend = useBackend();
  const client = useQueryClient();
  const [calls, setCalls] = useState(String(workspace.calls_per_hour));
  const [endpoint, setEndpoint] = useState(workspace.endpoint);
  const [refreshStale, setRefreshStale] = useState(workspace.refresh_stale);
  const save = useMutation({
    mutationFn: () =>
      backend.workspaceChange(workspace.id, {
        ...nothingChanged,
        calls_per_hour: whole(calls),
        endpoint: workspace.sample ? null : endpoint,
        refresh_stale: workspace.sample ? null : refreshStale,
        cache_mb: null,
        cache_hours: null,
        export_folder: null,
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: workspacesKey });
      await client.invalidateQueries({ queryKey: ["workspace", workspace.id] });
      tell({ title: texts.workspaces.settingsSaved });
      onClose();
    },
  });
  async function saveAll() {
    if (save.isPending) return;
    if (first === null || (await first.save())) save.mutate();
  }
  const failure = save.error ? toFailure(save.error) : null;
  const error = violationsOf(failure)
    .map((one) => one.message)
    .join(" ");
  return (
    <form
      className="flex flex-col gap-4 border-line not-first:border-t not-first:pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        void saveAll();
      }}
    >
      {!workspace.sample && (
        <fieldset>
          <legend className="mb-1 text-sm font-medium text-ink-2">{words.endpoint}</legend>
          {endpoints.map((one) => (
            <label key={one.value} className="flex items-baseline gap-2 py-0.5">
              <input
                type="radio"
                name="endpoint"
                value={one.value}
                checked={endpoint === one.value}
                onChange={() => setEndpoint(one.value)}
                className="translate-y-0.5"
              />
              <span>
                {one.name} <span className="text-ink-3">· {one.about}</span>
              </span>
            </label>
          ))}
          <label className="mt-2 flex items-baseline gap-2 py-0.5">
            <input
              type="checkbox"
              checked={refreshStale}
              onChange={() => setRefreshStale(!refreshStale)}
              className="translate-y-0.5"
            />
            <span>
              {words.refreshStale} <span className="text-ink-3">· {words.refreshStaleHint}</span>
            </span>
          </label>
        </fieldset>
      )}
      <TextField
        label={texts.workspaces.callsPerHour}
        hint={words.callsHint}
        inputMode="numeric"
        value={calls}
        error={error || (failure?.message ?? "")}
        onChange={(event) => {
          save.reset();
          setCalls(event.target.value);
        }}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{texts.workspaces.close}</Button>
        <Button type="submit" kind={first ? "plain" : "primary"} off={save.isPending}>
          {first?.button ?? words.save}
        </Button>
      </div>
    </form>
  );
}
