// Picks the backend: Tauri when the page runs inside the app, else the fake of a development or test build, else none.
// The fake is imported only where the build says so, so that the app's own bundle holds none of it.
import type { Backend } from "./backend";

export async function chooseBackend(): Promise<Backend | null> {
  if ("__TAURI_INTERNALS__" in window) {
    const { tauriBackend } = await import("./tauri");
    return tauriBackend();
  }
  if (import.meta.env.DEV || import.meta.env.MODE === "fake") {
    const [{ fakeBackend }, { overheard }] = await Promise.all([import("./fake/fake"), import("./fake/overheard")]);
    return "__marked" in window ? overheard(fakeBackend()) : fakeBackend();
  }
  return null;
}
