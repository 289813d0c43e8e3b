// Ctrl+A belongs to a field, a text to copy, or the table, which take it for themselves. Anywhere else it would paint the whole window.
import { useEffect } from "react";

const ownText = "input, textarea, [contenteditable]";

export function useSelectAllKeys(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "a" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(ownText)) return;
      event.preventDefault();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}
