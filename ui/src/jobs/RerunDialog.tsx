// Decides a re-run: every page of the search asked for anew, or only those that are not in the cache; its price stands on the button.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toFailure } from "../backend/failure";
import type { RerunInput, Status, Workspace } from "../backend/types";
import { RoomNotice } from "../credits/RoomNotice";
import type { SearchView } from "../search/useSearchView";
import { Button } from "../shared/Button";
import { Caution } from "../shared/Caution";
import { Choice } from "../shared/Choice";
import { Modal } from "../shared/Modal";
import { useNow } from "../shared/useNow";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { keepEnterFromPaying } from "./keepEnterFromPaying";
import { agreedTo } from "./PricedButton";
import { estimateWords, shortOfCalls } from "./priceWords";
import { openTray } from "./tray";
import { useJobOrders } from "./useJobs";

const words = texts.jobs.rerun;

interface RerunDialogProps {
  onClose: () => void;
  workspace: Workspace;
  view: SearchView;
  status: Status | null;
}

export function RerunDialog({ onClose, workspace, view, status }: RerunDialogProps) {
  return (
    <Modal
      onClose={onClose}
      title={words.title}
      about={<span dir="auto">“{view.title}”</span>}
      finalFocus={() => document.querySelector<HTMLElement>('[data-testid="rerun-button"]')}
    >
      <RerunForm workspace={workspace} view={view} status={status} onClose={onClose} />
    </Modal>
  );
}

function RerunForm({ workspace, view, status, onClose }: RerunDialogProps) {
  const backend = useBackend();
  const now = useNow();
  const orders = useJobOrders(workspace.id);
  const [anew, setAnew] = useState(false);
  const input: RerunInput = {
    persona_id: view.persona?.id ?? null,
    filters: view.question.filters,
    past_cache: anew,
    agreed: { calls: 0, credits: 0 },
  };
  const estimate = useQuery({
    queryKey: ["workspace", workspace.id, "rerun estimate", JSON.stringify(input)],
    queryFn: () => backend.rerunEstimate(workspace.id, input),
    gcTime: 0,
  });
  const total = view.answer?.total_entries;
  const warning =
    estimate.data && status ? shortOfCalls(words.short, estimate.data.calls_at_most, status.limiter, now) : "";
  return (
    <form
      className="flex flex-col gap-4"
      onKeyDown={keepEnterFromPaying}
      onSubmit={(event) => {
        event.preventDefault();
        if (!estimate.data || estimate.data.held) return;
        const agreed = { ...input, agreed: agreedTo(estimate.data) };
        orders.start(() => backend.rerunStart(workspace.id, view.title, agreed));
        openTray("now");
        onClose();
      }}
    >
      <p className="text-ink-2">{total == null ? words.about : words.aboutSome(total)}</p>
      <fieldset>
        <legend className="mb-1 text-sm font-medium text-ink-2">{words.pages}</legend>
        <Choice name="pages" checked={!anew} onChoose={() => setAnew(false)}>
          {words.missing} <span className="text-ink-3">· {words.missingHint}</span>
        </Choice>
        <Choice name="pages" checked={anew} onChoose={() => setAnew(true)}>
          {words.anew} <span className="text-ink-3">· {words.anewHint}</span>
        </Choice>
      </fieldset>
      {estimate.data && estimate.data.credits_at_most > 0 && <RoomNotice room={estimate.data} />}
      {warning && <Caution>{warning}</Caution>}
      {estimate.error && (
        <p role="alert" className="text-sm text-stop">
          {toFailure(estimate.error).message}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button type="submit" kind="primary" off={!estimate.data || estimate.data.held}>
          {words.start}
          {estimate.data ? ` · ${estimateWords(estimate.data)}` : ""}
        </Button>
      </div>
    </form>
  );
}
