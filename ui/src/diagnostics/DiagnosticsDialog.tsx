// Diagnostics of one workspace: the last 24 hours in a picture, how calls and service stand, and the text to send along with
// a question. It only looks: nothing here spends a call.
import { useQuery } from "@tanstack/react-query";
import { toFailure } from "../backend/failure";
import type { Reason, Status, Workspace } from "../backend/types";
import { Modal } from "../shared/Modal";
import { useNow } from "../shared/useNow";
import { useBackend } from "../shell/backend-context";
import { leftPlace } from "../shell/useLeftPane";
import { texts } from "../texts/texts";
import { ActivityChart } from "./ActivityChart";
import { totalOf } from "./activityWords";
import { DiagnosticsText } from "./DiagnosticsText";
import { standing } from "./standing";

const words = texts.diagnostics;

interface DiagnosticsDialogProps {
  onClose: () => void;
  workspace: Workspace;
  status: Status | null;
  /** Why the last try of what is shown brought nothing new, if it did not. */
  reason: Reason | null;
}

export function DiagnosticsDialog({ onClose, workspace, status, reason }: DiagnosticsDialogProps) {
  return (
    <Modal
      onClose={onClose}
      title={words.title}
      about={<span dir="auto">{words.about(workspace.name)}</span>}
      width="w-[42rem]"
      finalFocus={leftPlace}
    >
      <div className="flex flex-col gap-4">
        <Day workspace={workspace} />
        {status && <Standing workspace={workspace} status={status} reason={reason} />}
        <DiagnosticsText workspace={workspace.id} />
      </div>
    </Modal>
  );
}

function Day({ workspace }: { workspace: Workspace }) {
  const backend = useBackend();
  const now = useNow();
  const activity = useQuery({
    queryKey: ["workspace", workspace.id, "activity"],
    queryFn: () => backend.activity(workspace.id),
    staleTime: 0,
    refetchInterval: 30_000,
  });
  if (activity.error)
    return (
      <p role="alert" className="text-stop">
        {toFailure(activity.error).message}
      </p>
    );
  // The room that the picture will take, so that nothing jumps.
  if (!activity.data) return <div aria-busy className="h-40" />;
  return activity.data.some((slot) => totalOf(slot) > 0) ? (
    <ActivityChart slots={activity.data} now={now} />
  ) : (
    <p className="flex h-24 items-center justify-center rounded-md border border-line text-ink-2">{words.noCalls}</p>
  );
}

function Standing({ workspace, status, reason }: { workspace: Workspace; status: Status; reason: Reason | null }) {
  const now = useNow(status.breaker.retry_at ?? status.limiter.next_frees_at);
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
      {standing(workspace, status, reason, now).map(({ name, words: told }) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="min-w-0 wrap-anywhere">{told}</dd>
        </div>
      ))}
    </dl>
  );
}
