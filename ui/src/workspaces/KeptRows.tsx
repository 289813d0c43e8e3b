// What a workspace keeps of Apollo's answers, and the button that forgets it all. Forgetting is confirmed in place, with its price.
import { useState } from "react";
import type { Status, TenantId } from "../backend/types";
import { keepsRows } from "../jobs/jobStates";
import { keptExportWords } from "../jobs/jobWords";
import { useJobs } from "../jobs/useJobs";
import { Button } from "../shared/Button";
import { Row } from "../shared/Page";
import { bytes, plural, priceWords } from "../shared/words";
import { useForget } from "./useForget";

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
  const kept = entries === 0 ? "None at the moment." : `${plural(entries, "answer")}, ${bytes(size)}.`;
  function end() {
    setAsked(false);
    focusAsking();
  }
  return (
    <Row
      name="Kept answers"
      about={
        asked ? (
          <span role="status" className="text-ink">
            The same searches then have to be asked again: {priceWords(status.price)} a page. Personas, everybody who
            was ever found, exported files and the record of calls stay.
            {unfinished > 0 && ` ${keptExportWords(unfinished)}`}
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
            Forget them now
          </Button>
          <Button kind="quiet" onClick={end}>
            Keep them
          </Button>
        </>
      ) : (
        <Button id={asking} off={entries === 0 || forget.isPending} onClick={() => setAsked(true)}>
          {forget.isPending ? "Forgetting…" : "Forget all kept answers…"}
        </Button>
      )}
    </Row>
  );
}
