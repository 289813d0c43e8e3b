// Where the window opens: at the tabs it was left at, for the workspace that was open last; on the very first start in the sample
// workspace, at its first starter persona, so that rows are one key away.
import type { Backend } from "../backend/backend";
import type { StarterPersona, TenantId, Workspace } from "../backend/types";
import { addressOf, readAddress, writeAddress } from "./address";
import { oneTab, rewritten, type Tabs, tabsFrom } from "./tabs";
import { keptIn } from "./viewText";

type Opened = Pick<Workspace, "id" | "sample">;

function firstAddress({ id, sample }: Opened, starters: StarterPersona[]): string {
  const starter = sample ? starters[0] : undefined;
  return writeAddress({
    w: id,
    ...(starter ? { starter: starter.name, ...addressOf(starter.filters) } : {}),
  });
}

/** The tabs of a workspace as they were left, or its first one. */
export async function leftTabs(backend: Backend, workspace: Opened): Promise<Tabs> {
  // Files of this workspace that cannot be read (made by a newer Foray, say) must not keep the others shut: it opens at its first
  // address, and its own lists say what is wrong.
  const saved = await backend.viewLoad(workspace.id).catch(() => null);
  if (saved === null) return oneTab(firstAddress(workspace, await backend.starterPersonas()));
  // Where another workspace was looked at has no business here, neither as a step nor as the address itself.
  const own = (address: string) => readAddress(new URLSearchParams(address)).w === workspace.id;
  const tabs = tabsFrom(keptIn(saved).tabs, own);
  if (tabs !== null) return tabs;
  return oneTab(own(saved) ? writeAddress(readAddress(new URLSearchParams(saved))) : writeAddress({ w: workspace.id }));
}

/** The workspace to open, and its tabs. `search` is the address at the time of loading: a reload of the page keeps it, a fresh start
 * has none. */
export async function openingTabs(backend: Backend, search: string): Promise<{ workspace: TenantId; tabs: Tabs }> {
  const [workspaces, last] = await Promise.all([backend.workspacesList(), backend.lastWorkspaceLoad()]);
  const here = readAddress(new URLSearchParams(search));
  const reloaded = workspaces.find((one) => one.id === here.w);
  if (reloaded) {
    const tabs = await leftTabs(backend, reloaded);
    return { workspace: reloaded.id, tabs: rewritten(tabs, tabs.shown, writeAddress(here)) };
  }
  const workspace = workspaces.find((one) => one.id === last) ?? workspaces[0];
  if (workspace === undefined) return { workspace: "", tabs: oneTab("?") };
  return { workspace: workspace.id, tabs: await leftTabs(backend, workspace) };
}
