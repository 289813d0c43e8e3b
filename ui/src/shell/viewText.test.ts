import { expect, test } from "vitest";
import { resizeColumn, usualLayout } from "../people/layout";
import { readAddress } from "./address";
import { layoutsIn, tableOf, viewText } from "./viewText";

const address = readAddress(new URLSearchParams("?w=1&title=VP+Sales&sort=company,-name"));

test("address and layouts are kept in one text, and each is read from it", () => {
  const layouts = { "starter Sales & more": resizeColumn(usualLayout, "name", 200, { title: 90 }) };
  const text = viewText(address, layouts);
  expect(readAddress(new URLSearchParams(text))).toEqual(address);
  expect(layoutsIn(text)).toEqual(layouts);
  expect(layoutsIn(viewText(address, {}))).toEqual({});
  expect(layoutsIn("?w=1&tables={broken")).toEqual({});
  expect(layoutsIn(null)).toEqual({});
});

test("each persona has a table of its own, and everyone's is one", () => {
  expect(tableOf({ show: "page", persona: "p1", starter: null })).toBe("p1");
  expect(tableOf({ show: "fetched", persona: "p1", starter: null })).toBe("p1");
  expect(tableOf({ show: "page", persona: null, starter: "CFOs" })).toBe("starter CFOs");
  expect(tableOf({ show: "everyone", persona: "p1", starter: null })).toBe("everyone");
});
