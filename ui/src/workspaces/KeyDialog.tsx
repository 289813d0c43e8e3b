// The Apollo key of a workspace and its limits: set or replace the key, check it, take it away; which search to use; calls an hour.
import { useRef, useState } from "react";
import type { Status, Workspace } from "../backend/types";
import { Modal } from "../shared/Modal";
import { leftPlace } from "../shell/useLeftPane";
import { texts } from "../texts/texts";
import { KeyForm, type TypedKey } from "./KeyForm";
import { LimitsForm } from "./LimitsForm";

const words = texts.workspaces;

interface KeyDialogProps {
  onClose: () => void;
  workspace: Workspace;
  status: Status | null;
  /** What it was opened for: there the focus goes. */
  about: "key" | "endpoint";
}

export function KeyDialog({ onClose, workspace, status, about }: KeyDialogProps) {
  return (
    <Modal
      onClose={onClose}
      title={workspace.sample ? words.callsPerHour : words.keyAndCalls}
      about={
        <span dir="auto">
          {workspace.sample ? words.dialog.aboutSample(workspace.name) : words.dialog.about(workspace.name)}
        </span>
      }
      initialFocus={about === "endpoint" ? "input:checked" : undefined}
      finalFocus={leftPlace}
    >
      <Forms workspace={workspace} status={status} onClose={onClose} />
    </Modal>
  );
}

/** Whichever button saves, a key that was typed is stored first and never thrown away. */
function Forms({ workspace, status, onClose }: Pick<KeyDialogProps, "workspace" | "status" | "onClose">) {
  const key = useRef<TypedKey>(null);
  const [typed, setTyped] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      {!workspace.sample && status && (
        <KeyForm ref={key} workspace={workspace} status={status} typed={typed} onTyped={setTyped} />
      )}
      <LimitsForm
        workspace={workspace}
        first={
          typed ? { button: words.limits.saveWithKey, save: async () => (await key.current?.store()) ?? true } : null
        }
        onClose={onClose}
      />
    </div>
  );
}
