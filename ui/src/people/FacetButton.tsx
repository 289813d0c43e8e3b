// Shows what there is to narrow by, or hides it.
import { ListFilter } from "lucide-react";
import { IconButton } from "../shared/Button";
import { useCommand } from "../shared/commands";
import { useAddress } from "../shell/address";
import { texts } from "../texts/texts";

const words = texts.people.narrow;

export function FacetButton() {
  const [{ facets }, setAddress] = useAddress();
  const toggle = () => void setAddress({ facets: facets === null ? "open" : null }, { history: "replace" });
  useCommand("facets", toggle);
  return (
    <IconButton
      id="facets"
      label={words.title}
      aria-pressed={facets === "open"}
      onClick={toggle}
      className="aria-pressed:bg-active aria-pressed:text-ink"
    >
      <ListFilter size={15} aria-hidden />
    </IconButton>
  );
}
