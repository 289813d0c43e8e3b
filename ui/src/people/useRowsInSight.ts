// Which rows of the table are in sight, and where they stand: all are of one height, so that it is a division however many there are.
// The rows lie in a pane that stays where it is while the bar is moved; what is moved within it is drawn in the same moment, so that no
// part of it is ever blank. Where the bar goes further than anybody has read, the rows before stay until those there have come, which is
// a frame or two: names fly by, not grey bars.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { barLength, moved, offsetFor, type Place, placeAt, rowsAt, type Table } from "./barScroll";

/** So long, in ms, the rows before stay for those that were jumped to; then placeholders say that they are on their way. */
const patienceMs = 200;
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
  /** The first of as many rows that are waited for; -1 for none. */
  wanted: number;
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
  /** Whether a row has its person. */
  isThere: (row: number) => boolean;
  /** Told after each move of the user's how many rows lie before what is in sight. */
  onMoved: (rows: number) => void;
}

export function useRowsInSight({ scroller, pane, count, rowHeight, kept, isThere, onMoved }: Sight): RowsInSight {
  const place = useRef<Place>({ bar: 0, offset: 0 });
  /** The first pixel that is drawn: that of the place, unless its rows are waited for. */
  const shown = useRef(0);
  /** The pixel that is waited for, and the end of that. */
  const waiting = useRef<{ offset: number; ends: ReturnType<typeof setTimeout> } | null>(null);
  const drawnFrom = useRef(0);
  const drawn = useRef("");
  const [, draw] = useReducer((times: number) => times + 1, 0);
  const latest = useRef({ count, rowHeight, isThere, onMoved });
  latest.current = { count, rowHeight, isThere, onMoved };

  /** Of what scrolls, in px. Not asked of it when rows come: it would lay out all of them once more. */
  const height = useRef(0);
  const table = useCallback((): Table => {
    const { count, rowHeight } = latest.current;
    return { rows: count * rowHeight, view: under(rowHeight, height.current) };
  }, []);

  const lay = useCallback(() => {
    if (pane.current) pane.current.style.transform = `translateY(${drawnFrom.current - shown.current}px)`;
  }, [pane]);

  /** Shows the rows from this pixel on, whether they are there or not. */
  const show = useCallback(
    (offset: number, atOnce: boolean) => {
      if (waiting.current) clearTimeout(waiting.current.ends);
      waiting.current = null;
      shown.current = offset;
      lay();
      if (rowsAt(offset, latest.current.rowHeight, table()).join() === drawn.current) return;
      if (atOnce) flushSync(draw);
      else draw();
    },
    [lay, table],
  );

  /** Whether the rows from this pixel on can be shown without a wait: they are there, or go on from those that are shown. */
  const isNear = useCallback(
    (offset: number): boolean => {
      const here = table();
      if (Math.abs(offset - shown.current) < here.view) return true;
      return rowsAt(offset, latest.current.rowHeight, here).every((row) => latest.current.isThere(row));
    },
    [table],
  );

  const wait = useCallback(() => {
    // Whatever the bar has come to by then is what is shown.
    const ends = setTimeout(() => show(place.current.offset, true), patienceMs);
    waiting.current = { offset: place.current.offset, ends };
    draw();
  }, [show]);

  const go = useCallback(
    (next: Place, moving: boolean) => {
      const element = scroller.current;
      if (!element) return;
      const bar = next.bar === place.current.bar ? next.bar : putBar(element, next.bar);
      place.current = { bar, offset: next.offset };
      if (!moving || isNear(next.offset)) show(next.offset, moving);
      else if (waiting.current === null) wait();
    },
    [scroller, isNear, show, wait],
  );

  const [drawnHeight, setDrawnHeight] = useState(0);
  const view = under(rowHeight, drawnHeight);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => {
      height.current = element.clientHeight;
      setDrawnHeight(height.current);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(resting);
      resting = setTimeout(() => {
        // A bar that stands elsewhere was moved since, which is only not told yet.
        if (element.scrollTop === place.current.bar) go(placeAt(place.current.offset, table()), true);
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

  const from = Math.floor(shown.current / stride) * stride;
  const [first, last] = rowsAt(shown.current, rowHeight, { rows: count * rowHeight, view });
  useLayoutEffect(() => {
    drawnFrom.current = from;
    drawn.current = [first, last].join();
    lay();
    // What was waited for has come. Where the bar has gone on since, the rows there are waited for in their turn.
    const awaited = waiting.current?.offset;
    if (awaited === undefined || !isNear(awaited)) return;
    show(awaited, false);
    if (isNear(place.current.offset)) show(place.current.offset, false);
    else wait();
  });
  useEffect(() => () => clearTimeout(waiting.current?.ends), []);

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
    wanted: waiting.current === null ? -1 : Math.floor(waiting.current.offset / rowHeight),
    length: barLength({ rows: count * rowHeight }),
    view: Math.min(view, count * rowHeight),
    reveal,
    scrollTo,
  };
}

/** What of that height is left for rows: the head stands over them. */
function under(head: number, height: number): number {
  return Math.max(0, height - head);
}

/** Moves the bar; tells where it is then, as the element has it: it may know only whole pixels. */
function putBar(element: HTMLElement, bar: number): number {
  if (element.scrollTop !== bar) element.scrollTop = bar;
  return element.scrollTop;
}

/** The rows in sight, some on either side of them, and the one that is kept, in order. */
function drawnRows(first: number, last: number, count: number, kept: number): number[] {
  const from = Math.max(0, first - beyond);
  const rows = Array.from({ length: Math.min(count - 1, last + beyond) - from + 1 }, (_, at) => from + at);
  if (kept < 0 || kept >= count || rows.includes(kept)) return rows;
  return kept < from ? [kept, ...rows] : [...rows, kept];
}
