// Turns pages: each way on says what it costs, and costs nothing when the page is in the cache.
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";
import { violationsOf } from "../backend/failure";
import { Button } from "../shared/Button";
import { clock } from "../shared/time";
import { useNow } from "../shared/useNow";
import { priceWords } from "../shared/words";
import { lastPage, pageSizes, useAddress, usualPageSize } from "../shell/address";
import { useStatus } from "../shell/useStatus";
import { texts } from "../texts/texts";
import { pausedUntil } from "./pause";
import { useOutcome } from "./useSearch";
import type { SearchView } from "./useSearchView";

const words = texts.search.pager;

/** Apollo's wall: page × page size may not pass it. */
const wall = 50_000;

function lastPageOf(view: SearchView): number {
  const told = view.answer?.total_pages ?? lastPage;
  return Math.max(1, Math.min(told, lastPage, Math.floor(wall / view.question.pageSize)));
}

export function Pager({ view }: { view: SearchView }) {
  const [, setAddress] = useAddress();
  const page = view.question.page;
  const last = lastPageOf(view);
  const cost = useCost(view);
  const next = usePageInCache(view, page + 1, page < last && view.answer !== null);
  const previous = usePageInCache(view, page - 1, page > 1);
  const wrong = violationsOf(view.failure)
    .filter((one) => one.field === "page" || one.field === "page_size")
    .map((one) => one.message)
    .join(" ");
  if (view.blank) return null;
  const canNext = view.answer !== null && view.answer.source !== "empty" && page < last;
  return (
    <nav
      aria-label={words.title}
      className="flex h-10 shrink-0 items-center gap-2 border-t border-line px-3 text-sm max-md:px-2"
    >
      <Button
        off={page <= 1 || (cost.paused && !previous)}
        onClick={() => view.goToPage(page - 1, previous)}
        className="text-sm"
        data-testid="pager-previous"
      >
        <ChevronLeft size={14} aria-hidden />
        <TurnWords to={words.previous} price={page > 1 && !previous ? cost.words : ""} />
      </Button>
      <PageField key={page} page={page} last={last} view={view} />
      <Button
        off={!canNext || (cost.paused && !next)}
        onClick={() => view.goToPage(page + 1, next)}
        className="text-sm"
        data-testid="pager-next"
      >
        <TurnWords to={words.next} price={canNext && cost.words !== "" ? (next ? words.noCall : cost.words) : ""} />
        <ChevronRight size={14} aria-hidden />
      </Button>
      {wrong && (
        <span role="alert" className="truncate text-stop">
          {wrong}
        </span>
      )}
      <label className="ml-auto flex items-center gap-1.5 whitespace-nowrap text-ink-2">
        <span className="max-md:sr-only">{words.peopleAPage}</span>
        <select
          value={view.question.pageSize}
          onChange={(event) => void setAddress({ rows: sizeFrom(event.target.value), page: null, person: null })}
          className="h-7 rounded-md border border-line-strong bg-raised px-1 text-ink"
        >
          {pageSizes.map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </select>
      </label>
    </nav>
  );
}

/** In a narrow window the arrow stands for the words; the price stays. */
function TurnWords({ to, price }: { to: string; price: string }) {
  return (
    <span>
      <span className="max-md:sr-only">{price === "" ? to : `${to} · `}</span>
      {price}
    </span>
  );
}

function sizeFrom(text: string): (typeof pageSizes)[number] {
  return pageSizes.find((size) => String(size) === text) ?? usualPageSize;
}

function usePageInCache(view: SearchView, page: number, wanted: boolean): boolean {
  const outcome = useOutcome(view.workspace, { ...view.question, page }, wanted);
  return wanted && outcome.data?.answer != null;
}

/** What a page that is not in the cache costs, or from when on it can be had. */
function useCost(view: SearchView): { words: string; paused: boolean } {
  const status = useStatus(view.workspace).data ?? null;
  const now = useNow(status?.limiter.reset_at ?? null);
  const pause = pausedUntil(view.reason, status, now);
  if (pause !== null) return { words: words.callFrees(clock(pause, now)), paused: true };
  return { words: view.price ? priceWords(view.price) : "", paused: false };
}

/** The page number, to be typed over: Enter goes there. It costs what a page costs unless the cache has it. */
function PageField({ page, last, view }: { page: number; last: number; view: SearchView }) {
  const [text, setText] = useState(String(page));
  useEffect(() => setText(String(page)), [page]);
  const wanted = Number(text);
  const valid = Number.isInteger(wanted) && wanted >= 1 && wanted <= last;
  const other = valid && wanted !== page;
  const cached = usePageInCache(view, wanted, other);
  const cost = useCost(view);
  const off = cost.paused && !cached;
  return (
    <form
      className="flex items-center gap-1.5 text-ink-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (other && !off) view.goToPage(wanted, cached);
      }}
    >
      <label className="flex items-center gap-1.5">
        {words.page}
        <input
          value={text}
          inputMode="numeric"
          maxLength={3}
          aria-invalid={!valid}
          aria-describedby="page-hint"
          onChange={(event) => setText(event.target.value.trim())}
          onBlur={() => !other && setText(String(page))}
          onKeyDown={(event) => event.key === "Escape" && setText(String(page))}
          className="h-7 w-11 rounded-md border border-line-strong bg-raised px-1 text-center text-ink aria-invalid:border-stop"
        />
      </label>
      <span id="page-hint" className="whitespace-nowrap">
        {!valid ? words.range(last) : other ? "" : view.answer?.total_pages ? words.of(last) : ""}
      </span>
      {other && (
        <Button type="submit" off={off} className="text-sm">
          {[words.go, cached ? words.noCall : cost.words].filter((part) => part !== "").join(" · ")}
        </Button>
      )}
    </form>
  );
}
