// Exports: decided in a dialog with its price, followed in the tray, cancelled, interrupted, gone on with.
import assert from "node:assert/strict";
import { fake, flow, sample, says, search } from "./flow.mjs";

async function openDialog(page, all) {
  await page.getByTestId("export-button").click();
  await page.getByRole("dialog", { name: "Export" }).waitFor();
  if (all) await page.getByLabel(/^All that match/).check();
}

async function chooseFile(page) {
  await page.getByRole("button", { name: "Choose file…" }).click();
  await page.getByText("/home/ana/Documents/").waitFor();
}

flow("this page is exported without a call", async (page) => {
  await search(page);
  await openDialog(page, false);
  await page.getByRole("button", { name: "Export · no call" }).waitFor();
  await chooseFile(page);
  await page.getByRole("button", { name: "Export · no call" }).click();
  await says(page, "job-tray", "50 of 50 rows");
  await page.getByRole("button", { name: "Show in folder" }).first().click();
  assert.equal((await fake(page, () => window.__fake.shown)).length, 1);
});

flow("all that match: the price first, progress in the tray, rows and calls at the end", async (page) => {
  await search(page);
  await openDialog(page, true);
  await page.getByRole("button", { name: "Export · ≤ 2 calls" }).waitFor();
  await chooseFile(page);
  await fake(page, () => (window.__fake.exportPageMs = 1500));
  await page.getByRole("button", { name: "Export · ≤ 2 calls" }).click();
  await says(page, "job-tray", "100 of 118 rows · 1 page · 1 call spent");
  await says(page, "status-bar", "1 export running");
  await page.getByRole("gridcell").first().click();
  await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
  await says(page, "job-tray", "118 of 118 rows · 2 pages · 2 calls spent");
  await says(page, "status-bar", "97 of 100 calls left");
  await page.getByText("Exported 118 rows").waitFor();
});

flow("an export without a file asks for one, and choosing none exports nothing", async (page) => {
  await search(page);
  await openDialog(page, false);
  await fake(page, () => (window.__fake.cancelChoice = true));
  await page.getByRole("button", { name: "Choose file…" }).click();
  await page.getByText("none chosen").waitFor();
  await page.getByRole("button", { name: /^Export · / }).click();
  await page.getByText("none chosen").waitFor();
  assert.equal(await page.getByRole("dialog").count(), 1);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-testid")), "export-button");
});

flow("an export is cancelled from the tray", async (page) => {
  await search(page);
  await openDialog(page, true);
  await chooseFile(page);
  await fake(page, () => (window.__fake.exportPageMs = 500));
  await page.getByRole("button", { name: /^Export · / }).click();
  await page.getByRole("button", { name: "Cancel export" }).click();
  await says(page, "job-tray", /Stopped\. \d+ rows are in .*partial\.csv/);
  await page.getByRole("button", { name: /^Dismiss the export/ }).click();
  await page.getByTestId("job-tray").waitFor({ state: "detached" });
});

flow(
  "more calls than the hour holds: warned before, stopped with the place of the rows, gone on later",
  async (page) => {
    await search(page);
    await fake(page, (id) => window.__fake.useUpCalls(id, 1), sample);
    await openDialog(page, true);
    await page
      .getByText(/This may need 2 calls; 1 of 100 are left this hour\. The next one frees at \d\d:\d\d/)
      .waitFor();
    await chooseFile(page);
    await page.getByRole("button", { name: "Export · ≤ 2 calls" }).click();
    await says(
      page,
      "job-tray",
      /Stopped after 100 of \d+ rows · 1 page · 1 call spent: All 100 calls of this hour are used\. The next call frees at/,
    );
    await says(page, "job-tray", "the same export goes on from there");
    await page.getByRole("button", { name: "Go on" }).waitFor();
  },
);

flow("a limit of rows changes the estimate, and nonsense is refused at the field", async (page) => {
  await search(page);
  await openDialog(page, true);
  await page.getByLabel("At most (empty: all)").fill("60");
  await page.getByRole("button", { name: "Export · ≤ 1 call" }).waitFor();
  await page.getByLabel("At most (empty: all)").fill("some");
  await page.getByText("A whole number, 1 or more.").waitFor();
});
