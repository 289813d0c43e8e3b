// What the first drawing of the window shows, asked for ahead of it: one drawing that comes a moment later is there before the last of
// several that follow each other.
import type { QueryClient } from "@tanstack/react-query";
import type { Backend } from "../backend/backend";
import type { TenantId } from "../backend/types";
import { askAhead } from "../people/askAhead";
import { personasQuery, startersQuery } from "../personas/usePersonas";
import { addressInSight } from "./address";
import { layoutsQuery } from "./useLayouts";
import { statusQuery } from "./useStatus";

/** So long it is waited for, in ms: what takes longer is drawn when it comes. */
const patience = 100;

/** Ends when all of it is there, or has had its time. What fails is asked for again by whoever shows it, and told there. */
export async function askFirst(client: QueryClient, backend: Backend, workspace: TenantId): Promise<void> {
  const all = Promise.all([
    askAhead(client, backend, workspace, addressInSight()),
    client.prefetchQuery(layoutsQuery(backend, workspace)),
    client.prefetchQuery(personasQuery(backend, workspace)),
    client.prefetchQuery(startersQuery(backend)),
    client.prefetchQuery(statusQuery(backend, workspace)),
  ]);
  await Promise.race([all, new Promise((done) => setTimeout(done, patience))]);
}
