// Takes kept answers out of a workspace's cache: those to some filters, or all. Says how many went.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toFailure } from "../backend/failure";
import type { FiltersInput, TenantId } from "../backend/types";
import { tell } from "../shared/toasts";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";

const words = texts.workspaces.kept;

export function useForget(workspace: TenantId) {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (filters: FiltersInput | null) => backend.cacheForget(workspace, filters),
    onSuccess: async (count, filters) => {
      await client.invalidateQueries({ queryKey: ["workspace", workspace] });
      const none = filters ? words.nothingForFilters : words.nothing;
      tell({ title: count === 0 ? none : words.forgot(count), workspace });
    },
    onError: (thrown) => tell({ title: words.notForgotten, detail: toFailure(thrown).message, workspace }),
  });
}
