import { expect, test } from "vitest";
import { deedsOf, lastUndoable, note, undoBackTo, undoDeed } from "./deeds";

const titles = (workspace: string) => deedsOf(workspace).map(({ title }) => title);

test("the newest stands first, and a workspace has its own", () => {
  note("a", { title: "one" });
  note("b", { title: "other" });
  note("a", { title: "two", detail: "2 people" }, 7);
  expect(titles("a")).toEqual(["two", "one"]);
  expect(titles("b")).toEqual(["other"]);
  expect(deedsOf("a")[0]).toMatchObject({ at: 7, detail: "2 people", undone: false });
});

test("what was done is undone once", () => {
  let undone = 0;
  const id = note("c", { title: "hidden", undo: () => undone++ });
  expect([undoDeed("c", id), undoDeed("c", id), undone]).toEqual([true, false, 1]);
  expect(deedsOf("c")[0]).toMatchObject({ undone: true, undo: null });
  expect(undoDeed("c", note("c", { title: "searched" })), "there is no way back").toBe(false);
});

test("all that was done since is undone, the newest first", () => {
  const order: string[] = [];
  const deed = (title: string) => note("d", { title, undo: () => order.push(title) });
  deed("before");
  const from = deed("first");
  note("d", { title: "searched" });
  deed("second");
  undoBackTo("d", from);
  expect(order).toEqual(["second", "first"]);
  expect(lastUndoable(deedsOf("d"))?.title).toBe("before");
});

test("what undoing does is noted, and not undone along with the rest", () => {
  const from = note("e", {
    title: "deleted",
    undo: () => note("e", { title: "is back", undo: () => note("e", { title: "gone again" }) }),
  });
  undoBackTo("e", from);
  expect(titles("e")).toEqual(["is back", "deleted"]);
});

test("the oldest make way", () => {
  for (let n = 0; n < 510; n++) note("f", { title: String(n) });
  expect(deedsOf("f")).toHaveLength(500);
  expect(titles("f")[0]).toBe("509");
});
