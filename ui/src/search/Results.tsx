// The main pane below its head: the source line, then the table or the state that explains why there is none, then the pager.
import type { Status } from "../backend/types";
import { PeopleGrid } from "../people/PeopleGrid";
import { SkeletonGrid } from "../people/SkeletonGrid";
import type { PeopleTable } from "../people/usePeopleTable";
import { LostLedger } from "./LostLedger";
import { NoRows } from "./NoRows";
import { Pager } from "./Pager";
import { SourceLine } from "./SourceLine";
import type { SearchView } from "./useSearchView";

interface ResultsProps {
  view: SearchView;
  people: PeopleTable;
  status: Status | null;
  onSettings: (about: "key" | "endpoint") => void;
}

export function Results({ view, people, status, onSettings }: ResultsProps) {
  const hasRows = view.people.length > 0;
  return (
    <>
      <SourceLine view={view} />
      {(hasRows || view.reason?.code !== "ledger_lost") && <LostLedger until={status?.limiter.lost_until} />}
      <div className="flex min-h-0 flex-1 flex-col border-t border-line">
        {hasRows ? (
          <PeopleGrid
            key={`${view.question.page}/${view.address.persona}/${view.address.starter}`}
            view={view}
            people={people}
          />
        ) : view.asking ? (
          <SkeletonGrid rows={Math.min(view.question.pageSize, 40)} />
        ) : view.looking ? (
          <div aria-busy className="flex-1" />
        ) : (
          <NoRows view={view} status={status} onSettings={onSettings} />
        )}
      </div>
      <Pager view={view} />
    </>
  );
}
