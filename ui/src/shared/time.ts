// Times in words. The moment "now" comes in as an argument, so that every sentence can be tested; nothing here reads a clock.
import { texts } from "../texts/texts";

const words = texts.shared;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How old a moment is: "just now", "5 min", "3 h", "2 days". A moment ahead of us counts as now. */
export function age(at: string, now: number): string {
  return ageWords(at, now, words.age);
}

/** "just now" or "3 h ago". */
export function ago(at: string, now: number): string {
  return ageWords(at, now, words.ago);
}

function ageWords(at: string, now: number, say: typeof words.age): string {
  const gone = now - Date.parse(at);
  if (!(gone >= minute)) return say.now;
  if (gone < hour) return say.minutes(Math.floor(gone / minute));
  if (gone < 2 * day) return say.hours(Math.floor(gone / hour));
  return say.days(Math.floor(gone / day));
}

/** The clock time of a moment to come: "14:05", with the day in front when it is not today. Rounded up to the minute, as the core
 * does: whoever comes at that time is not too early. */
export function clock(at: string, now: number, locale?: string): string {
  return clockWords(Math.ceil(Date.parse(at) / minute) * minute, now, locale);
}

/** The clock time of a moment gone by. */
export function clockSince(at: string, now: number, locale?: string): string {
  return clockWords(Date.parse(at), now, locale);
}

function clockWords(at: number, now: number, locale?: string): string {
  const then = new Date(at);
  if (Number.isNaN(at)) return words.noTime;
  const time = then.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (then.toDateString() === new Date(now).toDateString()) return time;
  return words.dayAndTime(then.toLocaleDateString(locale, { weekday: "short", day: "numeric", month: "short" }), time);
}

/** Whether a moment is still to come. Nothing never is. */
export function isAhead(at: string | null | undefined, now: number): at is string {
  return at != null && Date.parse(at) > now;
}
