// Texts between marks that nobody sees: a test finds by them what is shown and stands in no catalogue. Never part of the app's bundle.

/** A space of no width: one begins a text, the next ends it. */
const mark = "\u200b";
const gap = /\{\w+\}/g;

type Told = string | ((...told: never[]) => Told) | { readonly [name: string]: Told };

/** The same texts, each with a mark before and after it, and before and after what is drawn in its middle; none within another. */
export function marked<T>(texts: T): T {
  return markedOne(texts as Told) as T;
}

function markedOne(told: Told): Told {
  if (typeof told === "string")
    return told === "" ? "" : mark + told.replaceAll(mark, "").replace(gap, `${mark}$&${mark}`) + mark;
  if (typeof told === "function") return (...of: never[]) => markedOne(told(...of));
  return Object.fromEntries(Object.entries(told).map(([name, one]) => [name, markedOne(one)]));
}
