// What the table shows for a question, and the two ways to ask: `search` (the cache first, else calls) and `refresh` (past it).
// Looking (a new address, back, forward, a restart) only peeks into the cache and never spends.
import { useIsMutating, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { note } from "../activity/deeds";
import type { Backend } from "../backend/backend";
import { toFailure } from "../backend/failure";
import type { Answer, Failure, TenantId } from "../backend/types";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { type Question, questionKey, searchInput } from "./question";
import { searchedWords } from "./sourceWords";

/** `answer` null: not searched yet. `failure`: what the last try said when it brought no answer. */
export interface Outcome {
  answer: Answer | null;
  failure: Failure | null;
}

interface Ask {
  question: Question;
  /** Whose question it is. */
  title: string;
  how: "search" | "refresh";
}

function outcomeKey(workspace: TenantId, question: Question) {
  return ["workspace", workspace, "outcome", questionKey(question)] as const;
}

/** For how long what was looked up for a question counts without another look, in ms: one drawing and what was asked ahead of it. */
const counts = 200;

/** How the cache is looked into for a question: each time it comes into sight, but not twice for one drawing. */
export function outcomeQuery(backend: Backend, workspace: TenantId, question: Question) {
  return {
    queryKey: outcomeKey(workspace, question),
    staleTime: counts,
    queryFn: async (): Promise<Outcome> => {
      const answer = await backend.searchPeek(workspace, searchInput(question));
      return { answer, failure: null };
    },
  };
}

export function useOutcome(workspace: TenantId, question: Question, enabled = true) {
  const backend = useBackend();
  return useQuery({ ...outcomeQuery(backend, workspace, question), enabled });
}

export function useAsk(workspace: TenantId) {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation({
    mutationKey: ["workspace", workspace, "ask"],
    mutationFn: ({ question, how }: Ask) =>
      how === "search"
        ? backend.search(workspace, searchInput(question))
        : backend.searchRefresh(workspace, searchInput(question)),
    onSuccess: async (answer, { question, title }) => {
      note(workspace, searchedWords(title, answer));
      const key = outcomeKey(workspace, question);
      // A peek that is still under way must not overwrite what was just bought.
      await client.cancelQueries({ queryKey: key });
      // Looked for in the cache when the question comes into sight again, however soon: "live" is said of a call, not of a look.
      client.setQueryData<Outcome>(key, { answer, failure: null }, { updatedAt: Date.now() - counts });
    },
    onError: async (thrown, { question, title }) => {
      note(workspace, { title: texts.search.source.notDone, detail: `${title} · ${toFailure(thrown).message}` });
      const key = outcomeKey(workspace, question);
      await client.cancelQueries({ queryKey: key });
      client.setQueryData<Outcome>(key, (before) => ({ answer: before?.answer ?? null, failure: toFailure(thrown) }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["workspace", workspace, "status"] }),
  });
}

/** True while this very question is being asked. */
export function useIsAsking(workspace: TenantId, question: Question): boolean {
  const key = questionKey(question);
  return (
    useIsMutating({
      mutationKey: ["workspace", workspace, "ask"],
      predicate: ({ state }) => {
        const asked = state.variables as Ask | undefined;
        return asked !== undefined && questionKey(asked.question) === key;
      },
    }) > 0
  );
}
