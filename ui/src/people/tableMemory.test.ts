import { expect, test } from "vitest";
import type { PeopleView } from "../backend/types";
import { allSelected, toggled } from "./selection";
import { keptTables, leftAt, remember, restoreTables, tableKey } from "./tableMemory";

const everyone: PeopleView = { set: { kind: "everybody" }, text: "", facets: [], sort: [] };
const inTab = (workspace: string, tab = 0) => ({ workspace, tab });
const cell = { id: "a", row: 3, column: 2 };

test("a table is the same one in whatever order, and another one with other words", () => {
  const sorted: PeopleView = { ...everyone, sort: [{ column: "name", descending: false }] };
  expect(tableKey(inTab("w"), sorted)).toBe(tableKey(inTab("w"), everyone));
  expect(tableKey(inTab("w"), { ...everyone, text: "keil" })).not.toBe(tableKey(inTab("w"), everyone));
  expect(tableKey(inTab("w", 1), everyone), "in another tab").not.toBe(tableKey(inTab("w"), everyone));
  expect(tableKey(inTab("v"), everyone)).not.toBe(tableKey(inTab("w"), everyone));
});

test("what is remembered of a table is added to what was, and survives being stored", () => {
  const table = tableKey(inTab("w"), everyone);
  remember(table, { rows: 41.5 });
  remember(table, { cell });
  remember(table, { selection: toggled(allSelected, "b") });
  remember(tableKey(inTab("v"), everyone), { rows: 7 });
  const stored = JSON.parse(JSON.stringify(keptTables("w")));
  expect(stored).toHaveLength(1);
  remember(table, { rows: 0, cell: null, selection: allSelected });
  restoreTables("w", stored);
  expect(leftAt(table).rows, "what is newer stays").toBe(0);
  const other = JSON.parse(JSON.stringify(stored).replaceAll("everybody", "everybody!"));
  restoreTables("v", other);
  expect(leftAt(other[0][0]).rows, "what another workspace's file holds of it").toBe(0);
  restoreTables("w", [...other, ["nonsense"], null, 3].filter(Array.isArray));
  expect(leftAt(other[0][0])).toEqual({ rows: 41.5, cell, selection: toggled(allSelected, "b") });
});

test("a selection too long to be stored is not, and no more than the newest tables are", () => {
  for (let n = 0; n < 30; n++) remember(tableKey(inTab("x"), { ...everyone, text: String(n) }), { rows: n });
  expect(keptTables("x")).toHaveLength(20);
  const many = { kind: "only" as const, ids: new Set(Array.from({ length: 2_001 }, (_, at) => String(at))) };
  remember(tableKey(inTab("y"), everyone), { selection: many });
  expect(keptTables("y")[0]?.[3].ids).toEqual([]);
});
