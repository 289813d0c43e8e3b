import { expect, test } from "vitest";
import { resizeColumn, usualLayout } from "../people/layout";
import { readAddress, writeAddress } from "./address";
import { keptIn, tableOf, viewText } from "./viewText";

const address = readAddress(new URLSearchParams("?w=1&title=VP+Sales&sort=company,-name"));

test("address, layouts, tables and tabs are kept in one text, and each is read from it", () => {
  const kept = {
    layouts: { "starter Sales & more": resizeColumn(usualLayout, "name", 200, { title: 90 }) },
    left: [["table", 41.5, null, { kind: "only", ids: ["a"] }]],
    tabs: { open: [{ id: 0, steps: ["?w=1", "?w=1&find=keil"], at: 1 }], shown: 0, made: 1 },
  };
  const text = viewText(writeAddress(address), kept);
  expect(readAddress(new URLSearchParams(text))).toEqual(address);
  expect(keptIn(text)).toEqual(kept);
});

test("a text of before, or a broken one, keeps the address and nothing else", () => {
  for (const text of ["?w=1", "?w=1&kept={broken", '?kept={"layouts":null}', null])
    expect(keptIn(text)).toMatchObject({ layouts: {} });
});

test("each persona has a table of its own, and everyone's is one", () => {
  expect(tableOf({ show: "page", persona: "p1", starter: null })).toBe("p1");
  expect(tableOf({ show: "fetched", persona: "p1", starter: null })).toBe("p1");
  expect(tableOf({ show: "page", persona: null, starter: "CFOs" })).toBe("starter CFOs");
  expect(tableOf({ show: "everyone", persona: "p1", starter: null })).toBe("everyone");
});
