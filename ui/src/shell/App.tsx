// The frame: left pane, the main pane, the right pane, the status bar. Holds which workspace is open; everything of a workspace is
// drawn anew when it changes, so that nothing of one shows in another.
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Workspace } from "../backend/types";
import { useAppearance } from "../settings/appearance";
import { useWindowKeys } from "../shared/commands";
import { useSelectAllKeys } from "../shared/selectAll";
import { tell } from "../shared/toasts";
import { useTooltipRule } from "../shared/tooltips";
import { texts } from "../texts/texts";
import { useOpenWorkspace, useWorkspaces } from "../workspaces/useWorkspaces";
import { useBackend } from "./backend-context";
import { Desk } from "./Desk";
import { Notices } from "./Notices";
import { NotStarted } from "./NotStarted";
import { forgetTabs, useWorkspaceInSight } from "./openTabs";
import { useBackendEvents } from "./useStatus";
import { vocabularyQuery } from "./vocabulary";

const words = texts.shell;

export function App() {
  const backend = useBackend();
  const inSight = useWorkspaceInSight();
  const workspaces = useWorkspaces();
  const vocabulary = useQuery(vocabularyQuery(backend));
  useBackendEvents();
  useAppearance();
  useSelectAllKeys();
  useWindowKeys();
  useTooltipRule();
  const workspace = workspaces.data?.find((one) => one.id === inSight);
  useLeaveRemoved(inSight, workspace === undefined ? workspaces.data?.[0] : undefined);
  if (!workspaces.data || !vocabulary.data) {
    // What was read once stays in sight when reading it again fails: nothing open or typed is thrown away.
    const failed = workspaces.error ?? vocabulary.error;
    return failed ? <NotStarted sentence={failed.message} /> : <main aria-busy className="h-full bg-bg" />;
  }
  if (!workspace) return <main aria-busy className="h-full bg-bg" />;
  return (
    <div className="flex h-full flex-col">
      <SkipLink />
      <Notices />
      <Desk key={workspace.id} workspace={workspace} workspaces={workspaces.data} vocabulary={vocabulary.data} />
    </div>
  );
}

/** Goes from a workspace that is no more (another Foray removed it) to `next`, once there is such a one; what was looked at there stays
 * behind. */
function useLeaveRemoved(removed: string, next: Workspace | undefined): void {
  const openWorkspace = useOpenWorkspace();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only that it is gone is a reason to go
  useEffect(() => {
    if (next === undefined) return;
    void openWorkspace(next).then(() => {
      forgetTabs(removed);
      tell({ title: words.workspaceGone, detail: words.workspaceGoneDetail });
    });
  }, [removed, next?.id]);
}

function SkipLink() {
  return (
    <a
      href="#people"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById("people")?.focus();
      }}
      className="sr-only focus:not-sr-only focus:absolute focus:top-1 focus:left-1 focus:z-20 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1 focus:text-accent"
    >
      {words.skipToPeople}
    </a>
  );
}
