// The table model: the columns of the people as their layout has them. The model holds no rows: which there are, and in which order, the
// store says (usePeople), and each is drawn for itself.
import { useTable } from "@tanstack/react-table";
import { useMemo } from "react";
import type { StoredPerson } from "../backend/types";
import type { SearchView } from "../search/useSearchView";
import { useAddress } from "../shell/address";
import type { TableLayout } from "../shell/useLayouts";
import { columnOrder, columns, columnWidths, features, pickWidth } from "./columns";
import { type ColumnId, columnIds } from "./layout";
import { addressOfSorts } from "./peopleSet";
import type { People } from "./usePeople";

const noRows: StoredPerson[] = [];

export type PeopleTable = ReturnType<typeof usePeopleTable>;

export function usePeopleTable(view: SearchView, people: People, kept: TableLayout) {
  const { shown, viewed } = people;
  const [, setAddress] = useAddress();
  const { layout } = kept;
  // A page's columns make way for each other; those of other sets stay, so that nothing jumps while one scrolls.
  const order = useMemo(
    () => layout.order ?? (shown === "everyone" ? columnIds : columnOrder(view.people)),
    [layout.order, shown, view.people],
  );
  const sorting = useMemo(
    () => (viewed?.sort ?? []).map(({ column, descending }) => ({ id: column as string, desc: descending })),
    [viewed],
  );
  const state = useMemo(
    () => ({
      sorting,
      columnOrder: [...order],
      columnVisibility: Object.fromEntries(layout.hidden.map((id) => [id, false])),
      columnPinning: { start: [...layout.pinned], end: [] },
      columnSizing: { ...layout.widths },
    }),
    [sorting, order, layout],
  );
  const table = useTable({
    features,
    columns,
    data: noRows,
    state,
    manualSorting: true,
    sortDescFirst: false,
    onSortingChange: (next) =>
      void setAddress({ sort: addressOfSorts(typeof next === "function" ? next(sorting) : next) }),
  });
  const shownColumns = (table.getHeaderGroups()[0]?.headers ?? []).map(({ column }) => column);
  // The same array as long as the columns are, so that rows are not drawn anew for it.
  const names = shownColumns.map(({ id }) => id).join();
  const ids = useMemo(() => names.split(",") as ColumnId[], [names]);
  const { tracks, least } = columnWidths(ids, layout.widths);
  return {
    table,
    /** The columns in sight, as they stand. */
    ids,
    /** All columns in their order, for those that come back. */
    order,
    kept,
    tracks,
    least,
    /** Where each pinned column stays, in px. */
    stays: Object.fromEntries(
      shownColumns
        .filter((column) => column.getIsPinned())
        .map((column) => [column.id, pickWidth + column.getStart("start")]),
    ),
  };
}
