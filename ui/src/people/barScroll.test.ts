import { expect, test } from "vitest";
import { barLength, longestBar, moved, offsetFor, placeAt, rowsAt, type Table } from "./barScroll";

const short: Table = { rows: 500 * 32, view: 600 };
const rowHeights = [28, 32, 40];
const long = (rowHeight: number): Table => ({ rows: 1_000_000 * rowHeight, view: 600 });

test("the bar of a short table is as long as its rows, and moves them pixel by pixel", () => {
  expect(barLength(short)).toBe(16_000);
  expect(moved({ bar: 0, offset: 0 }, 9_000, short)).toEqual({ bar: 9_000, offset: 9_000 });
  expect(placeAt(9_000, short)).toEqual({ bar: 9_000, offset: 9_000 });
});

test.each(rowHeights)("a million rows of %i px fit under what WebKit clips, twice enlarged", (rowHeight) => {
  expect(barLength(long(rowHeight)) * 2 * 2).toBeLessThan(33_554_428);
});

test.each(rowHeights)("the thumb at the end shows the last of a million rows of %i px", (rowHeight) => {
  const table = long(rowHeight);
  const end = moved({ bar: 0, offset: 0 }, longestBar - table.view, table);
  expect(end.offset).toBe(table.rows - table.view);
  expect(moved(end, 0, table).offset).toBe(0);
});

test.each(rowHeights)("a wheel moves rows of %i px by its own pixels wherever it is turned", (rowHeight) => {
  const table = long(rowHeight);
  let place = placeAt(0.4 * table.rows, table);
  for (const by of [100, 100, -53, 240]) {
    const next = moved(place, place.bar + by, table);
    expect(next.offset - place.offset).toBe(by);
    place = next;
  }
});

test("a wheel turned without a pause comes to the last row, and back to the first", () => {
  const table = long(40);
  const last = table.rows - table.view;
  let place = placeAt(last - 50_000, table);
  for (let turn = 0; turn < 400; turn++)
    place = moved(place, Math.min(longestBar - table.view, place.bar + 300), table);
  expect(place).toEqual({ bar: longestBar - table.view, offset: last });
  place = placeAt(50_000, table);
  for (let turn = 0; turn < 400; turn++) place = moved(place, Math.max(0, place.bar - 300), table);
  expect(place).toEqual({ bar: 0, offset: 0 });
});

test("putting the bar where it belongs moves no row", () => {
  const table = long(32);
  let place = placeAt(12_345_678, table);
  for (let turn = 0; turn < 50; turn++) place = moved(place, place.bar + 120, table);
  expect(placeAt(place.offset, table).offset).toBe(place.offset);
});

test("fewer rows than fit leave nothing to scroll", () => {
  const table = { rows: 96, view: 600 };
  expect(placeAt(50, table)).toEqual({ bar: 0, offset: 0 });
  expect(moved({ bar: 0, offset: 0 }, 10, table).offset).toBe(0);
});

test("a row is brought into sight by as little as possible", () => {
  expect(offsetFor(10, 32, 100, 600)).toBe(100);
  expect(offsetFor(2, 32, 100, 600)).toBe(64);
  expect(offsetFor(30, 32, 100, 600)).toBe(31 * 32 - 600);
});

test("rows of which a pixel is in sight are drawn, at both ends of a million and of none", () => {
  const table = long(32);
  expect(rowsAt(0, 32, table)).toEqual([0, 18]);
  expect(rowsAt(31, 32, table)).toEqual([0, 19]);
  expect(rowsAt(32, 32, table)).toEqual([1, 19]);
  expect(rowsAt(table.rows - table.view, 32, table)).toEqual([999_981, 999_999]);
  expect(rowsAt(0, 32, { rows: 96, view: 600 })).toEqual([0, 2]);
  expect(rowsAt(0, 32, { rows: 0, view: 600 })).toEqual([0, 0]);
});
