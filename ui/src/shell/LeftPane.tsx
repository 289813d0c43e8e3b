// The left pane: which workspace, which persona; in the sample workspace a quiet line on how to use one's own key.
import { PanelLeftClose } from "lucide-react";
import type { Workspace } from "../backend/types";
import { FindField } from "../people/FindField";
import { PersonaList } from "../personas/PersonaList";
import type { Personas } from "../personas/usePersonas";
import { IconButton } from "../shared/Button";
import { texts } from "../texts/texts";
import { WorkspaceMenu } from "../workspaces/WorkspaceMenu";
import type { DialogName } from "./Dialogs";
import { useLeftPane } from "./useLeftPane";

const words = texts.shell.leftPane;

interface LeftPaneProps {
  workspace: Workspace;
  workspaces: Workspace[];
  personas: Personas;
  onDialog: (name: DialogName) => void;
}

export function LeftPane({ workspace, workspaces, personas, onDialog }: LeftPaneProps) {
  const { fold, over } = useLeftPane();
  return (
    <section
      aria-label={words.title}
      // Over the people it is like a menu; beside them it stays. What opened from it hears its own Escape.
      onKeyDown={(event) => {
        const own = event.target instanceof Node && event.currentTarget.contains(event.target);
        if (over && own && event.key === "Escape" && !event.defaultPrevented) fold();
      }}
      className={`flex shrink-0 flex-col border-r border-line bg-pane ${over ? "absolute inset-y-0 left-0 z-10 w-64 shadow-pop" : "w-[clamp(12rem,round(17vw,1px),18rem)]"}`}
    >
      <div className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-2">
        <WorkspaceMenu workspace={workspace} workspaces={workspaces} onDialog={onDialog} />
        <IconButton label={words.fold} onClick={fold}>
          <PanelLeftClose size={15} aria-hidden />
        </IconButton>
      </div>
      <FindField />
      <PersonaList personas={personas} workspace={workspace.id} />
      {workspace.sample && (
        <div className="border-t border-line px-4 py-3 text-sm text-ink-2">
          <p>{words.sample}</p>
          <button
            type="button"
            className="mt-1 rounded-md text-accent underline underline-offset-2"
            onClick={() => onDialog("new-workspace")}
          >
            {words.ownKey}
          </button>
        </div>
      )}
    </section>
  );
}
