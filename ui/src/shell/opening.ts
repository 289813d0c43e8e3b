// Where the window opens: at the address it was left at, for the workspace that was open last; on the very first start in the sample
// workspace, at its first starter persona, so that rows are one key away.
import type { Backend } from "../backend/backend";
import type { StarterPersona, TenantId } from "../backend/types";
import { type Address, addressOf, readAddress, writeAddress } from "./address";
import { keptIn, type Steps } from "./viewText";

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

/** The steps to open with, the window's own among them. `search` is the address at the time of loading: a reload of the page keeps it,
 * and has its history still; a fresh start has neither. */
export async function openingSteps(backend: Backend, search: string): Promise<Steps> {
  const workspaces = await backend.workspacesList();
  const here = readAddress(new URLSearchParams(search));
  const isThere = (address: Address) => workspaces.some((one) => one.id === address.w);
  if (isThere(here)) return { addresses: [writeAddress(here)], at: 0 };
  const last = await backend.lastWorkspaceLoad();
  const workspace = workspaces.find((one) => one.id === last) ?? workspaces[0];
  if (workspace === undefined) return { addresses: ["?"], at: 0 };
  const address = await workspaceAddress(backend, workspace.id, workspace.sample);
  const { steps } = keptIn(await backend.viewLoad(workspace.id).catch(() => null));
  // A step into a workspace that was removed leads nowhere.
  const known = steps?.addresses.every((one) => isThere(readAddress(new URLSearchParams(one))));
  if (!steps || !known) return { addresses: [address], at: 0 };
  return { addresses: steps.addresses.with(steps.at, address), at: steps.at };
}
