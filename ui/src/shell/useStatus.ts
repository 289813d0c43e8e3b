// The state of service, calls, cache and key of one workspace: asked again after whatever may have spent a call, when the breaker
// changes, at the moment when the next call frees, and every 5 s (another window or the command line may spend calls too).
import { type QueryClient, type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Backend } from "../backend/backend";
import type { TenantId } from "../backend/types";
import { lookEveryMs } from "../shared/lookEvery";
import { useBackend } from "./backend-context";

export function useStatus(workspace: TenantId) {
  const backend = useBackend();
  return useQuery({
    ...statusQuery(backend, workspace),
    refetchInterval: ({ state }) => {
      const status = state.data;
      const next = [
        status?.limiter.next_frees_at,
        status?.limiter.paused_until,
        status?.limiter.lost_until,
        status?.breaker.retry_at,
      ]
        .map((at) => (at ? Date.parse(at) - Date.now() : Number.NaN))
        .filter((ms) => ms > 0);
      return next.length > 0 ? Math.min(lookEveryMs, Math.max(1_000, Math.min(...next) + 250)) : lookEveryMs;
    },
  });
}

export function statusQuery(backend: Backend, workspace: TenantId) {
  return { queryKey: ["workspace", workspace, "status"], queryFn: () => backend.status(workspace) };
}

/** People that come in one after the other, as in an export, are drawn at most this often. */
const peopleEveryMs = 300;

/** Asks again when the app tells that the breaker changed, that old rows were refreshed in the background, or that people came in. */
export function useBackendEvents(): void {
  const backend = useBackend();
  const client = useQueryClient();
  useEffect(() => {
    return backend.onBreakerChanged(() => {
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[2] === "status" });
    });
  }, [backend, client]);
  useEffect(() => {
    return backend.onAnswerRefreshed((workspace) => {
      void client.invalidateQueries({ queryKey: ["workspace", workspace, "outcome"] });
      void client.invalidateQueries({ queryKey: ["workspace", workspace, "status"] });
    });
  }, [backend, client]);
  useEffect(() => {
    const resting = new Map<TenantId, ReturnType<typeof setTimeout>>();
    const missed = new Set<TenantId>();
    function draw(workspace: TenantId) {
      askAgain(client, ["workspace", workspace, "people"]);
      resting.set(
        workspace,
        setTimeout(() => {
          resting.delete(workspace);
          if (missed.delete(workspace)) draw(workspace);
        }, peopleEveryMs),
      );
    }
    const stop = backend.onPeopleChanged((workspace) => {
      if (resting.has(workspace)) missed.add(workspace);
      else draw(workspace);
    });
    return () => {
      stop();
      for (const timer of resting.values()) clearTimeout(timer);
    };
  }, [backend, client]);
}

/** Has these questions asked again. Who has no answer yet is left to wait for it by the library, though it may be older than this. */
function askAgain(client: QueryClient, queryKey: QueryKey): void {
  const first = client.getQueryCache().findAll({ queryKey, fetchStatus: "fetching" });
  const unanswered = first.filter((query) => query.state.data === undefined);
  void client.invalidateQueries({ queryKey });
  for (const query of unanswered) {
    const again = () => client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    // An answer that failed is asked for again as well.
    void query.fetch().then(again, again);
  }
}
