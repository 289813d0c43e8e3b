// The settings of the app as a whole. Each change counts at once and is stored; one that cannot be stored is told and taken back.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toFailure } from "../backend/failure";
import type { Settings } from "../backend/types";
import { tell } from "../shared/toasts";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";

const key = ["settings"] as const;

export function useSettings() {
  const backend = useBackend();
  const client = useQueryClient();
  const settings = useQuery({
    queryKey: key,
    queryFn: () => backend.settingsLoad(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  // What was just chosen, in the same moment: a choice must not spring back while it is stored.
  const [chosen, setChosen] = useState<Settings | null>(null);
  const save = useMutation({
    mutationFn: (wanted: Settings) => backend.settingsSave(wanted),
    // One after the other, so that the last choice is the one that stays.
    scope: { id: "settings" },
  });
  /** What is not named stays. Answers whether it was kept; the failure is told unless the caller shows it. */
  async function change(part: Partial<Settings>, told = true): Promise<string | null> {
    const before = client.getQueryData<Settings>(key);
    if (!before) return null;
    const wanted = { ...before, ...part };
    setChosen(wanted);
    client.setQueryData(key, wanted);
    try {
      client.setQueryData(key, await save.mutateAsync(wanted));
      // They tell the way to Apollo and what is written down.
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[2] === "diagnostics" });
      return null;
    } catch (thrown) {
      client.setQueryData(key, before);
      const { message } = toFailure(thrown);
      if (told) tell({ title: texts.settings.notKept, detail: message, about: "settings" });
      return message;
    } finally {
      setChosen(null);
    }
  }
  return { settings: chosen ?? settings.data, change };
}
