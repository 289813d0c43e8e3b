// What a day of calls was, in numbers and words: the totals by outcome, a sentence for those who do not see the picture, and where the
// hours stand on it.
import type { ActivitySlot } from "../backend/types";
import { texts } from "../texts/texts";

const words = texts.diagnostics;

export type Outcome = Exclude<keyof ActivitySlot, "begins_at">;

/** From the bottom of a bar to its top. */
export const outcomes = (["live", "cached", "refused", "failed"] satisfies Outcome[]).map((key) => ({
  key,
  ...words.outcomes[key],
}));

const hour = 3_600_000;

export function totalOf(slot: ActivitySlot): number {
  return outcomes.reduce((sum, { key }) => sum + slot[key], 0);
}

export function totals(slots: readonly ActivitySlot[]): Record<Outcome, number> {
  const sum: Record<Outcome, number> = { live: 0, cached: 0, refused: 0, failed: 0 };
  for (const slot of slots) for (const { key } of outcomes) sum[key] += slot[key];
  return sum;
}

/** "In the last 24 hours: 41 answered, 12 from the cache, 0 not sent, 2 failed." */
export function daySentence(slots: readonly ActivitySlot[]): string {
  const sum = totals(slots);
  return words.day.sentence(outcomes.map(({ key, counted }) => counted(sum[key])).join(", "));
}

export interface HourMark {
  /** From 0 at the left edge to 1 at the right. */
  at: number;
  words: string;
}

/** The full hours that are marked under the picture: every third of this computer's own clock, where there is room for its words. */
export function hourMarks(slots: readonly ActivitySlot[]): HourMark[] {
  const [first] = slots;
  if (!first) return [];
  const begin = Date.parse(first.begins_at);
  const span = slots.length * (hour / 2);
  const marks: HourMark[] = [];
  for (let at = Math.ceil(begin / hour) * hour; at <= begin + span; at += hour) {
    const then = new Date(at);
    if (then.getHours() % 3 !== 0 || then.getMinutes() !== 0) continue;
    marks.push({ at: (at - begin) / span, words: `${String(then.getHours()).padStart(2, "0")}:00` });
  }
  return marks.filter(({ at }) => at > 0.02 && at < 0.98);
}

/** The top of the scale: the next of 1, 2, 5, 10, 20, 50 … that holds the fullest half hour. */
export function scaleTop(slots: readonly ActivitySlot[]): number {
  const most = Math.max(1, ...slots.map(totalOf));
  for (let unit = 1; ; unit *= 10) for (const step of [1, 2, 5]) if (step * unit >= most) return step * unit;
}

/** "3 answered, 1 failed", for one half hour. */
export function slotWords(slot: ActivitySlot): string {
  const parts = outcomes.filter(({ key }) => slot[key] > 0).map(({ key, counted }) => counted(slot[key]));
  return parts.length > 0 ? parts.join(", ") : texts.counted.calls(0);
}
