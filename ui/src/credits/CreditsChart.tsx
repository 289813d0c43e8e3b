// Credits by day or by month: what was charged is filled, what may have been is hatched on top of it. The numbers are in the tables
// below, so the picture only needs a sentence for those who do not see it.
import type { UsageSpan } from "../backend/types";
import { amount } from "../shared/number";
import { texts } from "../texts/texts";
import { chartSentence, scaleTop, shortSpan, spanWords, sumWords } from "./creditsWords";

const words = texts.credits.chart;

const width = 672;
const height = 160;
const left = 40;
const bottom = 18;
const top = 20;
const room = { width: width - left, height: height - bottom - top };

/** Names under the bars that stand apart from each other. */
const mostNames = 6;

export function CreditsChart({ spans, name }: { spans: readonly UsageSpan[]; name: string }) {
  const most = scaleTop(spans);
  const step = room.width / Math.max(1, spans.length);
  const every = Math.ceil(spans.length / mostNames);
  const y = (credits: number) => top + room.height * (1 - credits / most);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={chartSentence(spans, name)}
      className="w-full text-ink-3"
    >
      <defs>
        <pattern id="credits-unknown" width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1={0} x2={0} y1={0} y2={5} className="stroke-caution" strokeWidth={3} />
        </pattern>
      </defs>
      <text x={left - 6} y={10} textAnchor="end" fontSize={10} fill="currentColor">
        {words.unit}
      </text>
      {[0, most / 2, most].map((credits) => (
        <g key={credits}>
          <line x1={left} x2={width} y1={y(credits)} y2={y(credits)} className="stroke-line" />
          <text x={left - 6} y={y(credits) + 3.5} textAnchor="end" fontSize={10} fill="currentColor">
            {amount(credits)}
          </text>
        </g>
      ))}
      {spans.map((span, at) => (
        <g key={span.span}>
          <title>{words.bar(spanWords(span.span), sumWords(span))}</title>
          <Bar span={span} x={left + at * step} width={step} y={y} />
          {(spans.length - 1 - at) % every === 0 && (
            <text
              x={left + (at + 0.5) * step}
              y={height - 4}
              textAnchor={at === spans.length - 1 && spans.length > mostNames ? "end" : "middle"}
              fontSize={10}
              fill="currentColor"
            >
              {shortSpan(span.span)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

interface BarProps {
  span: UsageSpan;
  x: number;
  width: number;
  y: (credits: number) => number;
}

function Bar({ span: { charged, unknown }, x, width, y }: BarProps) {
  const gap = Math.min(4, width / 5);
  const place = { x: x + gap, width: width - 2 * gap };
  return (
    <>
      {/* The whole height answers to the mouse, however low the bar is. */}
      <rect {...place} y={top} height={room.height} fill="transparent" />
      {charged > 0 && <rect {...place} y={y(charged)} height={y(0) - y(charged)} className="fill-accent" />}
      {unknown > 0 && (
        <rect
          {...place}
          y={y(charged + unknown)}
          height={y(charged) - y(charged + unknown)}
          fill="url(#credits-unknown)"
          className="stroke-caution"
        />
      )}
    </>
  );
}
