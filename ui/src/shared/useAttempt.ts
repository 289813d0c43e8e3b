// Does something once and says so when it does not work: for buttons whose whole answer is that it happened.
import { toFailure } from "../backend/failure";
import { tell } from "./toasts";

export function useAttempt() {
  return async function attempt<T>(title: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (thrown) {
      tell({ title, detail: toFailure(thrown).message, about: title });
      return undefined;
    }
  };
}
