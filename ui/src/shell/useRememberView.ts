// Stores the address of the window for its workspace, a moment after it last changed: WebKit forgets it when the app ends.
import { useEffect, useRef } from "react";
import type { TenantId } from "../backend/types";
import { type Address, writeAddress } from "./address";
import { useBackend } from "./backend-context";

const pauseMs = 150;

export function useRememberView(workspace: TenantId, address: Address): void {
  const backend = useBackend();
  const text = writeAddress(address);
  const pending = useRef<(() => void) | null>(null);

  useEffect(() => {
    // What cannot be stored is only the place where the window was left: not worth a message.
    backend.lastWorkspaceSave(workspace).catch(() => undefined);
  }, [backend, workspace]);

  useEffect(() => {
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
