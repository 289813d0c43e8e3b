import { expect, test } from "vitest";
import { columnIds, layoutFrom, moveColumn, resizeColumn, toggleColumn, togglePin, usualLayout } from "./layout";

const measured = { name: 120, title: 200, company: 150 };

test("a column that is moved stands where the other one stood", () => {
  const right = moveColumn(usualLayout, columnIds, "name", "company");
  expect(right.order?.slice(0, 4)).toEqual(["title", "company", "name", "place"]);
  expect(moveColumn(right, columnIds, "name", "title").order?.slice(0, 3)).toEqual(["name", "title", "company"]);
});

test("a hidden column comes back, and the last one cannot be hidden", () => {
  const hidden = toggleColumn(usualLayout, "title");
  expect(hidden.hidden).toEqual(["title"]);
  expect(toggleColumn(hidden, "title")).toEqual(usualLayout);
  expect(columnIds.reduce(toggleColumn, usualLayout).hidden).not.toContain("linkedin");
});

test("pinned columns stand in the order in which they were pinned, and know their widths", () => {
  const pinned = togglePin(togglePin(usualLayout, "company", measured), "name", measured);
  expect(pinned.pinned).toEqual(["company", "name"]);
  expect(pinned.widths).toEqual(measured);
  expect(moveColumn(pinned, columnIds, "name", "title"), "a pinned one stays with the pinned").toBe(pinned);
  expect(moveColumn(pinned, columnIds, "name", "company").pinned).toEqual(["name", "company"]);
  expect(togglePin(pinned, "company", measured).pinned).toEqual(["name"]);
});

test("a column is as wide as it was made, within what is of use, and no other gives way", () => {
  expect(resizeColumn(usualLayout, "title", 260.4, measured).widths).toEqual({ ...measured, title: 260 });
  expect(resizeColumn(usualLayout, "title", 2, measured).widths.title).toBe(64);
  expect(resizeColumn(usualLayout, "title", 9_000, measured).widths.title).toBe(800);
});

test("what is stored is read again, without what is no column", () => {
  const layout = togglePin(moveColumn(usualLayout, columnIds, "email", "title"), "name", measured);
  expect(layoutFrom(JSON.parse(JSON.stringify(layout)))).toEqual(layout);
  expect(layoutFrom({ order: ["email", "shoe size", "email"], widths: { name: "wide", title: 5, phone: 90 } })).toEqual(
    {
      ...usualLayout,
      order: ["email", ...columnIds.filter((id) => id !== "email")],
      widths: { phone: 90 },
    },
  );
  expect(layoutFrom(null)).toEqual(usualLayout);
});
