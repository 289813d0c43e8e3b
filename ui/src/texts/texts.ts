// Every text of the window that is ours, by the folder that shows it. A text is a string, or a function of what it tells that gives one,
// so that each language has its own order of words and its own plurals. Another language is a folder beside `en/` with the same names
// (the compiler holds it to them) and a line in `languages`. Sentences of the core, such as errors, come with what it answers.
import { en } from "./en/en";
import { marked } from "./marked";

export type Texts = typeof en;

const languages: ReadonlyMap<string, Texts> = new Map([["en", en]]);

/** The texts for a language as a browser names it, "de-AT", or the English ones. */
export function textsFor(language: string): Texts {
  return languages.get(language.split("-", 1)[0] ?? "") ?? en;
}

/** The text for a code out of a table of them; the other one where the code is none of them. */
export function textOf(table: Readonly<Record<string, string>>, code: string | null, other: string): string {
  return new Map(Object.entries(table)).get(code ?? "") ?? other;
}

const isTried = import.meta.env.MODE === "fake" && "__marked" in window;
const own = textsFor(typeof navigator === "undefined" ? "en" : navigator.language);

export const texts: Texts = isTried ? marked(own) : own;
