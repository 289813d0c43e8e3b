// Personas as files: one is shared, or comes from a colleague. The app asks for the file; the window never names one.
import { useQueryClient } from "@tanstack/react-query";
import type { Persona, TenantId } from "../backend/types";
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
      await client.invalidateQueries({ queryKey: ["workspace", workspace, "personas"] });
      onImported(persona);
      tell({ title: "Persona imported", detail: persona.name, workspace });
    },
  };
}
