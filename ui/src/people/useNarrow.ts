// What narrows the table: the words in the search field and the values chosen among facets. Both stand in the address; the first key
// is a step of the history, those after it are the same step.
import type { Facet } from "../backend/types";
import { tell } from "../shared/toasts";
import { type Address, useAddress } from "../shell/address";
import { withChoice } from "./facetWords";

export function isNarrowed({ find, only }: Pick<Address, "find" | "only">): boolean {
  return find.trim() !== "" || only.length > 0;
}

export function useNarrow() {
  const [address, setAddress] = useAddress();
  return {
    find: address.find,
    only: address.only,
    narrowed: isNarrowed(address),
    /** Words are looked for among all that were fetched, not on one page of Apollo's. */
    type: (find: string) =>
      void setAddress(
        { find, at: null, show: address.show === "page" ? "everyone" : address.show },
        { history: address.find === "" ? "push" : "replace" },
      ),
    choose: (facet: Facet, value: string | null) => void setAddress({ only: withChoice(address.only, facet, value) }),
    clear: () => {
      setAddress({ find: null, only: null });
      tell({
        title: "All are shown again",
        about: "narrowed",
        undo: () => setAddress({ find: address.find, only: address.only }),
      });
    },
  };
}
