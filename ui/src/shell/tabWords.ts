// What stands on a tab: what one would look for it by, in a few words; and what it shows in full, for whoever points at it.
import type { Persona } from "../backend/types";
import { tableName } from "../people/peopleSet";
import { sameFilters } from "../search/question";
import { summary } from "../search/summary";
import { texts } from "../texts/texts";
import { type Address, filtersOf } from "./address";
import { pageNames } from "./pages";

const words = texts.shell.tabs;

/** Whose question an address asks. */
export function titleOf({ persona, starter }: Address, saved: readonly Persona[]): string {
  return saved.find((one) => one.id === persona)?.name ?? starter ?? words.newPersona;
}

/** `person`: the name of who is open, once it is known. */
export function tabWords(
  address: Address,
  saved: readonly Persona[],
  person: string | null,
): { title: string; about: string } {
  if (address.at) return { title: pageNames[address.at], about: pageNames[address.at] };
  const title = titleOf(address, saved);
  const typed = address.find.trim();
  const found = typed === "" ? null : words.found(typed);
  const everyone = address.show === "everyone" ? tableName("everyone") : null;
  const kept = saved.find((one) => one.id === address.persona);
  const changed = kept !== undefined && !sameFilters(kept.filters, filtersOf(address));
  const about = [
    [person, found, everyone].filter(Boolean).join(" · "),
    changed ? `${title} · ${words.changed}` : title,
    summary(filtersOf(address)).join(" · "),
  ];
  return {
    title: person ?? found ?? everyone ?? title,
    about: about.filter((line) => line !== "").join("\n"),
  };
}
