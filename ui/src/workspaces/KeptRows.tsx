// What a workspace keeps of Apollo's answers, and the button that forgets it all. Forgetting is confirmed in place, with its price.
import { useState } from "react";
import type { Status, TenantId } from "../backend/types";
import { keepsRows } from "../jobs/jobStates";
import { useJobs } from "../jobs/useJobs";
import { Button } from "../shared/Button";
import { Row } from "../shared/Page";
import { bytes, priceWords } from "../shared/words";
import { texts } from "../texts/texts";
import { useForget } from "./useForget";

const words = texts.workspaces.kept;

const asking = "forget-rows";

/** After the buttons that asked are gone. */
function focusAsking(): void {
  requestAnimationFrame(() => document.getElementById(asking)?.focus());
}

export function KeptRows({ workspace, status }: { workspace: TenantId; status: Status }) {
  const forget = useForget(workspace);
  const [asked, setAsked] = useState(false);
  const unfinished = (useJobs(workspace).data ?? []).filter(keepsRows).length;
  const { entries, bytes: size } = status.cache;
  const kept = entries === 0 ? words.none : words.some(entries, bytes(size));
  function end() {
    setAsked(false);
    focusAsking();
  }
  return (
    <Row
      name={words.label}
      about={
        asked ? (
          <span role="status" className="text-ink">
            {words.whatItMeans(priceWords(status.price))}
            {unfinished > 0 && ` ${texts.jobs.unfinishedExports(unfinished)}`}
          </span>
        ) : (
          kept
        )
      }
    >
      {asked ? (
        <>
          <Button
            kind="danger"
            autoFocus
            onClick={() => {
              forget.mutate(null);
              end();
            }}
          >
            {words.forgetNow}
          </Button>
          <Button kind="quiet" onClick={end}>
            {words.keep}
          </Button>
        </>
      ) : (
        <Button id={asking} off={entries === 0 || forget.isPending} onClick={() => setAsked(true)}>
          {forget.isPending ? words.forgetting : words.forget}
        </Button>
      )}
    </Row>
  );
}
