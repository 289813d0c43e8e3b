// What this key and its plan allow, asked of Apollo without spending a credit: each endpoint, its limits, and what to do about each no.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toFailure } from "../backend/failure";
import type { AccountCheck, EndpointCheck, Workspace } from "../backend/types";
import { Button } from "../shared/Button";
import { Page, Part } from "../shared/Page";
import { clockSince } from "../shared/time";
import { useNow } from "../shared/useNow";
import { useBackend } from "../shell/backend-context";
import type { DialogName } from "../shell/Dialogs";
import { texts } from "../texts/texts";
import { allowedWords, limitWords } from "./creditsWords";

const words = texts.credits.account;

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
    <Page title={words.title} workspaceName={workspace.name} onClose={onClose}>
      <Part title={words.check} about={words.checkAbout}>
        <div className="flex gap-1.5">
          <Button kind="primary" off={check.isPending} onClick={() => check.mutate()}>
            {check.isPending ? words.asking : words.start}
          </Button>
          {!workspace.sample && <Button onClick={() => onDialog("key")}>{words.key}</Button>}
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
        title={check.valid ? words.valid : words.invalid}
        about={words.checked(clockSince(check.checked_at, now), check.calls_spent)}
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
        <Part title={words.endpoints}>
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
