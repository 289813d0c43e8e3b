// The personas of a workspace and the starters, and what can be done with them: choose, save, remove with undo.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toFailure } from "../backend/failure";
import type { Persona, PersonaInput, StarterPersona, TenantId } from "../backend/types";
import { tell } from "../shared/toasts";
import { addressOf, blank, useAddress } from "../shell/address";
import { useBackend } from "../shell/backend-context";

const none: Persona[] = [];
const noStarters: StarterPersona[] = [];

export type Personas = ReturnType<typeof usePersonas>;

export function usePersonas(workspace: TenantId) {
  const backend = useBackend();
  const client = useQueryClient();
  const [address, setAddress] = useAddress();
  const key = ["workspace", workspace, "personas"] as const;
  const list = useQuery({ queryKey: key, queryFn: () => backend.personasList(workspace) });
  const starters = useQuery({
    queryKey: ["starters"],
    queryFn: () => backend.starterPersonas(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const again = () => client.invalidateQueries({ queryKey: key });

  const save = useMutation({
    mutationFn: (input: PersonaInput) => backend.personaSave(workspace, input),
    onSuccess: again,
  });
  const remove = useMutation({
    mutationFn: (persona: Persona) => backend.personaRemove(workspace, persona.id),
    onSuccess: async (removed) => {
      await again();
      if (address.persona === removed.id) void setAddress({ persona: null, pane: null }, { history: "replace" });
      document.getElementById("edit-filters")?.focus();
      tell({
        title: "Persona deleted",
        detail: removed.name,
        about: `persona ${removed.id}`,
        action: { label: "Undo", run: () => putBack.mutate(removed) },
      });
    },
    onError: (thrown) => tell({ title: "Not deleted", detail: toFailure(thrown).message }),
  });
  const putBack = useMutation({
    mutationFn: ({ id, name, filters }: Persona) => backend.personaSave(workspace, { id, name, filters }),
    onSuccess: async (persona) => {
      await again();
      choose(persona);
      // The news that was pressed is gone, and the focus with it.
      document.getElementById("edit-filters")?.focus();
      tell({ title: "Persona is back", detail: persona.name, about: `persona ${persona.id}` });
    },
    onError: (thrown) => tell({ title: "Could not put it back", detail: toFailure(thrown).message }),
  });

  function choose(persona: Persona) {
    const { rows: _rows, ...rest } = blank;
    void setAddress({ ...rest, persona: persona.id, ...addressOf(persona.filters) });
  }
  function chooseStarter(starter: StarterPersona) {
    const { rows: _rows, ...rest } = blank;
    void setAddress({ ...rest, starter: starter.name, ...addressOf(starter.filters) });
  }
  function startNew() {
    const { rows: _rows, ...rest } = blank;
    void setAddress({ ...rest, pane: "edit" });
  }

  return {
    saved: list.data ?? none,
    failure: list.error ? toFailure(list.error) : null,
    starters: starters.data ?? noStarters,
    save,
    remove,
    choose,
    chooseStarter,
    startNew,
  };
}
