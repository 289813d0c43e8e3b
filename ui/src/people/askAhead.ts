// The rows that an address shows, asked for ahead of its drawing: the app finds them while nothing is drawn yet, and the table is drawn
// with them.
import type { QueryClient } from "@tanstack/react-query";
import type { Backend } from "../backend/backend";
import type { TenantId } from "../backend/types";
import { isBlank, questionOf } from "../search/question";
import { outcomeQuery } from "../search/useSearch";
import type { Address } from "../shell/address";
import { typed } from "./keystrokes";
import { viewedOf } from "./peopleSet";
import { firstRowsQuery } from "./usePeople";

/** Ends when they are there. What fails is asked for again by whoever draws it, and told there. */
export async function askAhead(
  client: QueryClient,
  backend: Backend,
  workspace: TenantId,
  address: Address,
): Promise<void> {
  const question = questionOf(address);
  if (address.show === "page") {
    if (!isBlank(question.filters)) await client.prefetchQuery(outcomeQuery(backend, workspace, question));
    return;
  }
  const viewed = viewedOf({ question, answer: null }, address);
  if (viewed === null) return;
  typed(viewed.text);
  await client.prefetchQuery(firstRowsQuery(backend, workspace, viewed));
}
