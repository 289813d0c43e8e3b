// Does something once and says so when it does not work: for buttons whose whole answer is that it happened. What is under way is not
// begun again, whichever button asks: two file dialogs over one window would be one too many.
import { toFailure } from "../backend/failure";
import { workspaceInSight } from "../shell/openTabs";
import { tell } from "./toasts";

const underWay = new Set<string>();

export function useAttempt() {
  return async function attempt<T>(title: string, work: () => Promise<T>): Promise<T | undefined> {
    if (underWay.has(title)) return undefined;
    underWay.add(title);
    const workspace = workspaceInSight();
    try {
      return await work();
    } catch (thrown) {
      tell({ title, detail: toFailure(thrown).message, about: title, workspace });
      return undefined;
    } finally {
      underWay.delete(title);
    }
  };
}
