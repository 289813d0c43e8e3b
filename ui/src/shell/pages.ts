// The pages that stand in the place of the people: which one is open, going to one and leaving it, and their keys.
import { useEffect } from "react";
import { useAddress } from "./address";
import { focusLeft } from "./useLeftPane";

export type PageName = "settings" | "guide";

export const pageNames: Record<PageName, string> = { settings: "Settings", guide: "Calls, credits and your data" };

export function usePages() {
  const [{ at }, setAddress] = useAddress();
  return {
    page: at,
    open: (page: PageName) => void setAddress({ at: page, side: null }),
    close: () => {
      void setAddress({ at: null });
      focusLeft();
    },
  };
}

export function usePageKeys(open: (page: PageName) => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const settings = event.key === "," && (event.ctrlKey || event.metaKey);
      const guide = event.key === "F1";
      // Behind a dialog nothing changes.
      if (!(settings || guide) || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      open(settings ? "settings" : "guide");
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  });
}
