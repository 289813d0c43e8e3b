// What this key and its plan allow, asked of Apollo without spending a credit: each endpoint, its limits, and what to do about each no.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toFailure } from "../backend/failure";
import type { AccountCheck, EndpointCheck, Workspace } from "../backend/types";
import { Button } from "../shared/Button";
import { Page, Part } from "../shared/Page";
import { clockSince } from "../shared/time";
import { useNow } from "../shared/useNow";
import { plural } from "../shared/words";
import { useBackend } from "../shell/backend-context";
import type { DialogName } from "../shell/Dialogs";
import { accountTitle, allowedWords, limitWords } from "./creditsWords";

interface AccountPageProps {
  workspace: Workspace;
  onDialog: (name: DialogName) => void;
  onClose: () => void;
}

export function AccountPage({ workspace, onDialog, onClose }: AccountPageProps) {
  const backend = useBackend();
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: () => backend.accountCheck(workspace.id),
    onSettled: () => client.invalidateQueries({ queryKey: ["workspace", workspace.id] }),
  });
  return (
    <Page title="Account" workspaceName={workspace.name} onClose={onClose}>
      <Part
        title="Check this account"
        about="Asks Apollo what the key may do, its limits and the credits left. What would cost credits is not tried."
      >
        <div className="flex gap-1.5">
          <Button kind="primary" off={check.isPending} onClick={() => check.mutate()}>
            {check.isPending ? "Asking Apollo…" : "Check · ≤ 4 calls · no credits"}
          </Button>
          {!workspace.sample && <Button onClick={() => onDialog("key")}>Apollo key and calls…</Button>}
        </div>
        {check.error && (
          <p role="alert" className="text-stop">
            {toFailure(check.error).message}
          </p>
        )}
      </Part>
      {check.data && <Found check={check.data} />}
    </Page>
  );
}

function Found({ check }: { check: AccountCheck }) {
  const now = useNow();
  return (
    <>
      <Part
        title={accountTitle(check)}
        about={`Checked ${clockSince(check.checked_at, now)} with ${plural(check.calls_spent, "call")}.`}
      >
        <div role="status" className="flex flex-col gap-1">
          {check.sentences.map((sentence) => (
            <p key={sentence} className="wrap-anywhere" dir="auto">
              {sentence}
            </p>
          ))}
        </div>
      </Part>
      {check.endpoints.length > 0 && (
        <Part title="What Foray uses of Apollo">
          <ul className="flex flex-col gap-3">
            {check.endpoints.map((endpoint) => (
              <Endpoint key={endpoint.endpoint} endpoint={endpoint} />
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

const tones = { yes: "text-good", no: "text-stop", not_tried: "text-ink-3" };

function Endpoint({ endpoint }: { endpoint: EndpointCheck }) {
  const { what, allowed, said, advice } = endpoint;
  const limits = limitWords(endpoint);
  return (
    <li className="flex items-baseline gap-4">
      <div className="min-w-48 flex-1">
        <p>{what}</p>
        <p className="text-sm wrap-anywhere text-ink-3">
          {endpoint.endpoint}
          {limits && ` · ${limits}`}
        </p>
        {advice && <p className="text-sm wrap-anywhere text-ink-2">{advice}</p>}
        {said && !advice && <p className="text-sm wrap-anywhere text-ink-2">{said}</p>}
      </div>
      <span className={`shrink-0 ${tones[allowed]}`}>{allowedWords(endpoint)}</span>
    </li>
  );
}
