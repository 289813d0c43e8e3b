// The pane in the middle, with what has to be known before anything is done in it.
import type { ReactNode } from "react";
import type { Workspace } from "../backend/types";
import { UndecidedNotice } from "../enrich/UndecidedNotice";
import { PeopleNotice } from "../guide/PeopleNotice";
import { useAddressPart } from "./address";
import { lostCalls, openPage } from "./pages";

interface MainPaneProps {
  name: string;
  workspace: Workspace;
  children: ReactNode;
}

export function MainPane({ name, workspace, children }: MainPaneProps) {
  const page = useAddressPart("at");
  return (
    <main aria-label={name} className="flex min-w-0 flex-1 flex-col bg-bg">
      {!workspace.sample && <PeopleNotice onMore={() => openPage("guide")} />}
      {/* The ledger lists all of them; the other pages are about something else, and their news would lie over it. */}
      {page === null && <UndecidedNotice workspace={workspace.id} onMore={() => openPage("ledger", lostCalls)} />}
      {children}
    </main>
  );
}
