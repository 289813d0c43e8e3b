// The persona on the right, being written: name and six filters. The filters go straight into the address, so that the search button
// always speaks of what is seen here and "back" undoes; nothing is sent to Apollo before that button is pressed.
import { FileOutput, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { toFailure, violationsOf } from "../backend/failure";
import type { FiltersInput, TenantId, Violation, Vocabulary } from "../backend/types";
import { emptyFilters, isBlank } from "../search/question";
import type { SearchView } from "../search/useSearchView";
import { Button, IconButton } from "../shared/Button";
import { TextField } from "../shared/TextField";
import { tell } from "../shared/toasts";
import { addressOf, useAddress } from "../shell/address";
import { texts } from "../texts/texts";
import { FilterFields } from "./FilterFields";
import { goToUnfinished, useUnfinished } from "./unfinished";
import { usePersonaFiles } from "./usePersonaFiles";
import type { Personas } from "./usePersonas";

const words = texts.personas.editor;

interface PersonaEditorProps {
  workspace: TenantId;
  vocabulary: Vocabulary;
  personas: Personas;
  view: SearchView;
}

export function PersonaEditor({ workspace, vocabulary, personas, view }: PersonaEditorProps) {
  const [address, setAddress] = useAddress();
  const { persona } = view;
  const filters = view.question.filters;
  const startName = persona?.name ?? address.starter ?? "";
  const shownName = address.name ?? startName;
  const unfinished = useUnfinished();
  const files = usePersonaFiles(workspace, personas.choose);
  const [wrong, setWrong] = useState<Violation[]>([]);
  const [said, setSaid] = useState("");
  const panel = useRef<HTMLElement>(null);
  const titleId = useId();
  const violations = [...wrong, ...violationsOf(view.failure)];
  const errorOf = (field: string) =>
    [...new Set(violations.filter((one) => one.field === field).map((one) => one.message))].join(" ");

  useEffect(() => {
    // Whoever opened the editor wants to write in it: the name first when there is none yet, else the first filter.
    const inputs = panel.current?.querySelectorAll<HTMLElement>("input");
    const first = startName === "" ? inputs?.[0] : inputs?.[1];
    if (!panel.current?.contains(document.activeElement)) first?.focus();
  }, [startName]);

  function change(part: Partial<FiltersInput>) {
    setWrong([]);
    setSaid("");
    void setAddress({ ...addressOf({ ...filters, ...part }), page: null, person: null }, { history: "replace" });
  }
  function revert() {
    if (persona === null) return;
    change(persona.filters);
    void setAddress({ name: null }, { history: "replace" });
    tell({ title: words.reverted, detail: persona.name, about: "filters", undo: () => setAddress(address) });
  }
  function clear() {
    change(emptyFilters);
    tell({ title: words.cleared, about: "filters", undo: () => setAddress(address) });
  }
  function close() {
    void setAddress({ pane: null });
    document.getElementById("edit-filters")?.focus();
  }
  function save(id: string | null) {
    setWrong([]);
    setSaid("");
    if (unfinished) {
      goToUnfinished();
      return;
    }
    if (isBlank(filters)) {
      setSaid(words.blank);
      return;
    }
    personas.save.mutate(
      { id, name: shownName, filters },
      {
        onSuccess: (saved) => {
          void setAddress(
            { persona: saved.id, starter: null, name: null, pane: null, ...addressOf(saved.filters) },
            { history: "replace" },
          );
          // Not to the search button: a key too many would spend a call.
          document.getElementById("edit-filters")?.focus();
        },
        onError: (thrown) => {
          const failure = toFailure(thrown);
          const found = violationsOf(failure);
          setWrong(found);
          if (found.length === 0) setSaid(failure.message);
          requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
        },
      },
    );
  }
  function pressed(event: KeyboardEvent) {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  }
  const renamed = persona !== null && shownName.trim() !== persona.name;
  const dirty = persona === null || view.changed || renamed;
  return (
    <aside
      ref={panel}
      aria-labelledby={titleId}
      onKeyDown={pressed}
      className="flex w-80 shrink-0 flex-col border-l border-line bg-pane max-md:absolute max-md:inset-y-0 max-md:right-0 max-md:z-10 max-md:shadow-pop"
    >
      <div className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-2">
        <h2 id={titleId} className="flex-1 px-2 font-semibold">
          {persona ? words.title : words.titleOfNew}
        </h2>
        {persona && (
          <IconButton label={words.share} onClick={() => void files.share(persona, view.changed)}>
            <FileOutput size={15} aria-hidden />
          </IconButton>
        )}
        <IconButton label={words.close} onClick={close}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      <form
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          save(persona?.id ?? null);
        }}
      >
        <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-4 py-3">
          <TextField
            label={words.name}
            placeholder={words.namePlaceholder}
            value={shownName}
            error={errorOf("name")}
            onChange={(event) => {
              setWrong([]);
              void setAddress({ name: event.target.value }, { history: "replace" });
            }}
          />
          <FilterFields filters={filters} vocabulary={vocabulary} onChange={change} errorOf={errorOf} />
        </div>
        <div className="border-t border-line px-4 py-2">
          {(errorOf("filters") || said) && (
            <p role="alert" className="pb-2 text-sm text-stop">
              {errorOf("filters") || said}
            </p>
          )}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" kind="primary" off={!dirty || personas.save.isPending}>
              {persona ? words.save : words.saveNew}
            </Button>
            {persona && (
              <Button off={!dirty || personas.save.isPending} onClick={() => save(null)}>
                {words.saveAsNew}
              </Button>
            )}
            {persona && (view.changed || renamed) && (
              <Button kind="quiet" onClick={revert}>
                {words.revert}
              </Button>
            )}
            {persona ? (
              <Button kind="danger" className="ml-auto" onClick={() => personas.remove.mutate(persona)}>
                {words.delete}
              </Button>
            ) : (
              <Button kind="quiet" className="ml-auto" off={isBlank(filters)} onClick={clear}>
                {words.clear}
              </Button>
            )}
          </div>
        </div>
      </form>
    </aside>
  );
}
