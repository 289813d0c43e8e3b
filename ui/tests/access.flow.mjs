// What assistive technology gets, and what the eye gets: axe without a violation in both themes and in each screen, the ARIA trees of
// the main regions kept as snapshots, hostile text shown as text, and screenshots to be looked at.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { flow, says, search, soon, starter } from "./flow.mjs";
import { cutOff, drawn, foreignWords, noViolations, picture } from "./looking.mjs";
import { screens } from "./screens.mjs";

const snapshots = fileURLToPath(new URL("./snapshots/", import.meta.url));
mkdirSync(snapshots, { recursive: true });

async function sameTree(locator, name) {
  const tree = (await locator.ariaSnapshot()).replace(/\d\d:\d\d/g, "HH:MM").replace(/\d{4}-\d\d-\d\d/g, "DATE");
  const file = `${snapshots}${name}.yml`;
  if (process.env.UPDATE === "1") writeFileSync(file, `${tree}\n`);
  assert.ok(existsSync(file), `there is no ARIA tree of ${name} to compare with; UPDATE=1 writes it`);
  assert.equal(`${tree}\n`, readFileSync(file, "utf8"), `the ARIA tree of ${name} changed; UPDATE=1 accepts it`);
}

// The smallest last: there axe looks, too.
const sizes = [
  [1920, 1080],
  [1280, 800],
  [900, 600],
];

for (const [name, show] of Object.entries(screens))
  for (const dark of [false, true])
    flow(
      `${name}, ${dark ? "dark" : "light"}: it fits, axe finds nothing${dark ? "" : ", and all texts are the catalogue's"}`,
      { dark, frozen: false, marked: !dark },
      async (page) => {
        await show(page);
        for (const [width, height] of sizes) {
          await page.setViewportSize({ width, height });
          await drawn(page);
          await picture(page, `${name}-${dark ? "dark" : "light"}-${width}`);
          await soon(async () => assert.deepEqual(await cutOff(page), [], `${name} at ${width} × ${height}`));
        }
        await noViolations(page, name);
        if (!dark)
          assert.deepEqual(
            await foreignWords(page),
            [],
            "texts that stand in no catalogue, or were put together outside it",
          );
      },
    );

for (const dark of [false, true])
  flow(
    `not started, ${dark ? "dark" : "light"}: axe finds nothing`,
    { dark, frozen: false, viewport: { width: 1024, height: 700 }, query: "?fake=not-started", starts: false },
    async (page) => {
      await page.getByRole("alert").waitFor();
      await picture(page, `not-started-${dark ? "dark" : "light"}-1024`);
      await noViolations(page, "not started");
    },
  );

for (const dark of [false, true])
  flow(
    `a large window, ${dark ? "dark" : "light"}, uses its room`,
    { dark, viewport: { width: 1920, height: 1080 } },
    async (page) => {
      await page.getByLabel("People a page").selectOption("100");
      await search(page);
      await page.getByRole("gridcell").nth(8).click();
      await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
      await page.waitForTimeout(200);
      await picture(page, `person-${dark ? "dark" : "light"}-1920`);
      const grid = page.getByTestId("grid");
      await soon(async () =>
        assert.ok(await grid.evaluate((one) => one.scrollWidth <= one.clientWidth), "the table scrolls sideways"),
      );
    },
  );

flow("at 1024 by 700 the table fits beside the left pane", { viewport: { width: 1024, height: 700 } }, async (page) => {
  await search(page);
  await soon(async () =>
    assert.ok(await page.getByTestId("grid").evaluate((one) => one.scrollWidth <= one.clientWidth)),
  );
  await soon(async () => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)));
});

flow("the main regions have the trees that were agreed", async (page) => {
  await sameTree(page.getByTestId("persona-list"), "persona-list");
  await sameTree(page.getByRole("main"), "main-not-searched-yet");
  await page.getByLabel("People a page").selectOption("10");
  await search(page);
  await says(page, "source-line", "10 fetched");
  await sameTree(page.getByRole("main"), "main-rows");
  await sameTree(page.getByTestId("status-bar"), "status-bar");
  await page.getByRole("gridcell").first().click();
  await sameTree(page.getByRole("complementary"), "person");
  await page.getByRole("button", { name: "Edit" }).click();
  await sameTree(page.getByRole("complementary"), "editor");
  await page.getByTestId("export-button").click();
  await page.getByRole("button", { name: "Export · no call" }).waitFor();
  await sameTree(page.getByRole("dialog"), "export");
});

flow("the tabs have the tree that was agreed", async (page) => {
  await search(page);
  await page.keyboard.press("Control+t");
  await starter(page, "Finance chiefs, Nordics");
  await sameTree(page.getByRole("region", { name: "Tabs" }), "tabs");
});

flow("rows carry their counts and indices under virtual scroll", async (page) => {
  await page.getByLabel("People a page").selectOption("100");
  await search(page);
  const grid = page.getByTestId("grid");
  await soon(async () => assert.equal(await grid.getAttribute("aria-rowcount"), "101"));
  await grid.evaluate((one) => (one.scrollTop = one.scrollHeight));
  await page.locator('[role=row][aria-rowindex="101"]').waitFor();
  await soon(async () => assert.ok((await page.getByRole("row").count()) < 60, "every row is drawn"));
});

flow("text from outside is text: markup, right-to-left and overlong names are shown, not run", async (page) => {
  await page.getByLabel("People a page").selectOption("100");
  await search(page);
  await page.getByText("<b>Bob</b> Tables").first().waitFor();
  await soon(async () => assert.equal(await page.getByTestId("grid").locator("b").count(), 0));
  const heights = await page
    .getByRole("row")
    .evaluateAll((rows) => [...new Set(rows.map((row) => row.getBoundingClientRect().height))]);
  assert.deepEqual(heights, [32]);
});
