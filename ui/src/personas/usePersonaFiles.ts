// Personas as files: one is shared, or comes from a colleague. The app asks for the file; the window never names one.
import { useQueryClient } from "@tanstack/react-query";
import type { Persona, TenantId } from "../backend/types";
import { sameFilters } from "../search/question";
import { tell } from "../shared/toasts";
import { useAttempt } from "../shared/useAttempt";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";

const words = texts.personas.files;

export function usePersonaFiles(workspace: TenantId, onImported: (persona: Persona) => void) {
  const backend = useBackend();
  const client = useQueryClient();
  const attempt = useAttempt();
  return {
    async share(persona: Persona, changed: boolean) {
      const path = await attempt(words.notShared, () => backend.personaShare(workspace, persona.id));
      if (!path) return;
      tell({
        title: changed ? words.sharedAsSaved : words.shared,
        detail: path,
        workspace,
        action: {
          label: words.showInFolder,
          run: () => void attempt(words.notShown, () => backend.savedFileShow(path)),
        },
      });
    },
    async importOne() {
      const persona = await attempt(words.notImported, () => backend.personaImport(workspace));
      if (!persona) return;
      const key = ["workspace", workspace, "personas"];
      const twin = client
        .getQueryData<Persona[]>(key)
        ?.find((one) => one.id !== persona.id && sameFilters(one.filters, persona.filters));
      await client.invalidateQueries({ queryKey: key });
      onImported(persona);
      const detail = twin ? words.importedTwin(persona.name, twin.name) : persona.name;
      tell({ title: words.imported, detail, workspace });
    },
  };
}
