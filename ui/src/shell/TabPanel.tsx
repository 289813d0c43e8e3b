// What the tab in sight shows: drawn anew for each tab, so that nothing of one stays in another. Whoever came by a key finds the focus
// in the table, where it was.
import { type ReactNode, useEffect, useRef } from "react";
import { useTabs } from "./openTabs";
import { focusPanel, panelId } from "./tabPlaces";

export function TabPanel({ children }: { children: ReactNode }) {
  const { tab } = useTabs();
  const before = useRef(tab.id);
  useEffect(() => {
    if (before.current === tab.id) return;
    before.current = tab.id;
    focusPanel();
  }, [tab.id]);
  // No tab panel to whoever does not see it: what stands in it are landmarks with names of their own, the people first.
  return (
    <div key={tab.id} id={panelId} className="relative flex min-h-0 flex-1">
      {children}
    </div>
  );
}
