// Where rows came from, in words, and how many there are. Never says "no results" for what was not asked.
import type { Answer, PeopleCounts, Reason } from "../backend/types";
import { fetchedWords } from "../people/peopleSet";
import { number } from "../shared/number";
import { age, ago } from "../shared/time";
import { plural } from "../shared/words";
import { reasonSentence, shortReason } from "./reasonWords";

export function sourceWords(answer: Answer, now: number): string {
  switch (answer.source) {
    case "live": {
      const spent = answer.calls_spent > 1 ? ` · ${plural(answer.calls_spent, "call")} spent` : "";
      return `live, ${ago(answer.as_of, now)}${spent}`;
    }
    case "cached":
      return `cached, ${ago(answer.as_of, now)}`;
    case "stale": {
      const old = age(answer.as_of, now);
      const words = old === "just now" ? "stale, just fetched" : `stale, ${old} old`;
      return answer.reason ? `${words}: ${shortReason(answer.reason)}` : words;
    }
    case "empty":
      return answer.reason ? failedWords(answer.reason) : "nothing";
  }
}

/** Why nothing came, for the line above an empty table. */
export function failedWords(reason: Reason): string {
  return `nothing: ${shortReason(reason)}`;
}

/** The whole of what is to be said above stale rows, in one place: their day, why there are no newer ones, what the answer adds. */
export function staleWords(answer: Answer, now: number): string {
  const day = new Date(answer.as_of).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  // The lost record of calls has a bar of its own.
  const why = answer.reason && answer.reason.code !== "ledger_lost" ? reasonSentence(answer.reason, now) : "";
  const parts = [`These rows are from ${day}.`, why, answer.notice ?? (why ? "" : "They may have changed since.")];
  return parts.filter((part) => part !== "").join(" ");
}

/** How many match, and how many of them were fetched. */
export function countWords(answer: Answer | null, counts: PeopleCounts | null): string {
  if (answer === null || answer.source === "empty") return counts && counts.fetched > 0 ? fetchedWords(counts) : "";
  const parts = answer.total_entries === null ? [] : [`${number(answer.total_entries)} matching`];
  if (counts && counts.fetched > 0) parts.push(fetchedWords(counts));
  return parts.join(" · ");
}

/** Which page this is. */
export function pageWords(answer: Answer | null): string {
  if (answer === null || answer.source === "empty" || !answer.total_pages) return "";
  return `page ${number(answer.page)} of ${number(answer.total_pages)}`;
}

/** What a search brought, for the list of what was done. */
export function searchedWords(title: string, answer: Answer): { title: string; detail: string } {
  const came = answer.source === "live" || answer.source === "cached";
  const parts = [
    title,
    pageWords(answer),
    answer.source === "empty" ? "" : plural(answer.people.length, "person", "people"),
    answer.reason ? shortReason(answer.reason) : "",
    answer.calls_spent > 0 ? plural(answer.calls_spent, "call") : "no call",
  ];
  return { title: came ? "Searched" : "Not searched", detail: parts.filter((part) => part !== "").join(" · ") };
}
