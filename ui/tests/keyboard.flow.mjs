// The whole job by keyboard alone, the W3C keys of the table, and the focus that is never lost.
import assert from "node:assert/strict";
import { fake, flow, search, soon } from "./flow.mjs";

const focused = (page) =>
  page.evaluate(() => document.activeElement?.closest("[data-cell]")?.getAttribute("data-cell") ?? null);
const enterGrid = async (page) => {
  await page.locator('#people [tabindex="0"]').focus();
};

flow("arrows, Home, End, Control and the page keys move through the table and do not wrap", async (page) => {
  await search(page);
  await enterGrid(page);
  const steps = [
    ["ArrowRight", "0/1"],
    ["ArrowDown", "1/1"],
    ["End", "1/7"],
    ["ArrowRight", "1/7"],
    ["Home", "1/0"],
    ["ArrowLeft", "1/-1"],
    ["ArrowLeft", "1/-1"],
    ["ArrowRight", "1/0"],
    ["Control+End", "49/7"],
    ["ArrowDown", "49/7"],
    ["Control+Home", "0/0"],
    ["ArrowUp", "-1/0"],
    ["ArrowUp", "-1/0"],
    ["ArrowDown", "0/0"],
  ];
  for (const [key, cell] of steps) {
    await page.keyboard.press(key);
    await page
      .waitForFunction(
        (wanted) => document.activeElement?.closest("[data-cell]")?.getAttribute("data-cell") === wanted,
        cell,
        { timeout: 2000 },
      )
      .catch(async () => assert.equal(await focused(page), cell, `after ${key}`));
  }
  await page.keyboard.press("PageDown");
  const [row] = (await focused(page)).split("/").map(Number);
  assert.ok(row > 5, `PageDown went to row ${row}`);
  await page.keyboard.press("PageUp");
  await soon(async () => assert.equal(await focused(page), "0/0"));
});

flow("the table is one tab stop", async (page) => {
  await search(page);
  await soon(async () => assert.equal(await page.locator('#people [tabindex="0"]').count(), 1));
  await enterGrid(page);
  await page.keyboard.press("Tab");
  await soon(async () => assert.equal(await focused(page), null));
  await page.keyboard.press("Shift+Tab");
  await soon(async () => assert.equal(await focused(page), "0/0"));
});

flow("Enter opens the person, J and K step, Escape returns to that person's row", async (page) => {
  await search(page);
  await enterGrid(page);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "person-panel");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.getByText("2 of 50 on this page").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("complementary").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-cell") === "1/0");
});

flow("the focus stays on its row however far the table is scrolled", async (page) => {
  await search(page);
  await enterGrid(page);
  await page.getByTestId("grid").evaluate((grid) => (grid.scrollTop = 9999));
  await page.waitForTimeout(200);
  await soon(async () => assert.equal(await focused(page), "0/0"));
  await page.keyboard.press("ArrowDown");
  await soon(async () => assert.equal(await focused(page), "1/0"));
});

flow("Enter on LinkedIn opens the link, only https, only when asked", async (page) => {
  await search(page);
  await enterGrid(page);
  await page.keyboard.press("End");
  await soon(async () => assert.deepEqual(await fake(page, () => window.__fake.links), []));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => window.__fake.links.length === 1);
  await soon(async () =>
    assert.match((await fake(page, () => window.__fake.links))[0], /^https:\/\/www\.linkedin\.com\//),
  );
});

flow("Enter on a head sorts, and the focus stays there", async (page) => {
  await search(page);
  await enterGrid(page);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.locator("[aria-sort=ascending]").waitFor();
  await soon(async () => assert.equal(await focused(page), "-1/0"));
});

