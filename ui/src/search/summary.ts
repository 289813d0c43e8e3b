// The filters of a question in one line of words: "VP Sales, Head of Sales · VP, Head · Germany, Austria · 51–500 people · “saas”".
import type { FiltersInput } from "../backend/types";
import { capital, seniorityWords, sizeWords } from "../shared/words";
import { texts } from "../texts/texts";

const words = texts.search.summary;

const most = 3;

/** Names up to three of them and counts the rest. */
function few(values: readonly string[]): string {
  const rest = values.length - most;
  return rest <= 1 ? values.join(", ") : words.andMore(values.slice(0, most).join(", "), rest);
}

/** Sizes that touch become one: 51–100 and 101–200 are 51–200. */
export function joinSizes(sizes: readonly string[]): string[] {
  const ranges = sizes
    .map((size) => {
      const [min, max] = size.replace(/\+$/, "").split(",").map(Number);
      return { min: min ?? Number.NaN, max: max ?? Number.POSITIVE_INFINITY, size };
    })
    .sort((a, b) => a.min - b.min);
  const joined: typeof ranges = [];
  for (const range of ranges) {
    const before = joined[joined.length - 1];
    if (before && range.min <= before.max + 1) {
      before.max = Math.max(before.max, range.max);
      before.size = before.max === Number.POSITIVE_INFINITY ? String(before.min) : `${before.min},${before.max}`;
    } else joined.push({ ...range });
  }
  return joined.map((range) => range.size);
}

export function summary(filters: FiltersInput): string[] {
  const keywords = filters.keywords.trim();
  const sizes = few(joinSizes(filters.company_sizes).map(sizeWords));
  return [
    few(filters.titles),
    few(filters.seniorities.map(seniorityWords)),
    few(filters.locations),
    few(filters.industries.map(capital)),
    sizes === "" ? "" : words.sizes(sizes),
    keywords === "" ? "" : words.keywords(keywords),
  ].filter((part) => part !== "");
}
