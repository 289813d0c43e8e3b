import { expect, test } from "vitest";
import {
  addressIn,
  beside,
  closed,
  keptOf,
  moved,
  oneTab,
  opened,
  reopened,
  rewritten,
  shown,
  shownTab,
  stepped,
  type Tabs,
  tabsFrom,
  wentBy,
} from "./tabs";

const ids = (tabs: Tabs) => tabs.open.map(({ id }) => id);
const sight = (tabs: Tabs) => addressIn(shownTab(tabs));
const three = opened(opened(oneTab("a"), "b", false), "c", false);

test("back and forward belong to a tab, and another way makes forward end", () => {
  let tabs = stepped(stepped(oneTab("a"), 0, "b"), 0, "c");
  tabs = opened(tabs, "other", false);
  expect(sight(wentBy(tabs, 1, -1)), "a new tab has nowhere to go back to").toBe("other");
  tabs = wentBy(shown(tabs, 0), 0, -1);
  expect(sight(tabs)).toBe("b");
  expect(sight(wentBy(tabs, 0, 1))).toBe("c");
  tabs = stepped(tabs, 0, "d");
  expect(sight(wentBy(tabs, 0, 1))).toBe("d");
  expect(shownTab(tabs).steps).toEqual(["a", "b", "d"]);
});

test("what is there already is no step, and a step can be written over", () => {
  const tabs = rewritten(stepped(stepped(oneTab("a"), 0, "b"), 0, "b"), 0, "c");
  expect(shownTab(tabs).steps).toEqual(["a", "c"]);
});

test("a tab opens beside the one in sight, behind it or in its place", () => {
  expect(ids(three)).toEqual([0, 1, 2]);
  const behind = opened(shown(three, 0), "d", true);
  expect(ids(behind)).toEqual([0, 3, 1, 2]);
  expect(behind.shown).toBe(0);
});

test("closing shows the neighbour, the last one stays, and what was closed comes back where it was", () => {
  const two = closed(shown(three, 1), 1);
  expect([ids(two), two.shown]).toEqual([[0, 2], 2]);
  expect(closed(two, 2).shown).toBe(0);
  expect(closed(two, 0).shown, "one out of sight changes nothing in sight").toBe(2);
  expect(ids(closed(closed(two, 2), 0))).toEqual([0]);
  const back = reopened(two);
  expect([ids(back), sight(back)]).toEqual([[0, 1, 2], "b"]);
  expect(reopened(back)).toBe(back);
});

test("no number is given twice, so that nobody gets what was remembered of another tab", () => {
  expect(ids(opened(closed(three, 2), "d", false))).toEqual([0, 1, 3]);
});

test("the next one after the last is the first, and tabs are put anywhere", () => {
  expect([beside(three, 1), beside(three, -1), beside(shown(three, 0), -1)]).toEqual([0, 1, 2]);
  expect(ids(moved(three, 2, 0))).toEqual([2, 0, 1]);
  expect(ids(moved(three, 0, 1))).toEqual([1, 0, 2]);
  expect(ids(moved(three, 0, 9))).toEqual([1, 2, 0]);
});

test("tabs survive being stored, each with its newest steps", () => {
  const stored = (tabs: Tabs) => tabsFrom(JSON.parse(JSON.stringify(keptOf(tabs))), () => true);
  expect(stored(shown(three, 1))).toEqual(shown(three, 1));
  let long = oneTab("0");
  for (let step = 1; step < 200; step++) long = stepped(long, 0, String(step));
  const kept = stored(wentBy(long, 0, -1));
  expect(shownTab(kept ?? oneTab("")).steps.length).toBeLessThan(64);
  expect(sight(kept ?? oneTab(""))).toBe("198");
});

test("a tab that holds another workspace's step is not opened, nor what is none", () => {
  const own = (address: string) => address !== "b";
  expect(ids(tabsFrom(keptOf(three), own) ?? oneTab(""))).toEqual([0, 2]);
  expect(tabsFrom(keptOf(shown(three, 1)), own)?.shown).toBe(0);
  for (const broken of [null, 3, { open: [] }, { open: [{ id: 0, steps: ["a"], at: 4 }] }, { open: "x" }])
    expect(tabsFrom(broken, own)).toBeNull();
});
