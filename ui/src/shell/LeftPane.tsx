// The left pane: which workspace, which persona; in the sample workspace a quiet line on how to use one's own key.
import { PanelLeftClose } from "lucide-react";
import type { Workspace } from "../backend/types";
import { PersonaList } from "../personas/PersonaList";
import type { Personas } from "../personas/usePersonas";
import { IconButton } from "../shared/Button";
import { WorkspaceMenu } from "../workspaces/WorkspaceMenu";
import { useAddress } from "./address";
import type { DialogName } from "./Desk";

interface LeftPaneProps {
  workspace: Workspace;
  workspaces: Workspace[];
  personas: Personas;
  onDialog: (name: DialogName) => void;
}

export function LeftPane({ workspace, workspaces, personas, onDialog }: LeftPaneProps) {
  const [, setAddress] = useAddress();
  return (
    <section
      aria-label="Workspace"
      className="flex w-[clamp(12rem,17vw,18rem)] shrink-0 flex-col border-r border-line bg-pane"
    >
      <div className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-2">
        <WorkspaceMenu workspace={workspace} workspaces={workspaces} onDialog={onDialog} />
        <IconButton
          label="Fold the left pane away"
          onClick={() => {
            void setAddress({ side: "folded" }, { history: "replace" });
            requestAnimationFrame(() => document.getElementById("unfold")?.focus());
          }}
        >
          <PanelLeftClose size={15} aria-hidden />
        </IconButton>
      </div>
      <PersonaList personas={personas} />
      {workspace.sample && (
        <div className="border-t border-line px-4 py-3 text-sm text-ink-2">
          <p>Made-up people: nothing here costs anything.</p>
          <button
            type="button"
            className="mt-1 rounded-md text-accent underline underline-offset-2"
            onClick={() => onDialog("new-workspace")}
          >
            Use my own Apollo key…
          </button>
        </div>
      )}
    </section>
  );
}
