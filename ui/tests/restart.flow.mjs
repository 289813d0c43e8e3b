// Closed and opened again: the steps of back and forward, how far the table was scrolled, who is picked, and where the focus was.
import assert from "node:assert/strict";
import { fake, flow, says, search, soon } from "./flow.mjs";

const show = (page, name) => page.getByRole("group", { name: "Whom the table shows" }).getByText(name).click();

flow(
  "a window that breaks down is loaded anew where it was",
  { complains: /broken on purpose|of undefined/ },
  async (page) => {
    await search(page);
    await page.keyboard.press("3");
    await page.waitForURL(/show=everyone/);
    await fake(page, () => (window.__fake.broken = true));
    const loaded = page.waitForEvent("load");
    await page.keyboard.press("Control+Enter");
    await loaded;
    await page.getByRole("grid", { name: "Everyone" }).waitFor();
    await says(page, "status-calls", "left this hour");
    // Once more, and it would break for ever.
    await fake(page, () => (window.__fake.broken = true));
    await page.keyboard.press("Control+Enter");
    await page.getByRole("alert").filter({ hasText: "broken down twice: " }).waitFor();
  },
);

flow("after a restart the table is as it was left, and back leads where it led", async (page) => {
  const { origin } = new URL(page.url());
  await search(page);
  await show(page, "Everyone");
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  await page.locator('[data-cell="3/-1"]').click();
  await page.locator('[data-cell="4/1"]').click();
  await page.getByText("5 of 50 in this workspace").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("complementary", { name: /^Person:/ }).waitFor({ state: "detached" });
  await page.getByTestId("grid").evaluate((grid) => (grid.scrollTop = 320));
  await page.waitForFunction(() => {
    const kept = new URLSearchParams(JSON.parse(sessionStorage.getItem("foray-fake")).workspaces[0].view).get("kept");
    return kept !== null && JSON.parse(kept).left.some(([, rows]) => rows === 10);
  });
  // A tab of its own shares nothing of the history, as the window of a new start.
  await page.evaluate(() => history.replaceState(null, "", "/"));
  const fresh = await page.context().newPage();
  const stored = await page.evaluate(() => sessionStorage.getItem("foray-fake"));
  await fresh.addInitScript(
    (stored) => sessionStorage.setItem("foray-fake", sessionStorage.getItem("foray-fake") ?? stored),
    stored,
  );
  await fresh.goto(origin);
  await fresh.getByRole("grid", { name: "Everyone" }).waitFor();
  await soon(async () => assert.equal(await fresh.getByTestId("grid").evaluate((grid) => grid.scrollTop), 320));
  await fresh.getByRole("region", { name: "Selection" }).getByText("1 selected").waitFor();
  await fresh.waitForFunction(() => document.activeElement?.getAttribute("data-cell") === "4/1");
  await fresh.keyboard.press("Alt+ArrowLeft");
  await fresh.getByRole("complementary", { name: /^Person:/ }).waitFor();
  await fresh.keyboard.press("Alt+ArrowLeft");
  await fresh.keyboard.press("Alt+ArrowLeft");
  await fresh.getByRole("grid", { name: "People on this page" }).waitFor();
  await fresh.keyboard.press("Alt+ArrowRight");
  await fresh.getByRole("grid", { name: "Everyone" }).waitFor();
});
