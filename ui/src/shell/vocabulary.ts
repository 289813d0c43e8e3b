// The values that filters know, the same for all workspaces and for as long as the app runs.
import type { Backend } from "../backend/backend";

export function vocabularyQuery(backend: Backend) {
  return { queryKey: ["vocabulary"], queryFn: () => backend.vocabulary(), staleTime: Number.POSITIVE_INFINITY };
}
