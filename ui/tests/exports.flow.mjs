// Exports: decided in a dialog with its price, followed in the tray, cancelled, interrupted, gone on with.
import assert from "node:assert/strict";
import { fake, flow, letPageEnd, rowCount, sample, says, search, soon } from "./flow.mjs";

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
  await soon(async () => assert.equal((await fake(page, () => window.__fake.shown)).length, 1));
});

flow("all that match: the price first, progress in the tray, rows and calls at the end", async (page) => {
  await search(page);
  await openDialog(page, true);
  await page.getByRole("button", { name: "Export · ≤ 2 calls" }).waitFor();
  await chooseFile(page);
  await fake(page, () => (window.__fake.exportHoldsAfter = 1));
  await page.getByRole("button", { name: "Export · ≤ 2 calls" }).click();
  await says(page, "job-tray", "100 of 118 rows · 1 page · 1 call spent");
  await says(page, "status-jobs", "1 job · running");
  await page.getByRole("gridcell").first().click();
  await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
  await letPageEnd(page);
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
  await soon(async () => assert.equal(await page.getByRole("dialog").count(), 1));
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await soon(async () =>
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-testid")), "export-button"),
  );
});

flow("an export is cancelled from the tray, says where its rows are, and goes on for what is left", async (page) => {
  await search(page);
  await openDialog(page, true);
  await chooseFile(page);
  await fake(page, () => (window.__fake.exportHoldsAfter = 1));
  await page.getByRole("button", { name: /^Export · / }).click();
  await says(page, "job-tray", "100 of 118 rows");
  await soon(async () => assert.equal(await page.getByRole("progressbar").getAttribute("aria-valuenow"), "100"));
  await page.getByRole("button", { name: "Cancel export" }).click();
  await letPageEnd(page);
  const kept = /Cancelled after \d+ of 118 rows · .*They are kept in \/home\/ana\/Documents\/.*\.partial\.csv, and/;
  await says(page, "job-tray", kept);
  const news = page.getByRole("dialog", { name: "Export cancelled" });
  await news.getByText(kept).waitFor();
  await page.getByRole("button", { name: /^Go on · / }).click();
  await says(page, "job-tray", "118 of 118 rows");
  await page.getByText("Exported 118 rows").waitFor();
  // What was told of it is no longer true.
  await news.waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Dismiss the export/ }).click();
  await page.getByTestId("job-tray").waitFor({ state: "detached" });
});

flow("more calls than the hour holds: said before, waited for, gone on by itself", async (page) => {
  await search(page);
  // One call for the export: ten of a hundred are left for what is clicked.
  await fake(page, (id) => window.__fake.useUpCalls(id, 11), sample);
  await openDialog(page, true);
  await page
    .getByText(
      /^This may need 2 calls; 11 of 100 are left this hour\. The next one frees at \d\d:\d\d\. When they are used the export waits and goes on by itself; one call in ten of the hour is left for what you click yourself\.$/,
    )
    .waitFor();
  await chooseFile(page);
  await page.getByRole("button", { name: "Export · ≤ 2 calls" }).click();
  await says(
    page,
    "job-tray",
    /100 of 118 rows · 1 page · 1 call spent · waiting: this hour's calls are used, but for those kept for your clicks; goes on at \d\d:\d\d/,
  );
  await fake(page, (id) => window.__fake.freeCalls(id), sample);
  await page.getByText("Exported 118 rows").waitFor();
});

flow("an export that waits can be cancelled", async (page) => {
  await search(page);
  await fake(page, (id) => window.__fake.useUpCalls(id, 11), sample);
  await openDialog(page, true);
  await chooseFile(page);
  await page.getByRole("button", { name: "Export · ≤ 2 calls" }).click();
  await says(page, "job-tray", "waiting: this hour's calls are used, but for those kept for your clicks");
  await page.getByRole("button", { name: "Cancel export" }).click();
  await says(page, "job-tray", /Cancelled after 100 of 118 rows/);
});

flow("a limit of rows changes the estimate, and nonsense is refused at the field", async (page) => {
  await search(page);
  await openDialog(page, true);
  await page.getByLabel("At most (empty: all)").fill("60");
  await page.getByRole("button", { name: "Export · ≤ 1 call" }).waitFor();
  await page.getByLabel("At most (empty: all)").fill("some");
  await page.getByText("A whole number, 1 or more.").waitFor();
});

flow("the key exports who is selected, and among everyone who is in the table", async (page) => {
  await search(page);
  await page.locator('[data-cell="1/-1"]').click();
  await page.keyboard.press("Control+Shift+E");
  await page.getByRole("dialog", { name: "Export 1 person" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByLabel("Find people that were fetched").fill("ke");
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  await soon(async () => assert.ok((await rowCount(page)) < 51));
  const found = (await rowCount(page)) - 1;
  await page.getByTestId("export-button").click();
  await page.getByRole("dialog", { name: `Export ${found} people` }).waitFor();
});
