// Goes on with an export that ended early; what that costs at most stands on it, and is what is agreed to.
import { useQuery } from "@tanstack/react-query";
import { Button } from "../shared/Button";
import { useBackend } from "../shell/backend-context";
import { estimateWords } from "./exportWords";
import { goingOn, whatIsLeft } from "./goingOn";
import { dismissJob, type Job } from "./jobs";
import { useStartExport } from "./useStartExport";

export function GoOnButton({ job }: { job: Job }) {
  const backend = useBackend();
  const start = useStartExport(job.workspace);
  const estimate = useQuery({
    queryKey: ["workspace", job.workspace, "estimate", "go on", job.id],
    queryFn: () => backend.exportEstimate(job.workspace, job.input),
    gcTime: 0,
  });
  const left = estimate.data ? whatIsLeft(estimate.data, job) : null;
  return (
    <Button
      className="h-6 text-sm"
      // Without its price it does nothing.
      off={left === null}
      onClick={() => {
        if (left === null) return;
        dismissJob(job.id);
        start(job.title, goingOn(job, left));
      }}
    >
      Go on{left ? ` · ${estimateWords(left)}` : ""}
    </Button>
  );
}
