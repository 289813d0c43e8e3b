// The people of the page in the order shown: one table model for the grid and for the panel that steps through it. Sorting is of this
// page only; Apollo has no order to ask for.
import { useTable } from "@tanstack/react-table";
import { useMemo } from "react";
import type { Seniority } from "../backend/types";
import type { SearchView } from "../search/useSearchView";
import { columnOrder, columnWidths, features, makeColumns } from "./columns";

export type PeopleTable = ReturnType<typeof usePeopleTable>;

export function usePeopleTable(view: SearchView, seniorities: readonly Seniority[]) {
  const endpoint = view.answer?.endpoint ?? "mixed_people/search";
  const sort = view.address.sort;
  const order = useMemo(() => columnOrder(view.people), [view.people]);
  const columns = useMemo(() => makeColumns(endpoint, seniorities, order), [endpoint, seniorities, order]);
  const sorting = useMemo(() => (sort ? [{ id: sort.replace(/^-/, ""), desc: sort.startsWith("-") }] : []), [sort]);
  const table = useTable({
    features,
    columns,
    data: view.people,
    getRowId: (person) => person.id,
    state: { sorting },
    enableMultiSort: false,
  });
  const rows = table.getRowModel().rows;
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  return { table, rows, ids, sorting, widths: columnWidths(order) };
}
