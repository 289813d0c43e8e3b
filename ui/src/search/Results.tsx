// The main pane below its head: the source line, then the table or the state that explains why there is none, then the pager.
import { SearchX, Users } from "lucide-react";
import { memo } from "react";
import { reasonOf } from "../backend/failure";
import type { PeopleCounts, PeopleSelection, Status, Workspace } from "../backend/types";
import { FacetPane } from "../people/FacetPane";
import { NarrowBar } from "../people/NarrowBar";
import { PeopleGrid } from "../people/PeopleGrid";
import { SelectionBar } from "../people/SelectionBar";
import { SkeletonGrid } from "../people/SkeletonGrid";
import { pickedOf } from "../people/selection";
import { tableKey } from "../people/tableMemory";
import { useCopy } from "../people/useCopy";
import { useGridSelection } from "../people/useGridSelection";
import { isNarrowed, useNarrow } from "../people/useNarrow";
import { type People, usePeopleFacets } from "../people/usePeople";
import { usePeopleTable } from "../people/usePeopleTable";
import { useSelection } from "../people/useSelection";
import { Button } from "../shared/Button";
import { State } from "../shared/State";
import { useNow } from "../shared/useNow";
import { useAddress } from "../shell/address";
import { useLayouts, useTableLayout, useTableName } from "../shell/useLayouts";
import { texts } from "../texts/texts";
import { LostLedger } from "./LostLedger";
import { NoRows } from "./NoRows";
import { Pager } from "./Pager";
import { reasonWords } from "./reasonWords";
import { SourceLine } from "./SourceLine";
import type { SearchView } from "./useSearchView";

const words = texts.search.noRows;

interface ResultsProps {
  view: SearchView;
  people: People;
  counts: PeopleCounts | null;
  workspace: Workspace;
  status: Status | null;
  onSettings: (about: "key" | "endpoint") => void;
  /** Opens the dialog that tells what it costs to ask more about these people. */
  onEnrich: (selection: PeopleSelection) => void;
  /** Opens the dialog that writes so many of them to a file. */
  onExport: (selection: PeopleSelection, count: number) => void;
}

export const Results = memo(function Results(props: ResultsProps) {
  const { view, people, counts, workspace, status, onSettings, onEnrich, onExport } = props;
  const layouts = useLayouts(view.workspace);
  const facets = usePeopleFacets(view, people);
  const [address] = useAddress();
  const narrowed = isNarrowed(address) && people.viewed !== null;
  const hasRows = people.total !== null && people.total > 0;
  return (
    <>
      <SourceLine view={view} counts={counts} />
      {(hasRows || view.reason?.code !== "ledger_lost") && <LostLedger until={status?.limiter.lost_until} />}
      <NarrowBar total={people.total} sample={workspace.sample} />
      <div className="flex min-h-0 flex-1 border-t border-line">
        {address.facets === "open" && (hasRows || narrowed) && <FacetPane facets={facets} sample={workspace.sample} />}
        <div className="flex min-w-0 flex-1 flex-col">
          {hasRows && layouts !== null ? (
            <Table view={view} people={people} counts={counts} onEnrich={onEnrich} onExport={onExport} />
          ) : people.failure ? (
            <Unreadable people={people} />
          ) : view.asking && people.shown === "page" ? (
            <SkeletonGrid rows={Math.min(view.question.pageSize, 40)} />
          ) : view.looking || people.total === null || layouts === null ? (
            <div aria-busy className="flex-1" />
          ) : narrowed ? (
            <NobodyLeft />
          ) : people.shown === "everyone" ? (
            <State icon={Users} title={words.nobodyFetched} text={words.nobodyFetchedText} />
          ) : (
            <NoRows view={view} status={status} onSettings={onSettings} />
          )}
        </div>
      </div>
      {people.shown === "page" && <Pager view={view} />}
    </>
  );
});

type TableProps = Pick<ResultsProps, "view" | "people" | "counts" | "onEnrich" | "onExport">;

function Table({ view, people, counts, onEnrich, onExport }: TableProps) {
  const model = usePeopleTable(view, people, useTableLayout(view.workspace, useTableName()));
  const selected = useSelection(tableKey(view, people.viewed));
  const picking = useGridSelection(view, people, selected, counts?.different ?? 0);
  const copy = useCopy(view.workspace, people, model, picking);
  const selection = people.viewed && { view: people.viewed, picked: pickedOf(picking.selection) };
  return (
    <>
      <PeopleGrid view={view} people={people} model={model} picking={picking} onCopy={copy} />
      <SelectionBar
        picking={picking}
        onCopy={() => void copy(-1, -1)}
        onExport={() => selection && onExport(selection, picking.count)}
        onEnrich={() => selection && onEnrich(selection)}
      />
    </>
  );
}

/** Everybody was narrowed away. */
function NobodyLeft() {
  const { clear } = useNarrow();
  return (
    <State icon={SearchX} title={words.nobodyLeft} text={words.nobodyLeftText}>
      <Button onClick={clear}>{words.showAll}</Button>
    </State>
  );
}

/** The store says why it cannot be read. */
function Unreadable({ people }: Pick<ResultsProps, "people">) {
  const now = useNow();
  if (people.failure === null) return null;
  const { title, text } = reasonWords(reasonOf(people.failure), now);
  return <State icon={Users} title={title} text={text} alert />;
}
