// How menus look: their box and their items; and whether one is open.
export const menuPopup =
  "max-h-[70vh] min-w-52 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-pop outline-none";

export function isMenuOpen(): boolean {
  return document.querySelector('[role="menu"], [role="listbox"]') !== null;
}

export const menuItem =
  "flex h-7 items-center gap-2 rounded-md px-2 outline-none data-disabled:text-ink-3 data-highlighted:bg-hover data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-transparent";
