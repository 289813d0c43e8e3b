// Hands the one backend down to whoever asks or tells the app something.
import { createContext, useContext } from "react";
import type { Backend } from "../backend/backend";

const BackendContext = createContext<Backend | null>(null);
export const BackendProvider = BackendContext.Provider;

export function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (backend === null) throw new Error("BackendProvider is missing above this part");
  return backend;
}
