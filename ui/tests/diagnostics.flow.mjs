// What was called and what is kept: the last 24 hours, the text to send along, and the kept rows that are forgotten when asked.
import assert from "node:assert/strict";
import { fake, flow, sample, says, search, soon, starter } from "./flow.mjs";

async function openDiagnostics(page) {
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menuitem", { name: "Diagnostics…" }).click();
  return page.getByRole("dialog", { name: "Diagnostics" });
}

flow("a day without calls says so", async (page) => {
  const dialog = await openDiagnostics(page);
  await dialog.getByText("No calls in the last 24 hours").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await soon(async () => assert.equal(await page.evaluate(() => document.activeElement?.id), "workspace-menu"));
});

flow("the last 24 hours stand in a picture, in a legend with numbers and in a table", async (page) => {
  await search(page);
  await fake(page, (id) => window.__fake.haveBusyDay(id), sample);
  const dialog = await openDiagnostics(page);
  await dialog
    .getByRole("img", { name: /^In the last 24 hours: \d+ answered, \d+ from the cache, \d+ not sent, \d+ failed\.$/ })
    .waitFor();
  for (const name of ["answered", "from the cache", "not sent", "failed"])
    await dialog.getByRole("figure").getByText(name, { exact: true }).first().waitFor();
  await soon(async () => assert.ok((await dialog.getByRole("table").getByRole("row").count()) > 10));
  await dialog.getByText("99 of 100 left this hour").waitFor();
  await dialog.getByText(/one more frees at \d\d:\d\d/).waitFor();
  await dialog.getByText("closed: calls go through").waitFor();
});

flow("an open breaker and no network are told with their times", async (page) => {
  await fake(page, () => (window.__fake.trouble = "breaker_open"));
  const dialog = await openDiagnostics(page);
  await dialog.getByText(/^open: calls are paused; next try at \d\d:\d\d\. The last 5 calls failed\.$/).waitFor();
  await fake(page, () => (window.__fake.trouble = "offline"));
  await dialog.getByText(/^none since \d\d:\d\d$/).waitFor();
});

flow("the text is copied, or selected where there is no clipboard", async (page) => {
  const dialog = await openDiagnostics(page);
  const text = dialog.getByLabel(/^Diagnostics/);
  await page.waitForFunction(() => document.querySelector("textarea")?.value.includes("calls an hour"));
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true }));
  await dialog.getByRole("button", { name: "Copy" }).click();
  await dialog.getByText("Selected: press Ctrl+C to copy it.").waitFor();
  await soon(async () =>
    assert.ok(await text.evaluate((one) => one.selectionEnd === one.value.length && one.selectionStart === 0)),
  );
  await page.evaluate(() =>
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (said) => (window.__said = said) } }),
  );
  await dialog.getByRole("button", { name: "Copy" }).click();
  await dialog.getByText("Copied.").waitFor();
  await soon(async () => assert.match(await page.evaluate(() => window.__said), /^Foray 0\.1\.0/));
});

flow("kept rows are forgotten for one persona or for all, after the price of having them again", async (page) => {
  await search(page);
  await starter(page, "Finance chiefs, Nordics");
  await search(page);
  await says(page, "status-cache", "cache 2 answers");
  await page.getByTestId("status-cache").click();
  await page.getByRole("button", { name: "Forget this persona's rows" }).click();
  await page.getByText("asked for again, and paid again: 1 call a page").waitFor();
  await page.getByRole("button", { name: "Keep them" }).click();
  await page.getByRole("button", { name: "Forget this persona's rows" }).click();
  await page.getByRole("button", { name: "Forget them now" }).click();
  await page.getByText("Forgot 1 kept answer").waitFor();
  await page.getByRole("heading", { name: "Not searched yet" }).waitFor();
  await says(page, "status-cache", "cache 1 answer");
  await soon(async () =>
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-testid")), "status-cache"),
  );

  await page.getByTestId("status-cache").click();
  await page.getByRole("button", { name: "Forget all kept answers" }).click();
  await page.getByRole("button", { name: "Forget them now" }).click();
  await says(page, "status-cache", "cache empty");
  await starter(page, "Sales leaders, DACH");
  await page.getByRole("heading", { name: "Not searched yet" }).waitFor();
});
