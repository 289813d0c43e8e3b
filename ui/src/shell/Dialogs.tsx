// The dialogs of a desk: the one that is open. They and what they are made of are read in when the window has started.
import type { EnrichWhat, EnrichWhom, Workspace } from "../backend/types";
import { DiagnosticsDialog } from "../diagnostics/DiagnosticsDialog";
import { EnrichDialog } from "../enrich/EnrichDialog";
import { ExportDialog } from "../exports/ExportDialog";
import { RerunDialog } from "../jobs/RerunDialog";
import { useJobsOfNow } from "../jobs/useJobs";
import type { Personas } from "../personas/usePersonas";
import type { SearchView } from "../search/useSearchView";
import { KeyDialog } from "../workspaces/KeyDialog";
import { NewWorkspaceDialog } from "../workspaces/NewWorkspaceDialog";
import { RemoveDialog } from "../workspaces/RemoveDialog";
import { KeySheet } from "./KeySheet";
import { Palette } from "./Palette";
import { useStatus } from "./useStatus";

/** Those that need nothing but their name. */
export type DialogName =
  | "palette"
  | "keys"
  | "new-workspace"
  | "key"
  | "endpoint"
  | "export"
  | "rerun"
  | "diagnostics"
  | "remove-workspace";

export type OpenDialog = { name: DialogName } | { name: "enrich"; what: EnrichWhat; title: string; whom: EnrichWhom };

interface DialogsProps {
  open: OpenDialog;
  onClose: () => void;
  /** A workspace was made, and is about to be opened. */
  onMade: () => void;
  workspace: Workspace;
  workspaces: Workspace[];
  personas: Personas;
  view: SearchView;
}

export function Dialogs({ open, onClose, onMade, workspace, workspaces, personas, view }: DialogsProps) {
  const status = useStatus(workspace.id).data ?? null;
  const jobs = useJobsOfNow(workspace.id);
  switch (open.name) {
    case "palette":
      return (
        <Palette jobs={jobs} personas={personas} workspaces={workspaces} workspace={workspace} onClose={onClose} />
      );
    case "keys":
      return <KeySheet onClose={onClose} />;
    case "new-workspace":
      return <NewWorkspaceDialog onClose={onClose} onMade={onMade} />;
    case "key":
    case "endpoint":
      // What the key's state is belongs in it from its first moment: the cursor goes to the field for the key.
      return status && <KeyDialog about={open.name} onClose={onClose} workspace={workspace} status={status} />;
    case "export":
      return <ExportDialog onClose={onClose} workspace={workspace} view={view} status={status} />;
    case "rerun":
      return <RerunDialog onClose={onClose} workspace={workspace} view={view} status={status} />;
    case "diagnostics":
      return <DiagnosticsDialog onClose={onClose} workspace={workspace} status={status} reason={view.reason} />;
    case "remove-workspace":
      return <RemoveDialog onClose={onClose} workspace={workspace} workspaces={workspaces} />;
    case "enrich":
      return (
        <EnrichDialog
          onClose={onClose}
          workspace={workspace}
          status={status}
          what={open.what}
          title={open.title}
          whom={open.whom}
        />
      );
  }
}
