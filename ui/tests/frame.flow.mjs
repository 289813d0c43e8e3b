// The frame around everything: dialogs keep what was typed, Ctrl+A does not paint the window, news cover no button, nothing of the
// status bar is cut in a narrow window.
import assert from "node:assert/strict";
import { addWorkspace, fake, flow, search } from "./flow.mjs";

flow("a click beside a dialog leaves it, but throws nothing away that was typed", async (page) => {
  const dialog = page.getByRole("dialog", { name: "New workspace" });
  await page.getByRole("button", { name: "Use my own Apollo key…" }).click();
  await dialog.waitFor();
  await page.mouse.click(4, 4);
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Use my own Apollo key…" }).click();
  await page.getByLabel("Name").fill("Acme");
  await page.mouse.click(4, 4);
  assert.equal(await page.getByLabel("Name").inputValue(), "Acme");
  await dialog.getByText("Its Apollo key comes next.").waitFor();
  await page.waitForFunction(() => document.activeElement?.value === "Acme");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

flow("Ctrl+A selects the text of a field, and elsewhere nothing", async (page) => {
  await search(page);
  await page.keyboard.press("Control+a");
  assert.equal(await page.evaluate(() => String(getSelection())), "");
  await page.getByRole("button", { name: "Use my own Apollo key…" }).click();
  await page.getByLabel("Name").fill("Acme");
  await page.keyboard.press("Control+a");
  assert.equal(await page.evaluate(() => String(getSelection())), "Acme");
});

flow("news on a page lie over none of its buttons", async (page) => {
  await addWorkspace(page, "Acme", "");
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Acme & Co");
  await page.getByRole("button", { name: "Rename" }).click();
  const news = await page.getByRole("dialog").filter({ hasText: "Renamed" }).boundingBox();
  const buttons = await page.getByRole("region", { name: "This workspace" }).getByRole("button").all();
  assert.ok(buttons.length > 5);
  for (const button of buttons) {
    const box = await button.boundingBox();
    const apart = box.y >= news.y + news.height || box.x >= news.x + news.width || box.x + box.width <= news.x;
    assert.ok(apart, await button.innerText());
  }
});

flow("no part of the status bar is cut, however narrow the window and with a job under way", async (page) => {
  await search(page);
  await page.setViewportSize({ width: 640, height: 400 });
  const cut = () =>
    [...document.querySelectorAll("[data-testid=status-bar], [data-testid=status-bar] *")]
      .filter((one) => one.scrollWidth > one.clientWidth && getComputedStyle(one).overflow === "hidden")
      .map((one) => one.textContent);
  assert.deepEqual(await page.evaluate(cut), []);
  // The most that there is to say, where the names beside the pictures just fit.
  await fake(page, () => (window.__fake.exportHoldsAfter = 0));
  await page.getByTestId("rerun-button").click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Fetch/ })
    .last()
    .click();
  await page.getByTestId("job-tray").getByText("re-run", { exact: true }).waitFor();
  for (const width of [900, 1024, 1280]) {
    await page.setViewportSize({ width, height: 700 });
    assert.deepEqual(await page.evaluate(cut), [], `${width} px wide`);
  }
});
