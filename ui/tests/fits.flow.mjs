// What is opened is whole in the smallest window there is, and at twice the size: what does not fit scrolls, and a keyboard reaches it.
import assert from "node:assert/strict";
import { fake, flow, soon } from "./flow.mjs";
import { drawn, hiddenIn, noViolations, picture } from "./looking.mjs";
import { screens } from "./screens.mjs";

const theme = (dark) => (dark ? "dark" : "light");

for (const dark of [false, true])
  flow(`all of Apollo's own limits fit on the page about calls, ${theme(dark)}`, { dark }, async (page) => {
    await screens.limits(page);
    for (const [width, height] of [
      [1280, 800],
      [900, 600],
    ]) {
      await page.setViewportSize({ width, height });
      await drawn(page);
      await picture(page, `limits ${theme(dark)} ${width}`);
      await soon(async () => assert.deepEqual(await hiddenIn(page, "[role=dialog]"), [], `${width} × ${height}`));
    }
  });

flow("in a window too low for it the page about calls scrolls by the keyboard", { frozen: false }, async (page) => {
  await screens.limits(page);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 640, height: 260 });
  await page.getByTestId("status-calls").focus();
  await page.keyboard.press("Enter");
  const box = await page.getByRole("dialog", { name: "Calls" }).boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= 260, JSON.stringify(box));
  const text = page.getByRole("group", { name: "Calls, explained" });
  await soon(async () => assert.ok(await text.evaluate((one) => one === document.activeElement), "it has the focus"));
  await page.keyboard.press("End");
  await page.waitForFunction(() => {
    const { scrollTop, scrollHeight, clientHeight } = document.activeElement;
    return scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 1;
  });
  await picture(page, "limits low");
  await noViolations(page, "limits");
});

for (const dark of [false, true])
  flow(`sums, caps and buttons of an enrichment stay whole, ${theme(dark)}`, { dark }, async (page) => {
    await screens["enrich under a cap"](page);
    for (const [width, height] of [
      [1280, 800],
      [900, 600],
    ]) {
      await page.setViewportSize({ width, height });
      await drawn(page);
      for (const end of ["top", "bottom"]) {
        await page.getByLabel(end === "top" ? /^People ·/ : /^At most this many/).scrollIntoViewIfNeeded();
        await picture(page, `enrich ${theme(dark)} ${width} ${end}`);
        await soon(async () =>
          assert.deepEqual(await hiddenIn(page, "[data-testid=enrich-counts]"), [], `${width} × ${height}`),
        );
        await soon(async () =>
          assert.deepEqual(await hiddenIn(page, "[data-testid=enrich-foot]"), [], `${width} × ${height}`),
        );
      }
    }
  });

flow("at twice the size the whole dialog of an enrichment scrolls, and nothing of its end is cut", async (page) => {
  await screens["enrich under a cap"](page);
  await page.setViewportSize({ width: 640, height: 400 });
  await page.getByTestId("enrich-counts").scrollIntoViewIfNeeded();
  await drawn(page);
  await picture(page, "enrich twice sums");
  await soon(async () => assert.deepEqual(await hiddenIn(page, "[data-testid=enrich-counts]"), []));
  await page.getByTestId("enrich-start").scrollIntoViewIfNeeded();
  await drawn(page);
  await picture(page, "enrich twice end");
  await soon(async () => assert.deepEqual(await hiddenIn(page, "[data-testid=enrich-buttons]"), []));
});

flow("a price that is longer than the dialog is wide takes two lines on its button", async (page) => {
  await screens["enrich under a cap"](page);
  const start = page.getByTestId("enrich-start");
  await start.evaluate((one) => {
    one.firstChild.data = "Enrich up to 12,345 companies · 12,345 calls + looks for mobiles · ≤ 12,349.96 credits";
  });
  await page.setViewportSize({ width: 900, height: 600 });
  await picture(page, "enrich long price");
  await soon(async () => assert.deepEqual(await hiddenIn(page, "[data-testid=enrich-buttons]"), []));
  await soon(async () =>
    assert.ok(
      await start.evaluate((one) => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight),
    ),
  );
});

flow("the line around the lost calls runs beside their text, and moves nothing when it comes", async (page) => {
  await screens["may have been charged"](page);
  await page.getByRole("button", { name: "Ledger", exact: true }).click();
  const list = page.locator("ul", { has: page.getByRole("button", { name: "Look up · ≤ 2 calls" }) });
  await list.waitFor();
  await fake(page, () => (window.__fake.tooEarly = true));
  const before = await list.locator("li").boundingBox();
  const lookUp = list.getByRole("button", { name: "Look up · ≤ 2 calls" });
  await page.waitForFunction(() => !document.querySelector("ul [aria-disabled=true]"));
  await lookUp.press("Enter");
  await page.getByText("Not known yet").first().waitFor();
  await list.focus();
  await drawn(page);
  await picture(page, "lost calls focused");
  await soon(async () => assert.deepEqual(await list.locator("li").boundingBox(), before));
  const around = await list.boundingBox();
  const outline = await list.evaluate((one) => {
    const { outlineOffset, outlineWidth } = getComputedStyle(one);
    return { offset: Number.parseFloat(outlineOffset), width: Number.parseFloat(outlineWidth) };
  });
  // How far the line reaches inwards from the edge of the list.
  const inwards = Math.max(0, -outline.offset);
  assert.ok(outline.width > 0);
  assert.ok(before.x - around.x >= inwards + 4, "on the left");
  assert.ok(around.x + around.width - before.x - before.width >= inwards + 4, "on the right");
  assert.ok(before.y - around.y >= inwards + 4, "above");
  const heading = await page.getByRole("heading", { name: "Without an answer or a price" }).boundingBox();
  assert.ok(Math.abs(heading.x - before.x) < 1, "in line with the heading");
});
