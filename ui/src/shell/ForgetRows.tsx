// Takes kept answers out of the cache: those of the filters in sight, or all of this workspace. What it will cost to have them again is
// said before, in place; nothing at Apollo and no export is touched.
import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import type { FiltersInput, Price, TenantId } from "../backend/types";
import { keepsRows } from "../jobs/jobStates";
import { useJobs } from "../jobs/useJobs";
import { Button } from "../shared/Button";
import { priceWords } from "../shared/words";
import { texts } from "../texts/texts";
import { useForget } from "../workspaces/useForget";

const words = texts.shell.cache;

interface ForgetRowsProps {
  workspace: TenantId;
  price: Price;
  /** The filters in sight; nothing while there are none. */
  filters: FiltersInput | null;
}

export function ForgetRows({ workspace, price, filters }: ForgetRowsProps) {
  const [asked, setAsked] = useState<"these" | "all" | null>(null);
  const forget = useForget(workspace);
  const kept = (useJobs(workspace).data ?? []).filter(keepsRows).length;
  if (asked === null)
    return (
      <div className="flex flex-wrap gap-2">
        {filters && <Button onClick={() => setAsked("these")}>{words.forgetThese}</Button>}
        <Button autoFocus onClick={() => setAsked("all")}>
          {words.forgetAll}
        </Button>
      </div>
    );
  return (
    <>
      <p role="status" className="text-ink">
        {(asked === "these" ? words.theseCost : words.allCost)(priceWords(price))}
        {asked === "all" && kept > 0 && ` ${texts.jobs.unfinishedExports(kept)}`}
      </p>
      <div className="flex flex-wrap gap-2">
        <Popover.Close
          render={
            <Button kind="danger" autoFocus onClick={() => forget.mutate(asked === "these" ? filters : null)}>
              {words.forget}
            </Button>
          }
        />
        <Button kind="quiet" onClick={() => setAsked(null)}>
          {words.keep}
        </Button>
      </div>
    </>
  );
}
