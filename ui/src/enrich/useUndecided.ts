// Paid requests that got no answer, and what may be said to each: look it up, accept it, ask again.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { TenantId, Undecided } from "../backend/types";
import { refusedWords } from "../jobs/jobWords";
import { openTray } from "../jobs/tray";
import { tell } from "../shared/toasts";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";

const words = texts.enrich.undecided.outcome;

const everyMs = 10_000;

export function useUndecided(workspace: TenantId) {
  const backend = useBackend();
  return useQuery({
    queryKey: ["workspace", workspace, "credits", "undecided"],
    queryFn: () => backend.undecidedList(workspace),
    refetchInterval: everyMs,
  });
}

/** What came of a word that was said. */
export interface Outcome {
  /** The request that it was said to. */
  of: Undecided["number"];
  /** False where nobody knows yet: the request waits for a word as before. */
  settles: boolean;
  title: string;
  detail: string;
}

/** `onOutcome`: shows what came of it where it was said. */
export function useUndecidedWords(workspace: TenantId, onOutcome: (outcome: Outcome) => void) {
  const backend = useBackend();
  const client = useQueryClient();
  const say = useMutation({
    mutationFn: (run: () => Promise<void>) => run(),
    onSettled: () => client.invalidateQueries({ queryKey: ["workspace", workspace] }),
    onError: (thrown) => tell(refusedWords(thrown)),
  });
  return {
    busy: say.isPending,
    lookUp: (one: Undecided) =>
      say.mutate(async () => {
        const { sentence, decided, again_from } = await backend.undecidedLookUp(workspace, one.number);
        const settles = decided.length > 0;
        const title = settles ? words.lookedUp : again_from === null ? words.notToBeFound : words.notKnownYet;
        onOutcome({ of: one.number, settles, title, detail: sentence });
      }),
    accept: (one: Undecided) =>
      say.mutate(async () => {
        await backend.undecidedAccept(workspace, one.number);
        onOutcome({
          of: one.number,
          settles: true,
          title: words.accepted,
          detail: words.acceptedDetail,
        });
      }),
    retry: (one: Undecided) =>
      say.mutate(async () => {
        await backend.undecidedRetry(workspace, one.number, {
          calls: null,
          credits: Math.ceil(one.again_at_most ?? 0),
        });
        openTray("now");
        onOutcome({
          of: one.number,
          settles: true,
          title: words.askedAgain,
          detail: words.askedAgainDetail,
        });
      }),
  };
}
