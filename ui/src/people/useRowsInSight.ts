// Which rows of the table are in sight, and where they stand: all are of one height, so that it is a division however many there are. The rows lie in a pane that stays where it is while the bar is moved;
// what is moved within it is drawn in the same moment, so that no part of it is ever blank.
import { type RefObject, useCallback, useLayoutEffect, useReducer, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { barLength, moved, offsetFor, type Place, placeAt, rowsAt, type Table } from "./barScroll";

/** After this long without a move the bar is put where it belongs. */
const restMs = 150;
/** So many rows are drawn on either side of those in sight. */
const beyond = 6;
/** Rows are placed from the last multiple of this, in px, so that no number is too large to be exact for what draws them. */
const stride = 100_000;

interface RowsInSight {
  /** The rows to draw, and the px in the pane at which each stands. */
  rows: { index: number; top: number }[];
  first: number;
  last: number;
  /** What the scroll bar is as long as, in px. */
  length: number;
  /** The height of the pane, in px. */
  view: number;
  /** Moves the rows by as little as it takes to see this one. */
  reveal: (row: number) => void;
  /** Shows this many rows, or parts of one, from the first. */
  scrollTo: (rows: number) => void;
}

interface Sight {
  scroller: RefObject<HTMLElement | null>;
  pane: RefObject<HTMLElement | null>;
  count: number;
  rowHeight: number;
  /** The row that stays drawn wherever one scrolls, since it has the focus; -1 for none. */
  kept: number;
  /** Told after each move of the user's how many rows lie before what is in sight. */
  onMoved: (rows: number) => void;
}

export function useRowsInSight({ scroller, pane, count, rowHeight, kept, onMoved }: Sight): RowsInSight {
  const place = useRef<Place>({ bar: 0, offset: 0 });
  const drawnFrom = useRef(0);
  const drawn = useRef("");
  const [, draw] = useReducer((times: number) => times + 1, 0);
  const latest = useRef({ count, rowHeight, onMoved });
  latest.current = { count, rowHeight, onMoved };

  const table = useCallback((): Table => {
    const { count, rowHeight } = latest.current;
    // The head stands over the pane.
    return { rows: count * rowHeight, view: Math.max(0, (scroller.current?.clientHeight ?? 0) - rowHeight) };
  }, [scroller]);

  const lay = useCallback(() => {
    if (pane.current) pane.current.style.transform = `translateY(${drawnFrom.current - place.current.offset}px)`;
  }, [pane]);

  const go = useCallback(
    (next: Place, moving: boolean) => {
      const element = scroller.current;
      if (!element) return;
      if (element.scrollTop !== next.bar) element.scrollTop = next.bar;
      // As the element has it: it may know only whole pixels.
      place.current = { bar: element.scrollTop, offset: next.offset };
      lay();
      if (rowsAt(next.offset, latest.current.rowHeight, table()).join() === drawn.current) return;
      if (moving) flushSync(draw);
      else draw();
    },
    [scroller, lay, table],
  );

  const [view, setView] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => setView(table().view);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, table]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(resting);
      resting = setTimeout(() => {
        // A bar that stands elsewhere was moved since, which is only not told yet.
        if (element.scrollTop === place.current.bar) go(placeAt(place.current.offset, table()), false);
      }, restMs);
      if (element.scrollTop === place.current.bar) return;
      go(moved(place.current, element.scrollTop, table()), true);
      latest.current.onMoved(place.current.offset / latest.current.rowHeight);
    };
    element.addEventListener("scroll", heard, { passive: true });
    return () => {
      clearTimeout(resting);
      element.removeEventListener("scroll", heard);
    };
  }, [scroller, go, table]);

  const heightBefore = useRef(rowHeight);
  useLayoutEffect(() => {
    const rows = place.current.offset / heightBefore.current;
    heightBefore.current = rowHeight;
    go(placeAt(rows * rowHeight, { ...table(), rows: count * rowHeight }), false);
  }, [count, rowHeight, go, table]);

  const from = Math.floor(place.current.offset / stride) * stride;
  const [first, last] = rowsAt(place.current.offset, rowHeight, { rows: count * rowHeight, view });
  useLayoutEffect(() => {
    drawnFrom.current = from;
    drawn.current = [first, last].join();
    lay();
  });

  const reveal = useCallback(
    (row: number) => {
      const { rowHeight } = latest.current;
      const here = table();
      const offset = offsetFor(row, rowHeight, place.current.offset, here.view);
      if (offset === place.current.offset) return;
      go(placeAt(offset, here), false);
      latest.current.onMoved(offset / rowHeight);
    },
    [go, table],
  );
  const scrollTo = useCallback(
    (rows: number) => go(placeAt(rows * latest.current.rowHeight, table()), false),
    [go, table],
  );

  return {
    rows: drawnRows(first, last, count, kept).map((index) => {
      // A row that is only kept stands just above: far away it would be out of exact numbers.
      const far = index < first - 50 || index > last + 50;
      return { index, top: (far ? (first - 2) * rowHeight : index * rowHeight) - from };
    }),
    first,
    last,
    length: barLength({ rows: count * rowHeight }),
    view: Math.min(view, count * rowHeight),
    reveal,
    scrollTo,
  };
}

/** The rows in sight, some on either side of them, and the one that is kept, in order. */
function drawnRows(first: number, last: number, count: number, kept: number): number[] {
  const from = Math.max(0, first - beyond);
  const rows = Array.from({ length: Math.min(count - 1, last + beyond) - from + 1 }, (_, at) => from + at);
  if (kept < 0 || kept >= count || rows.includes(kept)) return rows;
  return kept < from ? [kept, ...rows] : [...rows, kept];
}
