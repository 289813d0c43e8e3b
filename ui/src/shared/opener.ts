// What had the focus when something opened over it or in its place, to give it back: also when it was drawn anew meanwhile.

export function focusedNow(): HTMLElement | null {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
}

/** It, or what stands in its place now; nothing when it is gone, as an item of a menu is. */
export function stillThere(opener: HTMLElement | null): HTMLElement | null {
  if (opener === null || opener.isConnected) return opener;
  return opener.id === "" ? null : document.getElementById(opener.id);
}
