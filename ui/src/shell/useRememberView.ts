// Stores the view of the window for its workspace, a moment after something of it last changed: WebKit forgets it when the app ends.
import { useEffect, useRef } from "react";
import type { TenantId } from "../backend/types";
import { keptTables, watchTables } from "../people/tableMemory";
import type { Address } from "./address";
import { useBackend } from "./backend-context";
import { stepsSoFar } from "./historySteps";
import { type Layouts, viewText } from "./viewText";

const pauseMs = 150;

/** `layouts`: null until they are read; before that nothing is stored over them. */
export function useRememberView(workspace: TenantId, address: Address, layouts: Layouts | null): void {
  const backend = useBackend();
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);
  const changed = useRef(() => {});
  const latest = useRef({ address, layouts });
  latest.current = { address, layouts };

  useEffect(() => {
    // What cannot be stored is only the place where the window was left: not worth a message.
    backend.lastWorkspaceSave(workspace).catch(() => undefined);
  }, [backend, workspace]);

  useEffect(() => {
    const save = () => {
      pending.current = null;
      const { address, layouts } = latest.current;
      if (layouts === null) return;
      const kept = { layouts, left: keptTables(workspace), steps: stepsSoFar() };
      backend.viewSave(workspace, viewText(address, kept)).catch(() => undefined);
    };
    const later = () => {
      if (pending.current !== null) clearTimeout(pending.current);
      pending.current = setTimeout(save, pauseMs);
    };
    const flush = () => {
      if (pending.current === null) return;
      clearTimeout(pending.current);
      save();
    };
    changed.current = later;
    later();
    const stop = watchTables(later);
    window.addEventListener("pagehide", flush);
    return () => {
      stop();
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [backend, workspace]);

  const text = JSON.stringify([address, layouts]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is stored is read when it is stored; this says that it changed
  useEffect(() => changed.current(), [text]);
}
