// Told when the record of the hour's calls was lost: nothing is called until a known time, unless the researcher knows better.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { PauseCircle } from "lucide-react";
import { toFailure } from "../backend/failure";
import { Button } from "../shared/Button";
import { isAhead } from "../shared/time";
import { tell } from "../shared/toasts";
import { useNow } from "../shared/useNow";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { reasonSentence } from "./reasonWords";

const words = texts.search.lostLedger;

export function LostLedger({ until }: { until: string | null | undefined }) {
  const now = useNow(until);
  if (!isAhead(until, now)) return null;
  return (
    <div
      data-testid="lost-ledger"
      className="flex items-center gap-2 border-t border-line bg-caution-soft px-3 py-1.5 text-sm"
    >
      <PauseCircle size={13} aria-hidden className="shrink-0 text-caution" />
      <p className="min-w-0 flex-1">{reasonSentence({ code: "ledger_lost", message: "", reset_at: until }, now)}</p>
      <ForgiveButton />
    </div>
  );
}

export function ForgiveButton() {
  const backend = useBackend();
  const client = useQueryClient();
  const forgive = useMutation({
    mutationFn: () => backend.forgiveLostLedger(),
    onSuccess: async () => {
      // The record is of all workspaces; and what was refused for its sake is a question not asked yet.
      await client.invalidateQueries({ queryKey: ["workspace"] });
      document.getElementById("search")?.focus();
      tell({ title: words.forgiven });
    },
    onError: (thrown) => tell({ title: words.notForgiven, detail: toFailure(thrown).message }),
  });
  return (
    <Button off={forgive.isPending} onClick={() => forgive.mutate()}>
      {words.forgive}
    </Button>
  );
}
