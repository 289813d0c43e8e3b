// The head of the table: what each column shows, and the order of the rows.
import { ArrowDown, ArrowUp } from "lucide-react";
import { number } from "../shared/words";
import { tableMinWidth } from "./columns";
import type { Cell } from "./gridKeys";
import type { People } from "./usePeople";
import type { PeopleTable } from "./usePeopleTable";

interface GridHeadProps {
  model: PeopleTable;
  people: People;
  height: number;
  active: Cell;
  onSort: (column: number, id: string) => void;
}

export function GridHead({ model, people, height, active, onSort }: GridHeadProps) {
  const { table, widths } = model;
  const { sort } = people;
  const total = people.total ?? 0;
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <div
      role="row"
      aria-rowindex={1}
      style={{ gridTemplateColumns: widths, minWidth: tableMinWidth, height }}
      className="sticky top-0 z-1 grid border-b border-line bg-pane text-sm text-ink-2"
    >
      {headers.map((header, column) => {
        const sorted = sort?.column === header.column.id ? (sort.descending ? "descending" : "ascending") : undefined;
        const canSort = header.column.id !== "linkedin";
        const tabIndex = active.row === -1 && active.column === column ? 0 : -1;
        return (
          <div
            key={header.id}
            role="columnheader"
            aria-colindex={column + 1}
            aria-sort={canSort ? (sorted ?? "none") : undefined}
            className="flex min-w-0 items-stretch"
          >
            {canSort ? (
              <button
                type="button"
                data-cell={`-1/${column}`}
                tabIndex={tabIndex}
                title={total > 0 ? `Sorts all ${number(total)}` : undefined}
                onClick={() => onSort(column, header.column.id)}
                className="flex min-w-0 flex-1 items-center gap-1 px-2 font-medium hover:text-ink"
              >
                <table.FlexRender header={header} />
                {sorted === "ascending" && <ArrowUp size={12} aria-hidden />}
                {sorted === "descending" && <ArrowDown size={12} aria-hidden />}
              </button>
            ) : (
              <span
                data-cell={`-1/${column}`}
                tabIndex={tabIndex}
                className="flex flex-1 items-center px-2 font-medium"
              >
                <table.FlexRender header={header} />
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
