// Where rows came from, in words, and how many there are. Never says "no results" for what was not asked.
import type { Answer, PeopleCounts, Reason } from "../backend/types";
import { fetchedWords } from "../people/peopleSet";
import { age, ago } from "../shared/time";
import { texts } from "../texts/texts";
import { reasonSentence, shortReason } from "./reasonWords";

const words = texts.search.source;

/** Rows younger than this, in ms, have no age that is told. */
const minute = 60_000;

export function sourceWords(answer: Answer, now: number): string {
  switch (answer.source) {
    case "live": {
      const live = words.live(ago(answer.as_of, now));
      return answer.calls_spent > 1 ? `${live} · ${words.callsSpent(answer.calls_spent)}` : live;
    }
    case "cached":
      return words.cached(ago(answer.as_of, now));
    case "stale": {
      const why = answer.reason ? shortReason(answer.reason) : null;
      if (!(now - Date.parse(answer.as_of) >= minute)) return why === null ? words.staleNow : words.staleNowFor(why);
      const old = age(answer.as_of, now);
      return why === null ? words.stale(old) : words.staleFor(old, why);
    }
    case "empty":
      return answer.reason ? failedWords(answer.reason) : words.nothing;
  }
}

/** Why nothing came, for the line above an empty table. */
export function failedWords(reason: Reason): string {
  return words.nothingFor(shortReason(reason));
}

/** The whole of what is to be said above stale rows, in one place: their day, why there are no newer ones, what the answer adds. */
export function staleWords(answer: Answer, now: number): string {
  const day = new Date(answer.as_of).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  // The lost record of calls has a bar of its own.
  const why = answer.reason && answer.reason.code !== "ledger_lost" ? reasonSentence(answer.reason, now) : "";
  const parts = [words.rowsFrom(day), why, answer.notice ?? (why ? "" : words.mayHaveChanged)];
  return parts.filter((part) => part !== "").join(" ");
}

/** How many match, and how many of them were fetched. */
export function countWords(answer: Answer | null, counts: PeopleCounts | null): string {
  if (answer === null || answer.source === "empty") return counts && counts.fetched > 0 ? fetchedWords(counts) : "";
  const parts = answer.total_entries === null ? [] : [words.matching(answer.total_entries)];
  if (counts && counts.fetched > 0) parts.push(fetchedWords(counts));
  return parts.join(" · ");
}

/** Which page this is. */
export function pageWords(answer: Answer | null): string {
  if (answer === null || answer.source === "empty" || !answer.total_pages) return "";
  return words.page(answer.page, answer.total_pages);
}

/** What a search brought, for the list of what was done. */
export function searchedWords(title: string, answer: Answer): { title: string; detail: string } {
  const came = answer.source === "live" || answer.source === "cached";
  const parts = [
    title,
    pageWords(answer),
    answer.source === "empty" ? "" : texts.counted.people(answer.people.length),
    answer.reason ? shortReason(answer.reason) : "",
    answer.calls_spent > 0 ? texts.counted.calls(answer.calls_spent) : words.noCall,
  ];
  return { title: came ? words.searched : words.notDone, detail: parts.filter((part) => part !== "").join(" · ") };
}
