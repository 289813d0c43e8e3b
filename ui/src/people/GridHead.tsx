// The head of the table: picks all, and a head for each column.
import type { RefObject } from "react";
import { texts } from "../texts/texts";
import type { OpenMenu } from "./ColumnMenu";
import type { Cell } from "./gridKeys";
import { HeadCell } from "./HeadCell";
import type { ColumnId } from "./layout";
import { useColumnGestures } from "./useColumnGestures";
import type { People } from "./usePeople";
import type { PeopleTable } from "./usePeopleTable";

const words = texts.people;

interface GridHeadProps {
  head: RefObject<HTMLDivElement | null>;
  model: PeopleTable;
  people: People;
  height: number;
  active: Cell & { goTo: (cell: Cell) => void };
  /** Whether all are picked, some, or nobody. */
  picked: "all" | "some" | "none";
  onPickAll: () => void;
  onMenu: (menu: OpenMenu) => void;
  onFit: (id: ColumnId) => void;
}

export function GridHead({ head, model, people, height, active, picked, ...does }: GridHeadProps) {
  const total = people.total ?? 0;
  const gestures = useColumnGestures(head, model);
  const headers = model.table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <div
      ref={head}
      role="row"
      aria-rowindex={1}
      style={{ height, minWidth: model.least }}
      className="sticky top-0 z-2 grid grid-cols-(--tracks) border-b border-line bg-pane text-sm text-ink-2"
    >
      <div role="columnheader" aria-colindex={1} className="sticky left-0 z-2 flex items-center justify-center bg-pane">
        <input
          ref={(box) => {
            if (box) box.indeterminate = picked === "some";
          }}
          type="checkbox"
          data-cell="-1/-1"
          tabIndex={active.row === -1 && active.column === -1 ? 0 : -1}
          aria-label={picked === "all" ? words.selection.nobody : words.selection.all(total)}
          title={picked === "all" ? words.selection.nobody : words.selection.all(total)}
          checked={picked === "all"}
          onChange={() => {
            active.goTo({ row: -1, column: -1 });
            does.onPickAll();
          }}
        />
      </div>
      {headers.map((header, column) => (
        <HeadCell
          key={header.id}
          header={header}
          column={column}
          hasTabStop={active.row === -1 && active.column === column}
          stays={model.stays[header.column.id]}
          sorts={model.table.state.sorting.length}
          about={total > 0 ? words.head.sorts(total) : undefined}
          onFocused={() => active.goTo({ row: -1, column })}
          onMenu={(id, at) => does.onMenu({ id, at })}
          onFit={does.onFit}
          onResize={gestures.resize}
          onDrag={gestures.drag}
        />
      ))}
    </div>
  );
}
