import { expect, test } from "vitest";
import { actionOf, bindings, keyName } from "./keys";

const press = (key: string, ...held: ("ctrl" | "meta" | "alt" | "shift")[]) => ({
  key,
  ctrlKey: held.includes("ctrl"),
  metaKey: held.includes("meta"),
  altKey: held.includes("alt"),
  shiftKey: held.includes("shift"),
});

test("a key means what stands in the table, where it counts and nowhere else", () => {
  expect(actionOf(press("ArrowDown"), "table")).toBe("down");
  expect(actionOf(press("ArrowDown"), "window")).toBeNull();
  expect(actionOf(press("ArrowDown", "shift"), "table")).not.toBe("down");
  expect(actionOf(press("ArrowLeft", "shift"), "head", "table")).toBe("narrower");
  expect(actionOf(press("Enter", "meta"), "window")).toBe("search");
  expect(actionOf(press("Enter", "ctrl"), "window")).toBe("search");
  expect(actionOf(press("j"), "person")).toBe("next");
  expect(actionOf(press("J", "shift"), "person")).toBeNull();
  expect(actionOf(press(",", "ctrl"), "window")).toBe("settings");
  expect(actionOf(press("+", "ctrl"), "window")).toBe("larger");
  // Where it takes Shift to write it.
  expect(actionOf(press("+", "ctrl", "shift"), "window")).toBe("larger");
  expect(actionOf(press("?", "shift"), "window")).toBe("keys");
  expect(actionOf(press(" "), "table")).toBe("pick");
});

test("Tab is known by its place where Shift takes its name", () => {
  expect(actionOf({ ...press("Unidentified", "ctrl", "shift"), code: "Tab" }, "window")).toBe("previous-tab");
  expect(actionOf({ ...press("Tab", "ctrl"), code: "Tab" }, "window")).toBe("next-tab");
  expect(actionOf({ ...press("Unidentified", "ctrl", "shift"), code: "Unidentified" }, "window")).toBeNull();
});

test("no key means two things in one place", () => {
  const keys = Object.values(bindings).flatMap(({ where, keys }) => keys.map((key) => `${where} ${key}`));
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

test("keys are named as they stand on the keyboard", () => {
  expect(keyName("Mod+ArrowLeft", false)).toBe("Ctrl+Left");
  expect(keyName("Mod+K", true)).toBe("⌘K");
  expect(keyName("Alt+ArrowDown", false)).toBe("Alt+Down");
  expect(keyName("Mod++", false)).toBe("Ctrl++");
});
