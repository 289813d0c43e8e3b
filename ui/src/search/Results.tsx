// The main pane below its head: the source line, then the table or the state that explains why there is none, then the pager.
import { Users } from "lucide-react";
import { reasonOf } from "../backend/failure";
import type { PeopleCounts, Status } from "../backend/types";
import { PeopleGrid } from "../people/PeopleGrid";
import { SkeletonGrid } from "../people/SkeletonGrid";
import type { People } from "../people/usePeople";
import { usePeopleTable } from "../people/usePeopleTable";
import { State } from "../shared/State";
import { useNow } from "../shared/useNow";
import { LostLedger } from "./LostLedger";
import { NoRows } from "./NoRows";
import { Pager } from "./Pager";
import { reasonWords } from "./reasonWords";
import { SourceLine } from "./SourceLine";
import type { SearchView } from "./useSearchView";

interface ResultsProps {
  view: SearchView;
  people: People;
  counts: PeopleCounts | null;
  status: Status | null;
  onSettings: (about: "key" | "endpoint") => void;
}

export function Results({ view, people, counts, status, onSettings }: ResultsProps) {
  const hasRows = people.total !== null && people.total > 0;
  return (
    <>
      <SourceLine view={view} counts={counts} />
      {(hasRows || view.reason?.code !== "ledger_lost") && <LostLedger until={status?.limiter.lost_until} />}
      <div className="flex min-h-0 flex-1 flex-col border-t border-line">
        {hasRows ? (
          <Table
            key={`${people.shown}/${view.question.page}/${view.address.persona}/${view.address.starter}`}
            view={view}
            people={people}
          />
        ) : people.failure ? (
          <Unreadable people={people} />
        ) : view.asking && people.shown === "page" ? (
          <SkeletonGrid rows={Math.min(view.question.pageSize, 40)} />
        ) : view.looking || people.total === null ? (
          <div aria-busy className="flex-1" />
        ) : people.shown === "everyone" ? (
          <State
            icon={Users}
            title="Nobody was fetched in this workspace yet"
            text="Whoever a search or an export brings stays here, also when the hour's rows are forgotten."
          />
        ) : (
          <NoRows view={view} status={status} onSettings={onSettings} />
        )}
      </div>
      {people.shown === "page" && <Pager view={view} />}
    </>
  );
}

function Table({ view, people }: Pick<ResultsProps, "view" | "people">) {
  const model = usePeopleTable(view, people);
  return <PeopleGrid view={view} people={people} model={model} />;
}

/** The store says why it cannot be read. */
function Unreadable({ people }: Pick<ResultsProps, "people">) {
  const now = useNow();
  if (people.failure === null) return null;
  const { title, text } = reasonWords(reasonOf(people.failure), now);
  return <State icon={Users} title={title} text={text} alert />;
}
