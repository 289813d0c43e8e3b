// The jobs in the status bar: how many and how they stand; opens and folds the tray, which the palette opens, too.
import { Play } from "lucide-react";
import type { TenantId } from "../backend/types";
import { useCommand } from "../shared/commands";
import { barWords } from "./jobWords";
import { focusTray, foldTray, openTray, useTray } from "./tray";
import { useJobs, useJobsOfNow } from "./useJobs";

export function JobsButton({ workspace }: { workspace: TenantId }) {
  const jobs = useJobs(workspace).data ?? [];
  const tray = useTray();
  const now = useJobsOfNow(workspace);
  const open = !tray.folded && (now.length > 0 || tray.shows === "history");
  const unfold = () => openTray(now.length > 0 ? "now" : "history");
  // Whoever asks for the jobs by name wants to be there, also when they are in sight already.
  useCommand("jobs", () => {
    if (!open) unfold();
    focusTray();
  });
  return (
    <button
      type="button"
      data-testid="status-jobs"
      aria-expanded={open}
      className="flex h-6 min-w-0 shrink items-center gap-1.5 truncate rounded-md px-1.5 text-sm text-ink-2 hover:bg-hover hover:text-ink"
      onClick={open ? foldTray : unfold}
    >
      <Play size={12} aria-hidden className="shrink-0" />
      <span className="truncate">{barWords(jobs)}</span>
    </button>
  );
}
