// Jobs: in line, paused, moved, waiting, over a reload; the tray that folds away, and the history.
import assert from "node:assert/strict";
import { fake, flow, letPageEnd, sample, says, search, soon } from "./flow.mjs";

async function start(page) {
  await page.getByTestId("export-button").click();
  await page.getByLabel(/^All that match/).check();
  await page.getByRole("button", { name: "Choose file…" }).click();
  await page.getByText("/home/ana/Documents/").waitFor();
  await page.getByRole("button", { name: /^Export · / }).click();
  await page.getByRole("dialog", { name: "Export" }).waitFor({ state: "detached" });
}

async function refetch(page) {
  await page.getByTestId("rerun-button").click();
  await page.getByRole("button", { name: /^Fetch · / }).click();
  await page.getByRole("dialog", { name: "Fetch all pages" }).waitFor({ state: "detached" });
}

const lines = (page) => page.getByTestId("job-tray").getByRole("listitem");

flow("a job is paused after its page and resumed where it was", async (page) => {
  await search(page);
  await fake(page, () => (window.__fake.exportHoldsAfter = 1));
  await start(page);
  await says(page, "job-tray", "100 of 118 rows");
  await page.getByRole("button", { name: "Pause" }).click();
  await says(page, "job-tray", "pausing after this call…");
  await page.waitForFunction(() => document.activeElement?.textContent === "Pause");
  await letPageEnd(page);
  await says(page, "job-tray", /Paused after 118 of 118 rows · 2 pages · 2 calls spent\./);
  await page.getByRole("button", { name: /^Go on · / }).click();
  await page.getByText("Exported 118 rows").waitFor();
});

flow("two take turns and the third stands in line, until it is moved up", async (page) => {
  await search(page);
  await fake(page, () => (window.__fake.exportPageMs = 60_000));
  await start(page);
  await refetch(page);
  await refetch(page);
  await says(page, "status-jobs", "3 jobs · 2 running, 1 in line");
  await soon(async () => assert.match(await lines(page).nth(2).textContent(), /in line/));
  await page
    .getByRole("button", { name: /^Move .* up$/ })
    .nth(2)
    .click();
  await page.waitForFunction(() =>
    /in line/.test(document.querySelectorAll("[data-testid=job-tray] li")[1]?.textContent ?? ""),
  );
  await page.getByRole("button", { name: "Cancel re-run" }).first().click();
  await says(page, "job-tray", /Cancelled before its first page|cancelling after this call/);
});

flow("a job goes on by itself after a restart, and the tray says how far it is", async (page) => {
  await search(page);
  await fake(page, () => (window.__fake.exportHoldsAfter = 1));
  await start(page);
  await says(page, "job-tray", "100 of 118 rows");
  await page.reload();
  await says(page, "job-tray", "118 of 118 rows · 2 pages · 2 calls spent");
});

flow("a job that waits for the key goes on when there is one that Apollo takes", async (page) => {
  await search(page);
  await fake(page, () => (window.__fake.trouble = "key_rejected"));
  await start(page);
  await says(page, "job-tray", "waiting: Apollo does not accept the key");
  await says(page, "status-jobs", "1 job · waiting");
  await page.getByRole("button", { name: "Try now" }).waitFor();
  await fake(page, () => (window.__fake.trouble = "none"));
  await page.getByText("Exported 118 rows").waitFor();
});

flow("the tray folds into the status bar and comes back", async (page) => {
  await search(page);
  await fake(page, () => (window.__fake.exportPageMs = 60_000));
  await start(page);
  await says(page, "job-tray", "starting…");
  await page.getByRole("button", { name: "Fold the jobs away" }).click();
  await page.getByTestId("job-tray").waitFor({ state: "detached" });
  const bar = page.getByTestId("status-jobs");
  await soon(async () => assert.equal(await bar.getAttribute("aria-expanded"), "false"));
  await soon(async () => assert.ok(await bar.evaluate((one) => one === document.activeElement), "the focus was lost"));
  await page.keyboard.press("Enter");
  await says(page, "job-tray", "starting…");
});

flow("what is over is in the history, is shown, done again at its price, and forgotten", async (page) => {
  await search(page);
  await start(page);
  await says(page, "job-tray", "118 of 118 rows · 2 pages · 2 calls spent");
  await page.reload();
  await page.getByTestId("status-jobs").click();
  await page.getByText("They stay here for 90 days, the newest 200 of them.").waitFor();
  await says(page, "job-tray", "118 of 118 rows · 2 pages · 2 calls spent");
  await page.getByTestId("job-tray").getByRole("button", { name: "Show in folder" }).click();
  await soon(async () => assert.equal((await fake(page, () => window.__fake.shown)).length, 1));
  await fake(page, () => (window.__fake.exportHoldsAfter = 1));
  await page.getByRole("button", { name: "Export again…" }).click();
  await page.getByRole("button", { name: "Export again · ≤ 2 calls" }).click();
  // As long as the new job is not in the list the tray has nothing to show.
  await page.waitForFunction(() => document.activeElement?.matches("[data-testid=status-jobs]"));
  await says(page, "job-tray", "100 of 118 rows");
  await letPageEnd(page);
  await says(page, "job-tray", "118 of 118 rows · 2 pages · 2 calls spent");
  await page.getByTestId("job-tray").getByRole("button", { name: "History" }).click();
  await page
    .getByRole("button", { name: /^Forget the export/ })
    .first()
    .click();
  await page.waitForFunction(() => document.querySelectorAll("[data-testid=job-tray] li").length === 1);
  await page.waitForFunction(() => document.activeElement?.textContent === "Under way");
});

flow("a re-run fetches all pages, asks for its price first, and another workspace sees nothing of it", async (page) => {
  await search(page);
  await page.getByTestId("rerun-button").click();
  await page.getByRole("button", { name: "Fetch · ≤ 2 calls" }).waitFor();
  await page.getByLabel(/^All, anew/).check();
  await fake(page, () => (window.__fake.exportPageMs = 60_000));
  await page.getByRole("button", { name: "Fetch · ≤ 2 calls" }).click();
  await says(page, "status-jobs", "1 job · running");
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menuitem", { name: "New workspace…" }).click();
  await page.getByLabel("Name").fill("Client Z");
  await page.getByRole("button", { name: "Make workspace" }).click();
  await page.getByRole("dialog", { name: "Apollo key and calls" }).waitFor();
  await page.getByTestId("job-tray").waitFor({ state: "detached" });
  await says(page, "status-jobs", "Jobs");
  await soon(async () => assert.equal((await fake(page, (id) => window.__fake.jobsOf(id), sample)).length, 1));
});
