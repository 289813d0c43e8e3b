// The frame: left pane, the main pane, the right pane, the status bar. Holds which workspace is open; everything of a workspace is
// drawn anew when it changes, so that nothing of one shows in another.
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useAppearance } from "../settings/appearance";
import { useWindowKeys } from "../shared/commands";
import { useSelectAllKeys } from "../shared/selectAll";
import { useOpenWorkspace, useWorkspaces } from "../workspaces/useWorkspaces";
import { useAddress } from "./address";
import { useBackend } from "./backend-context";
import { Desk } from "./Desk";
import { Notices } from "./Notices";
import { NotStarted } from "./NotStarted";
import { useBackendEvents } from "./useStatus";

export function App() {
  const backend = useBackend();
  const [address] = useAddress();
  const workspaces = useWorkspaces();
  const vocabulary = useQuery({
    queryKey: ["vocabulary"],
    queryFn: () => backend.vocabulary(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const openWorkspace = useOpenWorkspace();
  const workspace = workspaces.data?.find((one) => one.id === address.w);
  // Removed by the command line, say, while it was in sight: nothing of it stays there.
  const instead = workspace === undefined ? workspaces.data?.[0] : undefined;
  useEffect(() => {
    if (instead) void openWorkspace(instead);
  }, [instead, openWorkspace]);
  useBackendEvents();
  useAppearance();
  useSelectAllKeys();
  useWindowKeys();
  if (!workspace || !workspaces.data || !vocabulary.data) {
    // What was read once stays in sight when reading it again fails: nothing open or typed is thrown away.
    const failed = workspaces.error ?? vocabulary.error;
    return failed ? <NotStarted sentence={failed.message} /> : <main aria-busy className="h-full bg-bg" />;
  }
  return (
    <div className="flex h-full flex-col">
      <SkipLink />
      <Notices />
      <Desk key={workspace.id} workspace={workspace} workspaces={workspaces.data} vocabulary={vocabulary.data} />
    </div>
  );
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
      Skip to the people
    </a>
  );
}