flow("the main job by keyboard alone: persona, search, person, export", async (page) => {
  const tabTo = async (name) => {
    for (let i = 0; i < 60; i++) {
      const here = await page.evaluate(() => {
        const one = document.activeElement;
        return one?.getAttribute("aria-label") ?? (one?.labels?.[0]?.textContent || one?.textContent) ?? "";
      });
      if (name.test(here)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`Tab never reached ${name}`);
  };
  await tabTo(/^New persona$/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.labels?.[0]?.textContent === "Name");
  await page.keyboard.type("Keyboard people");
  await tabTo(/^Job titles$/);
  await page.keyboard.type("head of mark");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await tabTo(/^Save persona$/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "edit-filters");
  await tabTo(/^Search · 1 call$/);
  await page.keyboard.press("Enter");
  await page.getByTestId("grid").waitFor();
  await tabTo(/^Export…$/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Export" }).waitFor();
  await tabTo(/^Choose file…$/);
  await page.keyboard.press("Enter");
  await page.getByText("/home/ana/Documents/").waitFor();
  await tabTo(/^Export · /);
  await page.keyboard.press("Enter");
  await page.getByTestId("job-tray").filter({ hasText: "50 of 50 rows" }).waitFor();
});

flow("the left pane folds away and comes back, the focus with it", async (page) => {
  await page.getByRole("button", { name: "Fold the left pane away" }).click();
  await page.getByTestId("persona-list").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.id === "unfold");
  await page.keyboard.press("Enter");
  await page.getByTestId("persona-list").waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "workspace-menu");
});

flow("the skip link leads to the people", async (page) => {
  await search(page);
  await page.getByRole("link", { name: "Skip to the people" }).focus();
  await page.keyboard.press("Enter");
  await soon(async () => assert.equal(await focused(page), "0/0"));
});

flow("news does not keep Ctrl+Enter from searching", async (page) => {
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Name").fill("My leaders");
  await page.getByRole("button", { name: "Save persona" }).click();
  await page.getByRole("dialog", { name: "Persona saved" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByTestId("grid").waitFor();
});

flow("behind a dialog Ctrl+Enter asks for nothing", async (page) => {
  await search(page);
  const before = await page.evaluate(() => window.__fake.searches);
  await page.getByTestId("export-button").click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Control+Enter");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await soon(async () => assert.equal(await page.evaluate(() => window.__fake.searches), before));
});

/** The cell with the focus, and whether the ring around it and all of its content are in sight. */
function ring(page) {
  return page.evaluate(() => {
    const at = document.activeElement;
    const cell = at?.closest("[data-cell]");
    if (!cell) return null;
    const box = cell.getBoundingClientRect();
    const on = (x) => cell.contains(document.elementFromPoint(x, (box.top + box.bottom) / 2));
    const { outlineStyle } = getComputedStyle(at);
    return { cell: cell.dataset.cell, drawn: outlineStyle === "solid", whole: on(box.left + 2) && on(box.right - 2) };
  });
}

const ringIs = (page, cell) => soon(async () => assert.deepEqual(await ring(page), { cell, drawn: true, whole: true }));

flow("after a search the keys are among its rows, and none of them pays", async (page) => {
  await page.keyboard.press("Enter");
  await page.getByTestId("grid").waitFor();
  await ringIs(page, "0/0");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press(" ");
  await page.getByText("1 selected").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
  assert.equal(await fake(page, () => window.__fake.searches), 1);
});

flow("the ring is seen after a click, too", async (page) => {
  await search(page);
  await page.locator('[data-cell="2/0"]').click();
  await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowDown");
  await ringIs(page, "3/0");
});

flow(
  "a table scrolled sideways shows the first cell whole again",
  { viewport: { width: 900, height: 600 } },
  async (page) => {
    await search(page);
    await page.locator('[data-cell="0/0"]').click();
    await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    await ringIs(page, "0/0");
  },
);

flow(
  "who is opened low in the table stays in sight beside the panel",
  { viewport: { width: 900, height: 600 } },
  async (page) => {
    await search(page);
    await page.locator('#people [tabindex="0"]').focus();
    await page.keyboard.press("PageDown");
    const { cell } = await ring(page);
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
    await page.keyboard.press("Escape");
    await ringIs(page, cell);
  },
);

flow("a page is scrolled by the keys from its heading on", { viewport: { width: 900, height: 600 } }, async (page) => {
  await page.keyboard.press("F1");
  await page.getByRole("heading", { level: 1 }).and(page.locator(":focus")).waitFor();
  const scrolled = () => page.locator("#people").evaluate((one) => one.scrollTop);
  await page.keyboard.press("PageDown");
  await soon(async () => assert.ok((await scrolled()) > 200));
  await page.keyboard.press("Home");
  await soon(async () => assert.equal(await scrolled(), 0));
});
