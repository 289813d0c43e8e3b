// The calls of the last 24 hours, half hour by half hour, stacked by outcome. Each outcome has a pattern besides its colour, its number
// stands in the legend, and the same numbers are in a table for those who do not see the picture.
import type { ActivitySlot } from "../backend/types";
import { number } from "../shared/number";
import { clockSince } from "../shared/time";
import { texts } from "../texts/texts";
import { daySentence, hourMarks, type Outcome, outcomes, scaleTop, slotWords, totalOf, totals } from "./activityWords";

const words = texts.diagnostics.day;

const width = 624;
const height = 132;
const left = 28;
const bottom = 18;
const top = 8;
const room = { width: width - left, height: height - bottom - top };

const colours: Record<Outcome, string> = {
  live: "text-accent",
  cached: "text-ink-3",
  refused: "text-caution",
  failed: "text-stop",
};

interface ActivityChartProps {
  slots: readonly ActivitySlot[];
  now: number;
}

export function ActivityChart({ slots, now }: ActivityChartProps) {
  const most = scaleTop(slots);
  const step = room.width / Math.max(1, slots.length);
  const y = (calls: number) => top + room.height * (1 - calls / most);
  return (
    <figure className="flex flex-col gap-2">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={daySentence(slots)} className="w-full text-ink-3">
        <Patterns />
        {[0, most / 2, most]
          .filter((calls) => Number.isInteger(calls))
          .map((calls) => (
            <g key={calls}>
              <line x1={left} x2={width} y1={y(calls)} y2={y(calls)} className="stroke-line" />
              <text x={left - 6} y={y(calls) + 3.5} textAnchor="end" fontSize={10} fill="currentColor">
                {calls}
              </text>
            </g>
          ))}
        {hourMarks(slots).map(({ at, words: hour }) => (
          <text
            key={at}
            x={left + at * room.width}
            y={height - 4}
            textAnchor="middle"
            fontSize={10}
            fill="currentColor"
          >
            {hour}
          </text>
        ))}
        {slots.map((slot, at) => (
          <Bar key={slot.begins_at} slot={slot} x={left + at * step} width={step} y={y} now={now} />
        ))}
      </svg>
      <Legend slots={slots} />
      <Table slots={slots} now={now} />
    </figure>
  );
}

interface BarProps {
  slot: ActivitySlot;
  x: number;
  width: number;
  y: (calls: number) => number;
  now: number;
}

function Bar({ slot, x, width, y, now }: BarProps) {
  let below = 0;
  const parts = outcomes.map(({ key }) => {
    const part = { key, from: below, to: below + slot[key] };
    below = part.to;
    return part;
  });
  return (
    <g>
      <title>{words.slot(clockSince(slot.begins_at, now), slotWords(slot))}</title>
      {parts
        .filter(({ from, to }) => to > from)
        .map(({ key, from, to }) => (
          <g key={key} className={colours[key]}>
            <Fill outcome={key} x={x + 1} y={y(to)} width={width - 2} height={y(from) - y(to)} />
          </g>
        ))}
    </g>
  );
}

interface FillProps {
  outcome: Outcome;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One part of a bar: its colour is the one of the text around it. */
function Fill({ outcome, x, y, width, height }: FillProps) {
  const inner = outcome === "live" ? "currentColor" : outcome === "cached" ? "none" : `url(#calls-${outcome})`;
  return (
    <rect
      x={x + 0.5}
      y={y + 0.5}
      width={Math.max(1, width - 1)}
      height={Math.max(1, height - 1)}
      fill={inner}
      stroke="currentColor"
    />
  );
}

/** A pattern cannot take the colour of what it fills, so each has its own. */
function Patterns() {
  return (
    <defs>
      <pattern
        id="calls-refused"
        width={4}
        height={4}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
        className={colours.refused}
      >
        <rect width={1.5} height={4} fill="currentColor" />
      </pattern>
      <pattern id="calls-failed" width={4} height={4} patternUnits="userSpaceOnUse" className={colours.failed}>
        <path d="M0 0L4 4M4 0L0 4" stroke="currentColor" strokeWidth={1.2} />
      </pattern>
    </defs>
  );
}

function Legend({ slots }: { slots: readonly ActivitySlot[] }) {
  const sum = totals(slots);
  return (
    <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {outcomes.map(({ key, name, about }) => (
        <span key={key} className="flex items-center gap-1.5" title={about}>
          <svg width={12} height={12} aria-hidden className={colours[key]}>
            <Fill outcome={key} x={0} y={0} width={12} height={12} />
          </svg>
          <span className="font-medium">{number(sum[key])}</span>
          <span className="text-ink-2">{name}</span>
        </span>
      ))}
    </figcaption>
  );
}

function Table({ slots, now }: ActivityChartProps) {
  return (
    <table className="sr-only">
      <caption>{words.table}</caption>
      <thead>
        <tr>
          <th scope="col">{words.from}</th>
          {outcomes.map(({ key, name }) => (
            <th key={key} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {slots
          .filter((slot) => totalOf(slot) > 0)
          .map((slot) => (
            <tr key={slot.begins_at}>
              <th scope="row">{clockSince(slot.begins_at, now)}</th>
              {outcomes.map(({ key }) => (
                <td key={key}>{number(slot[key])}</td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}
