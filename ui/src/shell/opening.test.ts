import { expect, test } from "vitest";
import type { Backend } from "../backend/backend";
import { openingAddress } from "./opening";

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
  expect(await openingAddress(backend({}), "")).toBe("?w=b&page=3");
});

test("a workspace whose files a newer Foray made opens at its first address, so that the others can be reached", async () => {
  const viewLoad = async () => Promise.reject(newer);
  expect(await openingAddress(backend({ viewLoad }), "")).toBe("?w=b");
});

test("without the list of workspaces there is nothing to open", async () => {
  const workspacesList = async () => Promise.reject(newer);
  await expect(openingAddress(backend({ workspacesList }), "")).rejects.toBe(newer);
});
