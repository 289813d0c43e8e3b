// What the system shows of a title, and when: only what cannot be read already, and nothing over a menu or a dialog.
import assert from "node:assert/strict";
import { flow, search, soon } from "./flow.mjs";

const title = (locator) => locator.evaluate((element) => element.getAttribute("title"));

flow("a title that repeats what stands there whole is not shown; a cut one is", async (page) => {
  await search(page);
  const menu = page.getByRole("button", { name: /^Workspace:/ });
  await soon(async () => assert.equal(await title(menu), "Sample workspace"));
  await menu.hover();
  await soon(async () => assert.equal(await title(menu), null));
  await page.getByRole("button", { name: "Fold the left pane away" }).hover();
  await soon(async () => assert.equal(await title(menu), "Sample workspace", "given back"));
  await soon(async () =>
    assert.equal(await title(page.getByRole("button", { name: "Fold the left pane away" })), "Fold the left pane away"),
  );
  const starter = page.getByTestId("persona-list").locator("button[title*=':']").first();
  await starter.hover();
  await soon(async () => assert.match(await title(starter), /: /, "it says more"));
});

flow("no title is shown of what was pressed, nor of what a menu or a dialog lies over", async (page) => {
  await search(page);
  const settings = page.getByTestId("status-bar").getByRole("button", { name: "Settings" });
  const table = page.getByRole("button", { name: "Columns and rows" });
  await table.click();
  await page.getByRole("menu").waitFor();
  await soon(async () => assert.equal(await title(table), null));
  await settings.hover();
  await soon(async () => assert.equal(await title(settings), null));
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
  await page.getByTestId("grid").hover();
  await settings.hover();
  await soon(async () => assert.equal(await title(settings), "Settings (Ctrl+,)"));
});

flow("a cell that is cut off tells its whole text while the pointer is over it", async (page) => {
  await search(page);
  const cut = await page.evaluate(() => {
    const texts = [...document.querySelectorAll("[role=gridcell] > .truncate")];
    const one = texts.find((text) => text.scrollWidth > text.clientWidth);
    return one?.closest("[data-cell]").getAttribute("data-cell");
  });
  const text = page.locator(`[data-cell="${cut}"] > .truncate`);
  await soon(async () => assert.equal(await title(text), null));
  await text.hover();
  await soon(async () => assert.equal(await title(text), await text.textContent()));
  await page.getByTestId("status-bar").hover();
  await soon(async () => assert.equal(await title(text), null, "taken back"));
});
