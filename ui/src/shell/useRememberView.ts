// Stores the view of the window for its workspace, a moment after something of it last changed: WebKit forgets it when the app ends.
import { useEffect, useRef } from "react";
import type { TenantId } from "../backend/types";
import { keptTables, watchTables } from "../people/tableMemory";
import { useBackend } from "./backend-context";
import { tabsOf, watchTabs } from "./openTabs";
import { addressIn, keptOf, shownTab } from "./tabs";
import { type Layouts, viewText } from "./viewText";

const pauseMs = 150;

/** `layouts`: null until they are read; before that nothing is stored over them. */
export function useRememberView(workspace: TenantId, layouts: Layouts | null): void {
  const backend = useBackend();
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);
  const changed = useRef(() => {});
  const latest = useRef(layouts);
  latest.current = layouts;

  useEffect(() => {
    // What cannot be stored is only the place where the window was left: not worth a message.
    backend.lastWorkspaceSave(workspace).catch(() => undefined);
  }, [backend, workspace]);

  useEffect(() => {
    const save = () => {
      pending.current = null;
      const layouts = latest.current;
      const tabs = tabsOf(workspace);
      if (layouts === null || tabs === undefined) return;
      const kept = { layouts, left: keptTables(workspace), tabs: keptOf(tabs) };
      backend.viewSave(workspace, viewText(addressIn(shownTab(tabs)), kept)).catch(() => undefined);
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
    const stops = [watchTables(later), watchTabs(later)];
    window.addEventListener("pagehide", flush);
    return () => {
      for (const stop of stops) stop();
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [backend, workspace]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is stored is read when it is stored; this says that it changed
  useEffect(() => changed.current(), [layouts]);
}
