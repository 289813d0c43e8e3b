import { expect, test } from "vitest";
import type { Backend } from "../backend/backend";
import { openingTabs } from "./opening";
import { keptOf, oneTab, opened, stepped, type Tabs, wentBy } from "./tabs";
import { viewText } from "./viewText";

const workspaces = ["a", "b"].map((id) => ({ id, name: id, sample: false }));
const newer = { code: "newer_file", message: "Made by a newer Foray." };

function backend(change: Partial<Record<keyof Backend, unknown>>): Backend {
  return {
    workspacesList: async () => workspaces,
    lastWorkspaceLoad: async () => "b",
    viewLoad: async () => "?w=b&page=3",
    starterPersonas: async () => [],
    ...change,
  } as unknown as Backend;
}

const left = (tabs: Tabs) => ({
  viewLoad: async () => viewText("?w=b", { layouts: {}, left: [], tabs: keptOf(tabs) }),
});

test("it opens where the last workspace was left", async () => {
  expect(await openingTabs(backend({}), "")).toEqual({ workspace: "b", tabs: oneTab("?w=b&page=3") });
});

test("a workspace whose files a newer Foray made opens at its first address, so that the others can be reached", async () => {
  const viewLoad = async () => Promise.reject(newer);
  expect(await openingTabs(backend({ viewLoad }), "")).toEqual({ workspace: "b", tabs: oneTab("?w=b") });
});

test("without the list of workspaces there is nothing to open", async () => {
  const workspacesList = async () => Promise.reject(newer);
  await expect(openingTabs(backend({ workspacesList }), "")).rejects.toBe(newer);
});

test("its tabs are there again, each with its steps, but none that holds another workspace's", async () => {
  const own = opened(wentBy(stepped(oneTab("?w=b&page=2"), 0, "?w=b&page=3"), 0, -1), "?w=b&show=everyone", true);
  expect((await openingTabs(backend(left(own)), "")).tabs).toEqual(own);
  const foreign = opened(own, "?w=a", false);
  expect((await openingTabs(backend(left(foreign)), "")).tabs.open).toEqual(own.open);
});

test("an address of another workspace is nothing to open at, whoever stored it here", async () => {
  const viewLoad = async () => "?w=a&title=Secretproject+Zebra&kept=%7B%22steps%22%3A%5B%22%3Fw%3Da%22%5D%7D";
  expect(await openingTabs(backend({ viewLoad }), "")).toEqual({ workspace: "b", tabs: oneTab("?w=b") });
});

test("a reload has its tabs, and the address at hand in the one in sight", async () => {
  const own = opened(oneTab("?w=b&page=2"), "?w=b&page=3", false);
  const { workspace, tabs } = await openingTabs(backend(left(own)), "?w=b&page=4");
  expect([workspace, tabs.open.map(({ steps }) => steps)]).toEqual(["b", [["?w=b&page=2"], ["?w=b&page=4"]]]);
});
