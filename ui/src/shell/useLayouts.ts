// How the columns of the workspace's tables stand: read once when it opens, together with how its tables were left, changed at once, kept
// with its view.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Backend } from "../backend/backend";
import type { TenantId } from "../backend/types";
import { isUsual, type Layout, usualLayout } from "../people/layout";
import { restoreTables } from "../people/tableMemory";
import { useAddressPart } from "./address";
import { useBackend } from "./backend-context";
import { keptIn, type Layouts, tableOf } from "./viewText";

export interface TableLayout {
  layout: Layout;
  change: (layout: Layout) => void;
  /** The same with the layout of that moment: for what is done later, as undoing is. */
  changeFrom: (step: (layout: Layout) => Layout) => void;
}

/** Null until they are read. */
export function useLayouts(workspace: TenantId): Layouts | null {
  const backend = useBackend();
  return useQuery(layoutsQuery(backend, workspace)).data ?? null;
}

export function layoutsQuery(backend: Backend, workspace: TenantId) {
  return {
    queryKey: layoutsKey(workspace),
    staleTime: Number.POSITIVE_INFINITY,
    // Where the file cannot be read, its own lists say so.
    queryFn: () =>
      backend
        .viewLoad(workspace)
        .then((text) => {
          const { layouts, left } = keptIn(text);
          restoreTables(workspace, left);
          return layouts;
        })
        .catch((): Layouts => ({})),
  };
}

function layoutsKey(workspace: TenantId) {
  return ["layouts", workspace] as const;
}

/** The name of the table in sight. */
export function useTableName(): string {
  const [show, persona, starter] = [useAddressPart("show"), useAddressPart("persona"), useAddressPart("starter")];
  return tableOf({ show, persona, starter });
}

export function useTableLayout(workspace: TenantId, table: string): TableLayout {
  const client = useQueryClient();
  const layouts = useLayouts(workspace);
  const changeFrom = (step: (layout: Layout) => Layout) =>
    void client.setQueryData<Layouts>(layoutsKey(workspace), (before) => {
      const { [table]: own = usualLayout, ...others } = before ?? {};
      const layout = step(own);
      return isUsual(layout) ? others : { ...others, [table]: layout };
    });
  return { layout: layouts?.[table] ?? usualLayout, changeFrom, change: (layout) => changeFrom(() => layout) };
}
