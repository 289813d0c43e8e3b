// Stores the address of the window and the columns of its tables for its workspace, a moment after they last changed: WebKit forgets
// them when the app ends.
import { useEffect, useRef } from "react";
import type { TenantId } from "../backend/types";
import type { Address } from "./address";
import { useBackend } from "./backend-context";
import { type Layouts, viewText } from "./viewText";

const pauseMs = 150;

/** `layouts`: null until they are read; before that nothing is stored over them. */
export function useRememberView(workspace: TenantId, address: Address, layouts: Layouts | null): void {
  const backend = useBackend();
  const text = layouts === null ? null : viewText(address, layouts);
  const pending = useRef<(() => void) | null>(null);

  useEffect(() => {
    // What cannot be stored is only the place where the window was left: not worth a message.
    backend.lastWorkspaceSave(workspace).catch(() => undefined);
  }, [backend, workspace]);

  useEffect(() => {
    if (text === null) return;
    const save = () => {
      pending.current = null;
      backend.viewSave(workspace, text).catch(() => undefined);
    };
    pending.current = save;
    const timer = setTimeout(save, pauseMs);
    return () => clearTimeout(timer);
  }, [backend, workspace, text]);

  useEffect(() => {
    const flush = () => pending.current?.();
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, []);
}
