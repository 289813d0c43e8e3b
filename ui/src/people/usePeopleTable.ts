// The table model of the people in sight, and their columns. Which rows there are, and in which order, the store says (usePeople).
import { useTable } from "@tanstack/react-table";
import { useMemo } from "react";
import type { SearchView } from "../search/useSearchView";
import { columnOrder, columnWidths, features, makeColumns, usualOrder } from "./columns";
import type { People } from "./usePeople";

export type PeopleTable = ReturnType<typeof usePeopleTable>;

export function usePeopleTable(view: SearchView, people: People) {
  const { sort, loaded, shown } = people;
  // A page's columns make way for each other; those of other sets stay, so that nothing jumps while one scrolls.
  const order = useMemo(() => (shown === "everyone" ? usualOrder : columnOrder(view.people)), [shown, view.people]);
  const columns = useMemo(() => makeColumns(order), [order]);
  const sorting = useMemo(() => (sort ? [{ id: sort.column, desc: sort.descending }] : []), [sort]);
  const table = useTable({
    features,
    columns,
    data: loaded,
    getRowId: (person) => person.id,
    state: { sorting },
    manualSorting: true,
    enableMultiSort: false,
  });
  const { rowsById } = table.getRowModel();
  const rowAt = (row: number) => {
    const id = people.at(row)?.id;
    return id === undefined ? undefined : rowsById[id];
  };
  return { table, order, widths: columnWidths(order), rowAt };
}
