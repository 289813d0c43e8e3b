// A million people in one table: no part of it is ever blank while it is scrolled, by wheel, thumb and keys, and its last row is reached
// at every density and twice enlarged.
import assert from "node:assert/strict";
import { fake, flow, goBack, soon } from "./flow.mjs";

const million = 1_000_000;

async function everyone(page) {
  await fake(page, (size) => (window.__fake.crowd = size), million);
  await page.getByRole("group", { name: "Whom the table shows" }).getByText("Everyone").click();
  await page.locator(`[role=grid][aria-rowcount="${million + 1}"]`).waitFor();
}

/** Looks at each frame at what is drawn from the head to the bottom, until it is told to stop. */
function watch(page) {
  return fake(page, () => {
    const grid = document.querySelector("[role=grid]");
    const seen = { frames: 0, blank: 0, waiting: 0 };
    window.__seen = seen;
    const look = () => {
      if (window.__seen !== seen) return;
      const box = grid.getBoundingClientRect();
      const head = grid.querySelector("[role=row]").getBoundingClientRect();
      const rows = [...grid.querySelectorAll("[role=row]")].slice(1).map((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return { top, bottom, waits: row.hasAttribute("aria-busy") };
      });
      const inSight = rows.filter(({ top, bottom }) => bottom > head.bottom && top < box.top + grid.clientHeight);
      inSight.sort((a, b) => a.top - b.top);
      const gaps = inSight.filter(({ top }, at) => at > 0 && Math.abs(top - inSight[at - 1].bottom) > 1);
      const covered =
        inSight.length > 0 &&
        inSight[0].top <= head.bottom + 1 &&
        inSight.at(-1).bottom >= box.top + grid.clientHeight - 1;
      seen.frames += 1;
      if (!covered || gaps.length > 0) seen.blank += 1;
      if (inSight.some(({ waits }) => waits)) seen.waiting += 1;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

async function seen(page) {
  const seen = await fake(page, () => {
    const { __seen: seen } = window;
    window.__seen = null;
    return seen;
  });
  assert.ok(seen.frames > 5, `only ${seen.frames} frames were looked at`);
  assert.equal(seen.blank, 0, `${seen.blank} of ${seen.frames} frames had a blank part`);
  return seen;
}

/** As the app enlarges its page: fewer and larger px in the same window. */
async function enlarge(page, zoom) {
  const { width, height } = page.viewportSize();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setDeviceMetricsOverride", {
    width: width / zoom,
    height: height / zoom,
    deviceScaleFactor: zoom,
    mobile: false,
  });
}

const lastRow = (page) =>
  page.waitForFunction((row) => {
    const cell = document.querySelector(`[data-cell="${row}/0"]`);
    const grid = document.querySelector("[role=grid]");
    const bottom = grid.getBoundingClientRect().top + grid.clientHeight;
    return (
      cell?.textContent?.trim() &&
      !cell.closest("[aria-busy]") &&
      Math.abs(cell.getBoundingClientRect().bottom - bottom) <= 2
    );
  }, million - 1);

flow("a wheel turned over a million rows moves them by its own pixels and shows no blank", async (page) => {
  await everyone(page);
  await page.getByTestId("grid").evaluate((grid) => (grid.scrollTop = grid.scrollHeight / 2));
  // After the head and the row with the tab stop, which stays drawn. The rows before stay until those jumped to have come.
  const there = await page.waitForFunction((middle) => {
    const row = Number(document.querySelectorAll("[role=row]")[2].getAttribute("aria-rowindex"));
    const waits = document.querySelector("[role=row][aria-busy]") !== null;
    return row > middle - 100 && !waits && row;
  }, million / 2);
  const before = await there.jsonValue();
  await page.mouse.move(700, 500);
  await watch(page);
  for (let turn = 0; turn < 30; turn++) {
    await page.mouse.wheel(0, 320);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  await page.waitForFunction(
    (row) => Number(document.querySelectorAll("[role=row]")[2].getAttribute("aria-rowindex")) === row,
    before + 300,
  );
  const { waiting } = await seen(page);
  assert.equal(waiting, 0, "rows that a wheel comes to are there before it does");
});

flow("the thumb drawn through a million rows shows each part at once", async (page) => {
  await everyone(page);
  await watch(page);
  const steps = 40;
  for (let step = 1; step <= steps; step++)
    await page.evaluate(
      (part) =>
        new Promise((done) => {
          const grid = document.querySelector("[role=grid]");
          grid.scrollTop = part * (grid.scrollHeight - grid.clientHeight);
          requestAnimationFrame(done);
        }),
      step / steps,
    );
  await lastRow(page);
  const { frames, waiting } = await seen(page);
  // Each step goes where nobody has been: without a wait for the rows there, every frame would have placeholders.
  assert.ok(waiting * 4 < frames, `${waiting} of ${frames} frames had placeholders instead of names`);
  await page.getByTestId("grid").evaluate((grid) => (grid.scrollTop = 0));
  await page.waitForFunction(() => document.querySelector('[data-cell="0/0"]')?.textContent?.trim());
});

flow("rows that are long in coming have placeholders until they are there", async (page) => {
  await everyone(page);
  await fake(page, () => (window.__fake.windowMs = 1_500));
  await page.getByTestId("grid").evaluate((grid) => (grid.scrollTop = grid.scrollHeight));
  await page.locator('[data-cell="999999/0"]').waitFor();
  await soon(async () => assert.ok(await page.locator("[role=row][aria-busy]").count()));
  await lastRow(page);
});

flow("the page keys and Control with Home and End go through a million rows", async (page) => {
  await everyone(page);
  await page.locator('#people [tabindex="0"]').focus();
  await watch(page);
  for (let press = 0; press < 10; press++) await page.keyboard.press("PageDown");
  const row = await page.evaluate(() => Number(document.activeElement.getAttribute("data-cell").split("/")[0]));
  assert.ok(row >= 100, `ten pages down is row ${row}`);
  await page.keyboard.press("Control+End");
  await lastRow(page);
  await soon(async () =>
    assert.equal(await page.evaluate(() => document.activeElement?.closest("[data-cell]")?.dataset.cell), "999999/7"),
  );
  for (let press = 0; press < 10; press++) await page.keyboard.press("PageUp");
  await page.keyboard.press("Control+Home");
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-cell") === "0/0");
  await seen(page);
});

for (const [density, height] of [
  ["Compact", 28],
  ["Normal", 32],
  ["Roomy", 40],
])
  for (const zoom of [1, 2])
    flow(`the last of a million rows is reached: ${density}, at ${zoom * 100} %`, async (page) => {
      await page.keyboard.press("Control+,");
      await page.getByLabel(density).check();
      await page.keyboard.press("Escape");
      await everyone(page);
      await enlarge(page, zoom);
      await page.waitForFunction(
        (height) => document.querySelector("[data-cell]")?.closest("[role=row]").offsetHeight === height,
        height,
      );
      const grid = page.getByTestId("grid");
      // The place in the table is kept through a change of size, so that has to be over before it is changed.
      await page.waitForFunction((height) => {
        const one = document.querySelector("[role=grid]");
        const pane = [...one.querySelectorAll("[role=rowgroup] > .sticky")].at(-1);
        return pane.offsetHeight === one.clientHeight - height;
      }, height);
      const taller = await grid.evaluate((one) => one.scrollHeight * devicePixelRatio);
      assert.ok(taller < 33_554_428, `${taller} px would be clipped`);
      await grid.evaluate((one) => (one.scrollTop = one.scrollHeight));
      await lastRow(page);
      await grid.evaluate((one) => (one.scrollTop = 0));
      // No hand is at the key before the bar was heard of. The first row is drawn wherever one is, since it has the tab stop.
      await page.locator("[aria-rowindex='4']").waitFor();
      await page.locator('#people [tabindex="0"]').focus();
      await page.keyboard.press("Control+End");
      await lastRow(page);
    });

flow("back to a million rows is back to where they were left", async (page) => {
  await everyone(page);
  await page.getByTestId("grid").evaluate(
    (grid) =>
      new Promise((heard) => {
        grid.addEventListener("scroll", () => requestAnimationFrame(heard), { once: true });
        grid.scrollTop = grid.scrollHeight * 0.7;
      }),
  );
  await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll("[role=row]")];
    return rows.some((row) => row.ariaRowIndex > 600_000) && rows.every((row) => !row.hasAttribute("aria-busy"));
  });
  const rows = () => page.getByRole("row").evaluateAll((all) => all.map((one) => one.getAttribute("aria-rowindex")));
  const before = await rows();
  await page.getByRole("group", { name: "Whom the table shows" }).getByText("This page").click();
  await page.getByTestId("grid").waitFor({ state: "detached" });
  await page.waitForURL((url) => !url.searchParams.has("show"));
  await goBack(page);
  await page.getByTestId("grid").waitFor();
  await page.waitForFunction(
    (before) =>
      [...document.querySelectorAll("[role=row]")].map((one) => one.getAttribute("aria-rowindex")).join() === before,
    before.join(),
  );
});
