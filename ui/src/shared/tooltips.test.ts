import { expect, test } from "vitest";
import { saysMore } from "./tooltips";

test("a title that repeats what stands there whole says nothing more", () => {
  expect(saysMore({ title: "VP Sales", text: " VP Sales ", cut: false })).toBe(false);
  expect(saysMore({ title: "VP Sales", text: "VP Sales", cut: true }), "what is cut is told whole").toBe(true);
  expect(saysMore({ title: "Fold the left pane away", text: "", cut: false }), "a picture").toBe(true);
  expect(saysMore({ title: "Settings (Ctrl+,)", text: "Settings", cut: false }), "its key").toBe(true);
});
