// Whom the table shows: this page of Apollo's, all that was fetched for these filters, or everyone in the workspace. Looking costs
// nothing, so it is a switch and not a button with a price.
import type { PeopleCounts } from "../backend/types";
import { useCommand } from "../shared/commands";
import { shownSets, useAddress } from "../shell/address";
import { texts } from "../texts/texts";
import { type Shown, shownWords } from "./peopleSet";

const words = texts.people.shown;

const hints: Record<Shown, string> = {
  page: words.pageHint,
  fetched: words.fetchedHint,
  everyone: words.everyoneHint,
};

export function SetSwitch({ counts }: { counts: PeopleCounts | null }) {
  const [address, setAddress] = useAddress();
  useCommand("show-page", () => void setAddress({ show: "page" }), address.show === "page");
  useCommand("show-fetched", () => void setAddress({ show: "fetched" }), address.show === "fetched");
  useCommand("show-everyone", () => void setAddress({ show: "everyone" }), address.show === "everyone");
  return (
    <fieldset className="flex shrink-0 items-center rounded-md border border-line bg-pane p-px text-sm">
      <legend className="sr-only">{words.choose}</legend>
      {shownSets.map((shown) => (
        <label
          key={shown}
          title={hints[shown]}
          className="relative flex h-6 cursor-pointer items-center rounded-[5px] px-2 whitespace-nowrap text-ink-2 hover:text-ink has-checked:bg-active has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="shown"
            value={shown}
            checked={address.show === shown}
            onChange={() => void setAddress({ show: shown })}
            className="sr-only"
          />
          {shownWords(shown, counts)}
        </label>
      ))}
    </fieldset>
  );
}
