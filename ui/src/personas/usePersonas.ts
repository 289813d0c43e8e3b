// The personas of a workspace and the starters, and what can be done with them: choose, save, remove with undo.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { Backend } from "../backend/backend";
import { toFailure } from "../backend/failure";
import type { Filters, Persona, PersonaInput, StarterPersona, TenantId } from "../backend/types";
import { askAhead } from "../people/askAhead";
import { emptyFilters, isBlank, sameFilters } from "../search/question";
import { drawWith } from "../shared/atHand";
import { lookEveryMs } from "../shared/lookEvery";
import { tell } from "../shared/toasts";
import {
  type AddressChange,
  addressOf,
  addressWith,
  blank,
  filtersOf,
  useAddress,
  useOpenBehind,
} from "../shell/address";
import { useBackend } from "../shell/backend-context";
import { keepFocus } from "../shell/useLeftPane";
import { texts } from "../texts/texts";

const words = texts.personas.told;

const none: Persona[] = [];
const noStarters: StarterPersona[] = [];

/** Nothing of what was looked at but how many people a page has. Where the left pane lies over the rest, whoever chose in it wants to
 * see that. */
const { rows: _rows, ...nothing } = blank;
const elsewhere = { ...nothing, side: null };

/** Where a persona or a starter is looked at. */
function askedBy(one: Persona | StarterPersona): AddressChange {
  const from = "id" in one ? { persona: one.id } : { starter: one.name };
  return { ...elsewhere, ...from, ...addressOf(one.filters) };
}

export type Personas = ReturnType<typeof usePersonas>;

function personasKey(workspace: TenantId) {
  return ["workspace", workspace, "personas"] as const;
}

export function personasQuery(backend: Backend, workspace: TenantId) {
  return { queryKey: personasKey(workspace), queryFn: () => backend.personasList(workspace) };
}

export function startersQuery(backend: Backend) {
  return { queryKey: ["starters"], queryFn: () => backend.starterPersonas(), staleTime: Number.POSITIVE_INFINITY };
}

export function usePersonas(workspace: TenantId) {
  const backend = useBackend();
  const client = useQueryClient();
  const [address, setAddress] = useAddress();
  const openBehind = useOpenBehind();
  const key = personasKey(workspace);
  const list = useQuery({ ...personasQuery(backend, workspace), refetchInterval: lookEveryMs });
  const starters = useQuery(startersQuery(backend));
  /** What it asked for stays in the address; leaving that is no loss, since deleting it was meant and can be undone. */
  const lastDeleted = useRef<Filters | null>(null);
  const again = () => client.invalidateQueries({ queryKey: key });

  const save = useMutation({
    mutationFn: (input: PersonaInput) => backend.personaSave(workspace, input),
    onSuccess: async (saved, { id }) => {
      const before = list.data?.find((one) => one.id === id);
      await again();
      tell({
        title: words.saved,
        detail: saved.name,
        about: `persona ${saved.id}`,
        undo: () => (before ? putBack.mutate(before) : remove.mutate(saved)),
        workspace,
      });
    },
  });
  const remove = useMutation({
    mutationFn: (persona: Persona) => backend.personaRemove(workspace, persona.id),
    onSuccess: async (removed) => {
      await again();
      lastDeleted.current = removed.filters;
      if (address.persona === removed.id) void setAddress({ persona: null, pane: null }, { history: "replace" });
      document.getElementById("edit-filters")?.focus();
      tell({
        title: words.deleted,
        detail: removed.name,
        about: `persona ${removed.id}`,
        undo: () => putBack.mutate(removed),
        workspace,
      });
    },
    onError: (thrown) => tell({ title: words.notDeleted, detail: toFailure(thrown).message, workspace }),
  });
  const putBack = useMutation({
    mutationFn: ({ id, name, filters }: Persona) => backend.personaSave(workspace, { id, name, filters }),
    onSuccess: async (persona) => {
      await again();
      show(persona);
      // The news that was pressed is gone, and the focus with it.
      document.getElementById("edit-filters")?.focus();
      tell({ title: words.back, detail: persona.name, about: `persona ${persona.id}`, workspace });
    },
    onError: (thrown) => tell({ title: words.notBack, detail: toFailure(thrown).message, workspace }),
  });

  /** Leaves the persona at hand; should changes of it be unsaved, says so and offers the way back to them. */
  function leave() {
    const filters = filtersOf(address);
    const left =
      list.data?.find((one) => one.id === address.persona) ??
      starters.data?.find((one) => address.persona === null && one.name === address.starter);
    const unsaved = address.name !== null || !sameFilters(left?.filters ?? emptyFilters, filters);
    const deleted = lastDeleted.current !== null && sameFilters(lastDeleted.current, filters);
    if (!unsaved || (address.name === null && (isBlank(filters) || deleted))) return;
    tell({
      title: words.unsaved,
      detail: address.name ?? left?.name ?? texts.personas.unnamed,
      about: "unsaved",
      action: { label: words.backToUnsaved, run: () => void setAddress({ ...address, pane: "edit" }) },
    });
  }
  function choose(persona: Persona) {
    leave();
    show(persona);
  }
  function show(one: Persona | StarterPersona) {
    const change = askedBy(one);
    void drawWith("question", askAhead(client, backend, workspace, addressWith(change)), () => {
      setAddress(change);
      keepFocus();
    });
  }
  function chooseStarter(starter: StarterPersona) {
    leave();
    show(starter);
  }
  function startNew() {
    leave();
    setAddress({ ...elsewhere, pane: "edit" });
  }

  return {
    saved: list.data ?? none,
    /** Whether it is known which there are. */
    read: list.data !== undefined,
    failure: list.error ? toFailure(list.error) : null,
    starters: starters.data ?? noStarters,
    save,
    remove,
    choose,
    chooseStarter,
    /** In a tab of its own, behind the one in sight. */
    chooseBehind: (one: Persona | StarterPersona) => openBehind(askedBy(one)),
    startNew,
  };
}
