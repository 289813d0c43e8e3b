// Turns pages: each way on says what it costs, and costs nothing when the page is in the cache.
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";
import { violationsOf } from "../backend/failure";
import { Button } from "../shared/Button";
import { number, priceWords } from "../shared/words";
import { lastPage, pageSizes, useAddress, usualPageSize } from "../shell/address";
import { useOutcome } from "./useSearch";
import type { SearchView } from "./useSearchView";

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
  const price = view.price ? priceWords(view.price) : "";
  const next = usePageInCache(view, page + 1, page < last && view.answer !== null);
  const previous = usePageInCache(view, page - 1, page > 1);
  const words = violationsOf(view.failure)
    .filter((one) => one.field === "page" || one.field === "page_size")
    .map((one) => one.message)
    .join(" ");
  if (view.blank) return null;
  const canNext = view.answer !== null && view.answer.source !== "empty" && page < last;
  return (
    <nav aria-label="Pages" className="flex h-10 shrink-0 items-center gap-2 border-t border-line px-3 text-sm">
      <Button
        off={page <= 1}
        onClick={() => view.goToPage(page - 1, previous)}
        className="text-sm"
        data-testid="pager-previous"
      >
        <ChevronLeft size={14} aria-hidden />
        Previous{page > 1 && !previous && price !== "" ? ` · ${price}` : ""}
      </Button>
      <PageField key={page} page={page} last={last} view={view} />
      <Button off={!canNext} onClick={() => view.goToPage(page + 1, next)} className="text-sm" data-testid="pager-next">
        Next{canNext && price !== "" ? ` · ${next ? "no call" : price}` : ""}
        <ChevronRight size={14} aria-hidden />
      </Button>
      {words && (
        <span role="alert" className="truncate text-stop">
          {words}
        </span>
      )}
      <label className="ml-auto flex items-center gap-1.5 text-ink-2">
        People a page
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

function sizeFrom(text: string): (typeof pageSizes)[number] {
  return pageSizes.find((size) => String(size) === text) ?? usualPageSize;
}

function usePageInCache(view: SearchView, page: number, wanted: boolean): boolean {
  const outcome = useOutcome(view.workspace, { ...view.question, page }, wanted);
  return wanted && outcome.data?.answer != null;
}

/** The page number, to be typed over: Enter goes there. It costs what a page costs unless the cache has it. */
function PageField({ page, last, view }: { page: number; last: number; view: SearchView }) {
  const [text, setText] = useState(String(page));
  useEffect(() => setText(String(page)), [page]);
  const wanted = Number(text);
  const valid = Number.isInteger(wanted) && wanted >= 1 && wanted <= last;
  const other = valid && wanted !== page;
  const cached = usePageInCache(view, wanted, other);
  const price = view.price ? priceWords(view.price) : "";
  return (
    <form
      className="flex items-center gap-1.5 text-ink-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (other) view.goToPage(wanted, cached);
      }}
    >
      <label className="flex items-center gap-1.5">
        page
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
        {!valid ? `1 to ${number(last)}` : other ? "" : view.answer?.total_pages ? `of ${number(last)}` : ""}
      </span>
      {other && (
        <Button type="submit" className="text-sm">
          Go{cached ? " · no call" : price && ` · ${price}`}
        </Button>
      )}
    </form>
  );
}
