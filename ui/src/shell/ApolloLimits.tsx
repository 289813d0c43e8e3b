// Apollo's own limits: a line for each kind of call, a column for each span of time that it counts in.
import type { ApolloWindow, Period } from "../backend/types";
import { clock } from "../shared/time";
import { texts } from "../texts/texts";
import { kindWords } from "./statusWords";

const words = texts.shell.limits;

const periods: Period[] = ["minute", "hour", "day"];

export function ApolloLimits({ windows, now }: { windows: ApolloWindow[]; now: number }) {
  if (windows.length === 0) return null;
  const kinds = [...new Set(windows.map((one) => one.class))];
  // Windows of one length end together, whatever they count (core, rate_limit/windows.rs).
  const columns = periods.flatMap((period) => windows.find((one) => one.period === period) ?? []);
  return (
    <table className="w-full text-sm">
      <caption className="pb-1 text-left">{words.title}</caption>
      <thead>
        <tr className="align-top">
          <td />
          {columns.map(({ period, resets_at }) => (
            <th key={period} scope="col" className="pb-0.5 pl-2 text-right font-medium">
              {words.periods[period]}{" "}
              <span className="block font-normal text-ink-3">{words.until(clock(resets_at, now))}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind}>
            <th scope="row" className="text-left font-normal">
              {kindWords(kind)}
            </th>
            {columns.map(({ period }) => (
              <Cell key={period} window={windows.find((one) => one.class === kind && one.period === period)} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One that is used up stands out. */
function Cell({ window }: { window: ApolloWindow | undefined }) {
  const isFull = window !== undefined && window.used >= window.limit;
  return (
    <td className={`pl-2 text-right whitespace-nowrap ${isFull ? "font-medium text-caution" : ""}`}>
      {window && words.used(window.used, window.limit)}
    </td>
  );
}
