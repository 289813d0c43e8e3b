import { expect, test } from "vitest";
import type { Backend } from "../backend/backend";
import { openingSteps } from "./opening";

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

test("it opens where the last workspace was left", async () => {
  expect(await openingSteps(backend({}), "")).toEqual({ addresses: ["?w=b&page=3"], at: 0 });
});

test("a workspace whose files a newer Foray made opens at its first address, so that the others can be reached", async () => {
  const viewLoad = async () => Promise.reject(newer);
  expect(await openingSteps(backend({ viewLoad }), "")).toEqual({ addresses: ["?w=b"], at: 0 });
});

test("without the list of workspaces there is nothing to open", async () => {
  const workspacesList = async () => Promise.reject(newer);
  await expect(openingSteps(backend({ workspacesList }), "")).rejects.toBe(newer);
});

test("back and forward are there again, unless a step leads into a workspace that is gone", async () => {
  const left = (w: string) => async () =>
    `?w=b&page=3&kept=${encodeURIComponent(JSON.stringify({ steps: { addresses: [`?w=${w}`, "?w=b", "?w=a"], at: 1 } }))}`;
  expect(await openingSteps(backend({ viewLoad: left("a") }), "")).toEqual({
    addresses: ["?w=a", "?w=b&page=3", "?w=a"],
    at: 1,
  });
  expect(await openingSteps(backend({ viewLoad: left("gone") }), "")).toEqual({ addresses: ["?w=b&page=3"], at: 0 });
  expect(await openingSteps(backend({ viewLoad: left("a") }), "?w=a&page=2")).toEqual({
    addresses: ["?w=a&page=2"],
    at: 0,
  });
});
