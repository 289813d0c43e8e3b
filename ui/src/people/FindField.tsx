// The one search field: everybody ever fetched in this workspace, at each key, offline. Escape empties it and shows
// what was shown before; once more, and the arrow, lead into the table.
import { Search, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { IconButton } from "../shared/Button";
import { keyOf } from "../shared/keys";
import { mainPlace } from "../shell/useLeftPane";
import { texts } from "../texts/texts";
import { useFind } from "./useNarrow";

const words = texts.people.find;

export const findFieldId = "find-people";

export function FindField() {
  const { find, write } = useFind();
  function pressed(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Escape" && find !== "") write("");
    else if (event.key === "Escape") mainPlace()?.focus();
    else if (event.key === "ArrowDown" || event.key === "Enter") document.getElementById("people")?.focus();
    else return;
    event.preventDefault();
  }
  return (
    <div role="search" className="relative mx-2 mt-2 flex items-center">
      <Search size={14} aria-hidden className="pointer-events-none absolute left-2 text-ink-3" />
      <input
        id={findFieldId}
        type="text"
        dir="auto"
        value={find}
        aria-label={words.label}
        placeholder={words.placeholder}
        title={words.hint(keyOf("find"))}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => write(event.target.value)}
        onKeyDown={pressed}
        className="h-7 w-full rounded-md border border-line-strong bg-raised pr-7 pl-7"
      />
      {find !== "" && (
        <IconButton label={words.empty} className="absolute right-0" onClick={() => write("")}>
          <X size={13} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
