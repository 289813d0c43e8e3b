import { expect, test } from "vitest";
import { allSelected, isSelected, noneSelected, pickedOf, selectedCount, toggled, withIds } from "./selection";

test("people are picked one by one and let go again", () => {
  const two = toggled(toggled(noneSelected, "a"), "b");
  expect(pickedOf(two)).toEqual({ kind: "only", ids: ["a", "b"] });
  expect([isSelected(two, "a"), isSelected(two, "c")]).toEqual([true, false]);
  expect(pickedOf(toggled(two, "a"))).toEqual({ kind: "only", ids: ["b"] });
  expect(selectedCount(two, 1_000)).toBe(2);
});

test("all are picked as a rule, less those who are let go", () => {
  const butOne = toggled(allSelected, "a");
  expect(pickedOf(butOne)).toEqual({ kind: "all_but", ids: ["a"] });
  expect([isSelected(butOne, "a"), isSelected(butOne, "b")]).toEqual([false, true]);
  expect(selectedCount(butOne, 4_212)).toBe(4_211);
  expect(pickedOf(toggled(butOne, "a"))).toEqual({ kind: "all_but", ids: [] });
});

test("a range is picked whatever was picked of it, and let go whole", () => {
  const three = withIds(toggled(noneSelected, "b"), ["a", "b", "c"]);
  expect([...three.ids].sort()).toEqual(["a", "b", "c"]);
  expect(withIds(three, ["a", "b", "c"], false).ids.size).toBe(0);
  expect(pickedOf(withIds(allSelected, ["a"], false))).toEqual({ kind: "all_but", ids: ["a"] });
});
