// What narrows the table: the words in the search field and the values chosen among facets. Both stand in the address; the first key
// is a step of the history, those after it are the same step.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Facet, TenantId } from "../backend/types";
import { drawWith } from "../shared/atHand";
import { tell } from "../shared/toasts";
import { type Address, type AddressChange, addressInSight, addressWith, useAddress } from "../shell/address";
import { useBackend } from "../shell/backend-context";
import { useTabs } from "../shell/openTabs";
import { texts } from "../texts/texts";
import { askAhead } from "./askAhead";
import { withChoice } from "./facetWords";

const words = texts.people.narrowed;

export function isNarrowed({ find, only }: Pick<Address, "find" | "only">): boolean {
  return find.trim() !== "" || only.length > 0;
}

/** Tabs whose search field was begun from a page: once it is empty again, that is shown. */
const begunFromPage = new Set<string>();

/** Tabs of two workspaces may have the same id. */
function nameOf(workspace: TenantId, { id }: { id: number }): string {
  return `${workspace}/${id}`;
}

/** Words are looked for among all that were fetched, not on one page of Apollo's. */
function findOf(find: string, address: Pick<Address, "show" | "find">, tab: string): AddressChange {
  const { show } = address;
  if (find === "") return { find, at: null, show: show === "everyone" && begunFromPage.has(tab) ? "page" : show };
  if (address.find === "") {
    if (show === "page") begunFromPage.add(tab);
    else begunFromPage.delete(tab);
  }
  return { find, at: null, show: show === "page" ? "everyone" : show };
}

export function useNarrow() {
  const [address, setAddress] = useAddress();
  const { workspace, tab } = useTabs();
  return {
    find: address.find,
    only: address.only,
    narrowed: isNarrowed(address),
    type: (find: string) =>
      setAddress(findOf(find, address, nameOf(workspace, tab)), { history: address.find === "" ? "push" : "replace" }),
    choose: (facet: Facet, value: string | null) => void setAddress({ only: withChoice(address.only, facet, value) }),
    clear: () => {
      setAddress({ find: null, only: null });
      tell({
        title: words.allShown,
        about: "narrowed",
        undo: () => setAddress({ find: address.find, only: address.only }),
      });
    },
  };
}

/** The words in the search field as they are typed, and the table that follows them: those found are asked for at each key, and the
 * table is drawn with them. */
export function useFind() {
  const { find, type } = useNarrow();
  const backend = useBackend();
  const client = useQueryClient();
  const { workspace, tab } = useTabs();
  const [draft, setDraft] = useState<string | null>(null);
  function write(text: string) {
    setDraft(text);
    const asked = askAhead(
      client,
      backend,
      workspace,
      addressWith(findOf(text, addressInSight(), nameOf(workspace, tab))),
    );
    void drawWith("find", asked, () => {
      type(text);
      setDraft(null);
    });
  }
  return { find: draft ?? find, write };
}
