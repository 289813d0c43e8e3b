// Personas as files: one is shared, or comes from a colleague. The app asks for the file; the window never names one.
import { useQueryClient } from "@tanstack/react-query";
import type { Persona, TenantId } from "../backend/types";
import { sameFilters } from "../search/question";
import { tell } from "../shared/toasts";
import { useAttempt } from "../shared/useAttempt";
import { useBackend } from "../shell/backend-context";

export function usePersonaFiles(workspace: TenantId, onImported: (persona: Persona) => void) {
  const backend = useBackend();
  const client = useQueryClient();
  const attempt = useAttempt();
  return {
    async share(persona: Persona) {
      const path = await attempt("The persona was not shared", () => backend.personaShare(workspace, persona.id));
      if (!path) return;
      tell({
        title: "Shared: its name and filters, nothing else",
        detail: path,
        workspace,
        action: { label: "Show in folder", run: () => void attempt("Not shown", () => backend.savedFileShow(path)) },
      });
    },
    async importOne() {
      const persona = await attempt("No persona was imported", () => backend.personaImport(workspace));
      if (!persona) return;
      const key = ["workspace", workspace, "personas"];
      const twin = client
        .getQueryData<Persona[]>(key)
        ?.find((one) => one.id !== persona.id && sameFilters(one.filters, persona.filters));
      await client.invalidateQueries({ queryKey: key });
      onImported(persona);
      const detail = twin ? `${persona.name}: it asks the same as “${twin.name}”` : persona.name;
      tell({ title: "Persona imported", detail, workspace });
    },
  };
}
