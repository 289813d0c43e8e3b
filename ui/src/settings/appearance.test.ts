import { expect, test } from "vitest";
import { zoomStep } from "./appearance";

test("zooming goes through the sizes there are and ends at the last", () => {
  expect(zoomStep(100, 1)).toBe(110);
  expect(zoomStep(100, -1)).toBe(90);
  expect(zoomStep(200, 1)).toBe(200);
  expect(zoomStep(75, -1)).toBe(75);
  expect(zoomStep(133, 1)).toBe(150);
  expect(zoomStep(133, -1)).toBe(125);
});
