// Takes kept answers out of a workspace's cache: those to some filters, or all. Says how many went.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toFailure } from "../backend/failure";
import type { FiltersInput, TenantId } from "../backend/types";
import { tell } from "../shared/toasts";
import { plural } from "../shared/words";
import { useBackend } from "../shell/backend-context";

export function useForget(workspace: TenantId) {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (filters: FiltersInput | null) => backend.cacheForget(workspace, filters),
    onSuccess: async (count, filters) => {
      await client.invalidateQueries({ queryKey: ["workspace", workspace] });
      const none = filters ? "Nothing was kept for these filters" : "Nothing was kept";
      tell({ title: count === 0 ? none : `Forgot ${plural(count, "kept answer")}`, workspace });
    },
    onError: (thrown) =>
      tell({ title: "The kept rows were not forgotten", detail: toFailure(thrown).message, workspace }),
  });
}
