// Where the window opens: at the address it was left at, for the workspace that was open last; on the very first start in the sample
// workspace, at its first starter persona, so that rows are one key away.
import type { Backend } from "../backend/backend";
import type { StarterPersona, TenantId } from "../backend/types";
import { type Address, addressOf, readAddress, writeAddress } from "./address";

function firstAddress(workspace: TenantId, sample: boolean, starters: StarterPersona[]): string {
  const starter = sample ? starters[0] : undefined;
  return writeAddress({
    w: workspace,
    ...(starter ? { starter: starter.name, ...addressOf(starter.filters) } : {}),
  });
}

/** The address of a workspace as it was left, or its first one. */
export async function workspaceAddress(backend: Backend, workspace: TenantId, sample: boolean): Promise<string> {
  // Files of this workspace that cannot be read (made by a newer Foray, say) must not keep the others shut: it opens at its first
  // address, and its own lists say what is wrong.
  const saved = await backend.viewLoad(workspace).catch(() => null);
  if (saved) {
    const address: Address = readAddress(new URLSearchParams(saved));
    return writeAddress({ ...address, w: workspace });
  }
  return firstAddress(workspace, sample, await backend.starterPersonas());
}

/** `search` is the address at the time of loading: a reload of the page keeps it, a fresh start has none. */
export async function openingAddress(backend: Backend, search: string): Promise<string> {
  const workspaces = await backend.workspacesList();
  const here = readAddress(new URLSearchParams(search));
  if (here.w !== null && workspaces.some((one) => one.id === here.w)) return writeAddress(here);
  const last = await backend.lastWorkspaceLoad();
  const workspace = workspaces.find((one) => one.id === last) ?? workspaces[0];
  if (workspace === undefined) return "?";
  return workspaceAddress(backend, workspace.id, workspace.sample);
}
