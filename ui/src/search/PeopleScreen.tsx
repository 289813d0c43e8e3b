// The people at work: what is asked and the ways to ask, the table or why there is none, and on the right whoever is open, or the filters.
import { Suspense, useState } from "react";
import type { EnrichWhat, EnrichWhom, PeopleSelection, Status, Vocabulary, Workspace } from "../backend/types";
import { SelectionExport, type SelectionExportProps } from "../exports/SelectionExport";
import { PersonPanel } from "../people/PersonPanel";
import { tableName } from "../people/peopleSet";
import { usePeople, usePeopleCounts } from "../people/usePeople";
import type { Personas } from "../personas/usePersonas";
import { useSteady } from "../shared/useSteady";
import { useAddressPart } from "../shell/address";
import type { DialogName } from "../shell/Dialogs";
import { PersonaEditor } from "../shell/later";
import { MainPane } from "../shell/MainPane";
import { texts } from "../texts/texts";
import { Results } from "./Results";
import { SearchHeader } from "./SearchHeader";
import type { SearchView } from "./useSearchView";

const words = texts.search;

interface PeopleScreenProps {
  workspace: Workspace;
  vocabulary: Vocabulary;
  personas: Personas;
  view: SearchView;
  status: Status | null;
  onDialog: (name: DialogName) => void;
  /** Opens the dialog that tells what it costs to ask more about them. */
  onEnrich: (what: EnrichWhat, title: string, whom: EnrichWhom) => void;
}

export function PeopleScreen(props: PeopleScreenProps) {
  const { workspace, vocabulary, personas, view, status, onDialog, onEnrich } = props;
  const people = usePeople(view);
  const counts = usePeopleCounts(view);
  const editing = useAddressPart("pane") === "edit";
  const [persona, starter] = [useAddressPart("persona"), useAddressPart("starter")];
  const shown = people.total ? people.viewed : null;
  const enrich = useSteady((selection: PeopleSelection) => {
    const table = people.shown === "everyone" ? tableName("everyone") : view.title;
    const { kind, ids } = selection.picked;
    // A few of a table are not the table: neither in the dialog nor among the jobs.
    const title = kind === "only" ? words.selectedOf(table, ids.length) : table;
    onEnrich("people", title, { kind: "selected", selection });
  });
  const enrichOne = useSteady((what: EnrichWhat, title: string, id: string) =>
    onEnrich(what, title, { kind: "people", people: [id] }),
  );
  const enrichAll = useSteady(() => shown && enrich({ view: shown, picked: { kind: "all_but", ids: [] } }));
  // What was asked for: another table that comes into sight under the dialog is not meant.
  const [exporting, setExporting] = useState<Omit<SelectionExportProps, "onClose" | "workspace"> | null>(null);
  const exportSome = useSteady((selection: PeopleSelection, count: number) =>
    setExporting({ title: view.title, count, selection }),
  );
  // Everyone is nobody's search: written is who is in the table, as it is narrowed.
  const everyone = people.shown === "everyone" ? shown : null;
  const exportAll = useSteady(() => {
    if (everyone === null) return onDialog("export");
    const selection: PeopleSelection = { view: everyone, picked: { kind: "all_but", ids: [] } };
    setExporting({ title: tableName("everyone"), count: people.total ?? 0, selection });
  });
  const rerun = useSteady(() => onDialog("rerun"));
  return (
    <>
      <MainPane name={words.people} workspace={workspace}>
        <SearchHeader
          view={view}
          workspace={workspace}
          status={status}
          onExport={exportAll}
          canEnrich={shown !== null}
          canExport={people.shown === "everyone" ? everyone !== null : view.people.length > 0}
          onEnrich={enrichAll}
          onRerun={rerun}
        />
        <Results
          view={view}
          people={people}
          counts={counts}
          workspace={workspace}
          status={status}
          onSettings={onDialog}
          onEnrich={enrich}
          onExport={exportSome}
        />
      </MainPane>
      {exporting && <SelectionExport {...exporting} onClose={() => setExporting(null)} workspace={workspace} />}
      {editing ? (
        <Suspense fallback={null}>
          <PersonaEditor
            key={`${persona}/${starter}`}
            workspace={workspace.id}
            vocabulary={vocabulary}
            personas={personas}
            view={view}
          />
        </Suspense>
      ) : (
        <PersonPanel view={view} people={people} sample={workspace.sample} onEnrich={enrichOne} />
      )}
    </>
  );
}
