// Decides an export: this page or all that match, for which program, into which file; says before what it costs in calls and credits.
import type { Status, Workspace } from "../backend/types";
import type { SearchView } from "../search/useSearchView";
import { Modal } from "../shared/Modal";
import { texts } from "../texts/texts";
import { ExportForm } from "./ExportForm";

const words = texts.exports;

interface ExportDialogProps {
  onClose: () => void;
  workspace: Workspace;
  view: SearchView;
  status: Status | null;
}

export function ExportDialog({ onClose, workspace, view, status }: ExportDialogProps) {
  return (
    <Modal
      onClose={onClose}
      title={words.title}
      about={<span dir="auto">{words.about(view.title)}</span>}
      finalFocus={() => document.querySelector<HTMLElement>('[data-testid="export-button"]')}
    >
      <ExportForm workspace={workspace} view={view} status={status} onClose={onClose} />
    </Modal>
  );
}
