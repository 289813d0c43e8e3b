// The ledger of credits in words, and the figures of its picture. The moment "now" comes in as an argument.
import type {
  AccountCheck,
  AgainstApollo,
  CreditCaps,
  EndpointCheck,
  EntryState,
  Room,
  Usage,
  UsageEntry,
  UsageSpan,
} from "../backend/types";
import { amount, number } from "../shared/number";
import { clockSince } from "../shared/time";
import { capital, plural } from "../shared/words";
import { texts } from "../texts/texts";

const states: Record<EntryState, string> = {
  on_its_way: "on its way",
  mobiles_on_their_way: "mobiles on their way",
  charged: "charged",
  free: "free",
  price_untold: "price not told",
  may_be_charged: "may have been charged",
  accepted: "accepted as unknown",
  repeated: "asked again",
};

export function stateWords(state: EntryState): string {
  return states[state];
}

const endpoints = new Map([
  ["users/api_profile", "Check of the key"],
  ["usage_stats/credit_usage_stats", "Apollo's count of credits"],
  ["usage_stats/api_usage_stats", "Apollo's limits"],
  ["webhook_result", "Mobile numbers"],
  ["mixed_people/api_search", "Search"],
  ["mixed_people/search", "Search"],
]);

/** What a call was for: "Sales leaders · page 3", or what its endpoint is used for. */
export function purposeWords({ title, endpoint }: Pick<UsageEntry, "title" | "endpoint">): string {
  return title === "" ? (endpoints.get(endpoint) ?? endpoint) : title;
}

/** "2 answered with somebody else · 1 came whom nobody asked for", "answered with another company"; empty where nobody else came. */
export function insteadWords({
  elsewhere,
  strangers,
  company,
}: Pick<UsageEntry, "elsewhere" | "strangers" | "company">): string {
  if (company !== null) return elsewhere > 0 ? "answered with another company" : "";
  return [
    ...(elsewhere > 0 ? [`${number(elsewhere)} answered with somebody else`] : []),
    ...(strangers > 0 ? [`${number(strangers)} came whom nobody asked for`] : []),
  ].join(" · ");
}

/** How many were found; of a call that got no answer nobody knows. */
export function foundWords(found: UsageEntry["found"]): string {
  return found === null ? "unknown" : number(found);
}

/** "34.01 credits charged · at most 10 more unknown". */
export function sumWords({ charged, unknown }: Pick<Usage, "charged" | "unknown">): string {
  const sum = `${texts.counted.credits(charged)} charged`;
  return unknown > 0 ? `${sum} · at most ${texts.counted.credits(unknown)} more that nobody knows of` : sum;
}

/** Apollo's count beside the ledger, under the time that it is of: what is newer than the latest count is not in it. */
export function againstWords({ since, latest, sentence }: AgainstApollo, now: number, locale?: string): string {
  const [from, to] = [clockSince(since, now, locale), clockSince(latest.told_at, now, locale)];
  return `${from === to ? `At ${to}` : `From ${from} to ${to}`}: ${sentence}`;
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

/** "The caps leave 57 credits · the account has about 1,204 credits left, by Apollo's last count less what was paid since"; empty where
 * nobody knows of a limit. */
export function roomWords({ caps_leave, credits_left }: Pick<Room, "caps_leave" | "credits_left">): string {
  const parts = [
    ...(caps_leave === null ? [] : [`the caps leave ${texts.counted.credits(caps_leave)}`]),
    ...(credits_left === null
      ? []
      : [
          `the account has about ${texts.counted.credits(credits_left)} left, by Apollo's last count less what was paid since`,
        ]),
  ];
  return capital(parts.join(" · "));
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
  if (some.length === 0) return `No credits in ${name}.`;
  return `Credits in ${name}: ${some.map((one) => `${spanWords(one.span)} ${sumWords(one)}`).join("; ")}.`;
}

/** "open", "open · used 28 Nov" where that is known from the ledger alone. */
export function allowedWords({ allowed, used_at }: EndpointCheck, locale?: string): string {
  const words = { yes: "open", no: "closed", not_tried: "not tried: it would cost credits" }[allowed];
  if (used_at === null) return words;
  return `${words} · used ${new Date(used_at).toLocaleDateString(locale, { day: "numeric", month: "short" })}`;
}

/** "200 calls a minute · 6,000 calls an hour"; empty where Apollo did not tell. */
export function limitWords(endpoint: EndpointCheck): string {
  return [
    [endpoint.calls_a_minute, "a minute"],
    [endpoint.calls_an_hour, "an hour"],
    [endpoint.calls_a_day, "a day"],
  ]
    .flatMap(([limit, period]) => (typeof limit === "number" ? [`${plural(limit, "call")} ${period}`] : []))
    .join(" · ");
}

export function accountTitle(check: AccountCheck): string {
  return check.valid ? "This key works" : "This key does not work";
}

/** "At most 50 credits a job, 200 a month"; what it means when there is none. */
export function capsWords({ job, day, month, workspace }: CreditCaps): string {
  const spans = [
    [job, "a job"],
    [day, "a day"],
    [month, "a month"],
    [workspace, "in all"],
  ] as const;
  const set = spans.flatMap(([cap, span]) => (cap === null ? [] : [{ cap, span }]));
  if (set.length === 0) return "None: what may be paid for is up to each button.";
  return `At most ${set.map(({ cap, span }, at) => `${at === 0 ? texts.counted.credits(cap) : amount(cap)} ${span}`).join(", ")}.`;
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
