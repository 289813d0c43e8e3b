// What is clicked with Ctrl (⌘ on a Mac) or the middle button opens in a tab of its own, behind the one in sight; as everywhere.
import type { MouseEvent } from "react";

export function tabClicks(here: () => void, behind: () => void) {
  return {
    onClick: (event: MouseEvent) => (event.ctrlKey || event.metaKey ? behind() : here()),
    onAuxClick: (event: MouseEvent) => {
      if (event.button === 1) behind();
    },
  };
}
