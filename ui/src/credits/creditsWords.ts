// The ledger of credits in words, and the figures of its picture. The moment "now" comes in as an argument.
import type { AgainstApollo, CreditCaps, EndpointCheck, Room, Usage, UsageEntry, UsageSpan } from "../backend/types";
import { amount, number } from "../shared/number";
import { clockSince } from "../shared/time";
import { textOf, texts } from "../texts/texts";

const words = texts.credits;

/** What a call was for: "Sales leaders · page 3", or what its endpoint is used for. */
export function purposeWords({ title, endpoint }: Pick<UsageEntry, "title" | "endpoint">): string {
  return title === "" ? textOf(words.ledger.purposes, endpoint, endpoint) : title;
}

/** "2 answered with somebody else · 1 came whom nobody asked for", "answered with another company"; empty where nobody else came. */
export function insteadWords({
  elsewhere,
  strangers,
  company,
}: Pick<UsageEntry, "elsewhere" | "strangers" | "company">): string {
  const { ledger } = words;
  if (company !== null) return elsewhere > 0 ? ledger.otherCompany : "";
  return [
    ...(elsewhere > 0 ? [ledger.elsewhere(elsewhere)] : []),
    ...(strangers > 0 ? [ledger.strangers(strangers)] : []),
  ].join(" · ");
}

/** How many were found; of a call that got no answer nobody knows. */
export function foundWords(found: UsageEntry["found"]): string {
  return found === null ? words.ledger.foundUnknown : number(found);
}

/** "34.01 credits charged · at most 10 credits more that nobody knows of". */
export function sumWords({ charged, unknown }: Pick<Usage, "charged" | "unknown">): string {
  const sum = words.charged(charged);
  return unknown > 0 ? `${sum} · ${words.unknownMore(unknown)}` : sum;
}

/** Apollo's count beside the ledger, under the time that it is of: what is newer than the latest count is not in it. */
export function againstWords({ since, latest, sentence }: AgainstApollo, now: number, locale?: string): string {
  const [from, to] = [clockSince(since, now, locale), clockSince(latest.told_at, now, locale)];
  return from === to ? words.against.at(to, sentence) : words.against.between(from, to, sentence);
}

/** The days of the picture, oldest first, those without anything included: as many as fit, ending today. */
export function daysOf(days: readonly UsageSpan[], count: number, today: Date): UsageSpan[] {
  const known = new Map(days.map((day) => [day.span, day]));
  return Array.from({ length: count }, (_, at) => {
    const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (count - 1 - at));
    const span = isoDay(day);
    return known.get(span) ?? { span, calls: 0, charged: 0, unknown: 0 };
  });
}

/** The months of the picture, likewise. */
export function monthsOf(months: readonly UsageSpan[], count: number, today: Date): UsageSpan[] {
  const known = new Map(months.map((month) => [month.span, month]));
  return Array.from({ length: count }, (_, at) => {
    const month = new Date(today.getFullYear(), today.getMonth() - (count - 1 - at), 1);
    const span = isoDay(month).slice(0, 7);
    return known.get(span) ?? { span, calls: 0, charged: 0, unknown: 0 };
  });
}

function isoDay(day: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** What caps and account leave; empty where nobody knows of a limit. */
export function roomWords({ caps_leave, credits_left }: Pick<Room, "caps_leave" | "credits_left">): string {
  const { room } = words;
  if (caps_leave === null) return credits_left === null ? "" : room.account(credits_left);
  return credits_left === null ? room.caps(caps_leave) : room.capsAndAccount(caps_leave, credits_left);
}

/** A round number that nothing is above. */
export function scaleTop(spans: readonly UsageSpan[]): number {
  const most = Math.max(...spans.map(({ charged, unknown }) => charged + unknown), 1);
  const step = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((times) => times * step).find((top) => top >= most) ?? most;
}

/** "28 November" of "2026-11-28", "November 2026" of "2026-11". */
export function spanWords(span: string, locale?: string): string {
  const [year = 0, month = 1, day] = span.split("-").map(Number);
  const date = new Date(year, month - 1, day ?? 1);
  const parts =
    day === undefined ? ({ month: "long", year: "numeric" } as const) : ({ day: "numeric", month: "long" } as const);
  return date.toLocaleDateString(locale, parts);
}

/** The same under a bar, where there is little room: "28 Nov". */
export function shortSpan(span: string, locale?: string): string {
  const [year = 0, month = 1, day] = span.split("-").map(Number);
  const parts =
    day === undefined ? ({ month: "short", year: "2-digit" } as const) : ({ day: "numeric", month: "short" } as const);
  return new Date(year, month - 1, day ?? 1).toLocaleDateString(locale, parts);
}

/** The picture for those who do not see it. */
export function chartSentence(spans: readonly UsageSpan[], name: string): string {
  const some = spans.filter(({ charged, unknown }) => charged + unknown > 0);
  const { chart } = words;
  if (some.length === 0) return chart.none(name);
  return chart.all(name, some.map((one) => chart.ofSpan(spanWords(one.span), sumWords(one))).join("; "));
}

/** "open", "open · used 28 Nov" where that is known from the ledger alone. */
export function allowedWords({ allowed, used_at }: EndpointCheck, locale?: string): string {
  const { account } = words;
  if (used_at === null) return account.allowed[allowed];
  const day = new Date(used_at).toLocaleDateString(locale, { day: "numeric", month: "short" });
  return `${account.allowed[allowed]} · ${account.used(day)}`;
}

/** "200 calls a minute · 6,000 calls an hour"; empty where Apollo did not tell. */
export function limitWords(endpoint: EndpointCheck): string {
  const { calls_a_minute, calls_an_hour, calls_a_day } = endpoint;
  const { account } = words;
  return [
    ...(calls_a_minute === null ? [] : [account.aMinute(calls_a_minute)]),
    ...(calls_an_hour === null ? [] : [account.anHour(calls_an_hour)]),
    ...(calls_a_day === null ? [] : [account.aDay(calls_a_day)]),
  ].join(" · ");
}

/** "At most 50 credits a job, 200 a month"; what it means when there is none. */
export function capsWords(caps: CreditCaps): string {
  const set = (["job", "day", "month", "workspace"] as const).flatMap((span) => {
    const cap = caps[span];
    return cap === null ? [] : [{ cap, span }];
  });
  if (set.length === 0) return words.caps.none;
  // Only the first of them names the unit.
  const each = set.map(({ cap, span }, at) =>
    words.caps.each[span](at === 0 ? texts.counted.credits(cap) : amount(cap)),
  );
  return words.caps.atMost(each.join(", "));
}

/** A cap as it stands in its field; empty for none. */
export function capText(cap: number | null): string {
  return cap === null ? "" : String(cap);
}

/** The caps of what was typed; null when one of them is no number. */
export function capsOf(texts: Record<keyof CreditCaps, string>): CreditCaps | null {
  const caps: CreditCaps = { job: null, day: null, month: null, workspace: null };
  for (const key of Object.keys(caps) as (keyof CreditCaps)[]) {
    const text = texts[key].trim();
    if (text === "") continue;
    if (!/^\d{1,9}$/.test(text)) return null;
    caps[key] = Number(text);
  }
  return caps;
}
