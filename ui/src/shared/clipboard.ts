// Puts text and its richer form on the clipboard, by the way that every web view has: as what the page would copy at this moment.
export async function putOnClipboard({ text, html }: { text: string; html: string }): Promise<void> {
  let put = false;
  // WebKit asks first whether there is anything to copy.
  const offered = (event: Event) => event.preventDefault();
  const copied = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData("text/plain", text);
    event.clipboardData?.setData("text/html", html);
    put = true;
  };
  document.addEventListener("beforecopy", offered, { capture: true, once: true });
  document.addEventListener("copy", copied, { capture: true, once: true });
  document.execCommand("copy");
  document.removeEventListener("beforecopy", offered, { capture: true });
  document.removeEventListener("copy", copied, { capture: true });
  // Too long after the key was pressed; the other way may be open.
  if (!put) await navigator.clipboard.writeText(text);
}
