// The screens of the window, each with the way to it: for whoever looks at all of them.
import { addWorkspace, fake, letPageEnd, sample, says, search, starter } from "./flow.mjs";

/** An enrichment whose first paid call is answered like this. */
async function enrichAnswered(page, how) {
  await search(page);
  await fake(page, (how) => (window.__fake.nextPaid = how), how);
  await page.getByTestId("enrich-button").click();
  await page.getByRole("button", { name: /^Enrich \d+ · / }).click();
}

async function loseAnAnswer(page) {
  await enrichAnswered(page, "lost");
  await page.getByTestId("undecided-notice").waitFor();
}

async function answerInstead(page) {
  await enrichAnswered(page, "instead");
  await says(page, "job-tray", "1 answered with somebody else");
}

export const screens = {
  "not searched yet": async () => undefined,
  rows: search,
  tabs: async (page) => {
    await search(page);
    await page.keyboard.press("Control+t");
    await starter(page, "Finance chiefs, Nordics");
    await page.keyboard.press("Control+t");
    await page.getByLabel("Find people that were fetched").fill("ke");
    await page.getByRole("grid", { name: "Everyone" }).waitFor();
    await page.locator('[data-cell="1/0"]').click();
    await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
    await page.keyboard.press("Control+t");
    await page.keyboard.press("Control+,");
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    await page.keyboard.press("Control+3");
    await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
  },
  "what was done": async (page) => {
    await search(page);
    for (const column of ["place", "phone"]) {
      await page.locator(`[data-column=${column}]`).click({ button: "right" });
      await page.getByRole("menuitem", { name: "Hide" }).click();
      await page.locator(`[data-column=${column}]`).waitFor({ state: "detached" });
    }
    await page.keyboard.press("Control+z");
    await page.getByLabel("Find people that were fetched").fill("keil");
    await page.getByRole("button", { name: "Show all again" }).click();
    await page.getByRole("button", { name: "What was done", exact: true }).click();
    await page.getByTestId("deeds").waitFor();
  },
  person: async (page) => {
    await search(page);
    await page.getByRole("gridcell").nth(8).click();
    await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
  },
  picked: async (page) => {
    await search(page);
    await page.getByTestId("pager-next").click();
    await says(page, "source-line", "page 2 of 3");
    await page.getByRole("button", { name: "Company" }).click();
    await page
      .getByRole("button", { name: "Name" })
      .first()
      .click({ modifiers: ["Shift"] });
    await page.locator('[data-cell="1/0"]').click();
    await page.locator('[data-cell="1/-1"]').click();
    await page.getByRole("checkbox", { name: "Select all 50" }).click();
    await page.getByRole("button", { name: "Select all 100 fetched" }).waitFor();
  },
  "picked export": async (page) => {
    await search(page);
    await page.locator('[data-cell="1/-1"]').click();
    await page.getByTestId("selection-export").click();
    await page.getByRole("button", { name: "Export to a file…" }).waitFor();
  },
  "column menu": async (page) => {
    await search(page);
    await page.getByRole("button", { name: "Company" }).click();
    await page.locator("[data-column=title]").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Sort by it, too" }).waitFor();
  },
  "table menu": async (page) => {
    await search(page);
    await page.getByRole("button", { name: "Columns and rows" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Phone" }).click();
  },
  facets: async (page) => {
    await search(page);
    await page.getByLabel("Find people that were fetched").fill("sales");
    await page.getByRole("grid", { name: "Everyone" }).waitFor();
    await page.getByRole("button", { name: "Narrow by" }).click();
    await page.getByRole("checkbox", { name: /^Germany/ }).check();
    await page.getByRole("button", { name: "No longer Country: Germany" }).waitFor();
    await page.locator("[role=grid]:not([aria-busy])").waitFor();
  },
  "found nobody": async (page) => {
    await search(page);
    await page.getByLabel("Find people that were fetched").fill("qqq");
    await page.getByRole("heading", { name: "None of them matches" }).waitFor();
  },
  palette: async (page) => {
    await search(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("option", { name: "Settings" }).waitFor();
  },
  keys: async (page) => {
    await search(page);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "All keys" }).waitFor();
  },
  everyone: async (page) => {
    await search(page);
    await page.getByRole("group", { name: "Whom the table shows" }).getByText("Everyone").click();
    await says(page, "source-line", "ever fetched");
    await page.getByRole("button", { name: "Company" }).click();
    await page.getByRole("gridcell").nth(1).click();
    await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
    // The address follows in a moment.
    await page.waitForFunction(() => new URLSearchParams(location.search).has("person"));
    const id = await page.evaluate(() => new URLSearchParams(location.search).get("person"));
    await fake(page, ([w, id]) => window.__fake.changeJob(w, id), [sample, id]);
    await page.getByRole("region", { name: "Jobs" }).waitFor();
  },
  "nobody fetched": async (page) => {
    await page.getByRole("group", { name: "Whom the table shows" }).getByText("Everyone").click();
    await page.getByRole("heading", { name: "Nobody was fetched in this workspace yet" }).waitFor();
  },
  editor: async (page) => {
    await search(page);
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByRole("complementary", { name: "New persona" }).waitFor();
  },
  titles: async (page) => {
    await search(page);
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Job titles").fill("CMO");
    await page.getByRole("option").first().waitFor();
  },
  violations: async (page) => {
    await page.getByRole("button", { name: "New persona" }).click();
    await page.getByLabel("Job titles").fill("CFO");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Save persona" }).click();
    await page.getByText("Give the persona a name.").waitFor();
  },
  searching: async (page) => {
    await fake(page, () => (window.__fake.delayMs = 5000));
    await page.getByTestId("search-button").click();
    await page.getByRole("region", { name: "Searching" }).waitFor();
  },
  "rate limited": async (page) => {
    await fake(page, () => (window.__fake.trouble = "rate_limited"));
    await page.getByTestId("search-button").click();
    await page.getByRole("alert").waitFor();
  },
  stale: async (page) => {
    await search(page);
    await fake(page, () => window.__fake.ageCacheBy(2 * 86_400_000));
    await fake(page, () => (window.__fake.trouble = "breaker_open"));
    await page.getByTestId("search-button").click();
    await says(page, "source-line", "stale");
  },
  stubs: async (page) => {
    await addWorkspace(page, "Nordwind", "free-key-of-twenty-chars");
    await starter(page, "Finance chiefs, Nordics");
    await search(page);
  },
  "only old": async (page) => {
    await search(page);
    await fake(page, () => window.__fake.ageCacheBy(2 * 86_400_000));
    await page.reload();
    await page.getByText("Older than a day").waitFor();
  },
  "lost ledger": async (page) => {
    await search(page);
    await fake(page, () => (window.__fake.trouble = "ledger_lost"));
    await page.getByTestId("lost-ledger").waitFor();
  },
  forbidden: async (page) => {
    await fake(page, () => (window.__fake.trouble = "forbidden"));
    await page.getByTestId("search-button").click();
    await page.getByRole("button", { name: "Choose the free search…" }).waitFor();
  },
  "newer file": async (page) => {
    await fake(page, (id) => window.__fake.makeNewer(id), sample);
    await page.reload();
    await page.getByRole("heading", { name: "The data was written by a newer Foray" }).waitFor();
  },
  forget: async (page) => {
    await search(page);
    await page.getByTestId("status-cache").click();
    await page.getByRole("button", { name: "Forget this persona's rows" }).click();
    await page.getByText("paid again").waitFor();
  },
  diagnostics: async (page) => {
    await search(page);
    await fake(page, (id) => window.__fake.haveBusyDay(id), sample);
    await page.getByRole("button", { name: /^Workspace:/ }).click();
    await page.getByRole("menuitem", { name: "Diagnostics…" }).click();
    await page.getByRole("figure").waitFor();
    await page.waitForFunction(() => document.querySelector("textarea")?.value !== "");
  },
  "no calls": async (page) => {
    await page.getByRole("button", { name: /^Workspace:/ }).click();
    await page.getByRole("menuitem", { name: "Diagnostics…" }).click();
    await page.getByText("No calls in the last 24 hours").waitFor();
  },
  waiting: async (page) => {
    await search(page);
    await fake(page, (id) => window.__fake.useUpCalls(id, 11), sample);
    await page.getByTestId("export-button").click();
    await page.getByLabel(/All that match/).check();
    await page.getByRole("button", { name: "Choose file…" }).click();
    await page.getByRole("button", { name: "Export · ≤ 2 calls" }).click();
    await says(page, "job-tray", "waiting:");
  },
  cancelled: async (page) => {
    await search(page);
    await fake(page, () => (window.__fake.exportHoldsAfter = 1));
    await page.getByTestId("export-button").click();
    await page.getByLabel(/All that match/).check();
    await page.getByRole("button", { name: "Choose file…" }).click();
    await page.getByRole("button", { name: "Export · ≤ 2 calls" }).click();
    await says(page, "job-tray", "100 of 118 rows");
    await page.getByRole("button", { name: "Cancel export" }).click();
    await letPageEnd(page);
    await page.getByRole("button", { name: /^Go on · / }).waitFor();
  },
  line: async (page) => {
    await search(page);
    await fake(page, () => (window.__fake.exportPageMs = 60_000));
    for (let i = 0; i < 3; i++) {
      await page.getByTestId("rerun-button").click();
      await page.getByRole("button", { name: /^Fetch · / }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    await page.getByRole("button", { name: "Pause" }).first().click();
    await says(page, "job-tray", "in line");
  },
  rerun: async (page) => {
    await search(page);
    await page.getByTestId("rerun-button").click();
    await page.getByRole("button", { name: /^Fetch · / }).waitFor();
  },
  history: async (page) => {
    await search(page);
    await page.getByTestId("rerun-button").click();
    await page.getByRole("button", { name: /^Fetch · / }).click();
    await says(page, "job-tray", "118 of 118 rows");
    await page.getByRole("button", { name: "History" }).click();
    await page.getByRole("button", { name: "Re-run again…" }).waitFor();
  },
  notices: async (page) => {
    await fake(page, () => {
      window.__fake.notices = [
        "A damaged cache was set aside.",
        `The call ledger was damaged and set aside as /home/ana/.local/share/foray/${"deep/".repeat(16)}ledger.sqlite.damaged-2026-11-23T06-15-17Z.`,
      ];
    });
    await page.getByText("A damaged cache").waitFor({ timeout: 20_000 });
  },
  export: async (page) => {
    await search(page);
    await page.getByTestId("export-button").click();
    await page.getByLabel(/All that match/).check();
    await page.getByRole("button", { name: "Export · ≤ 2 calls" }).waitFor();
  },
  tray: async (page) => {
    await search(page);
    await page.getByTestId("export-button").click();
    await page.getByRole("button", { name: "Choose file…" }).click();
    await page.getByRole("button", { name: "Export · no call" }).click();
    await says(page, "job-tray", "50 of 50 rows");
    await page.getByText("Exported 50 rows").waitFor();
  },
  key: async (page) => {
    await addWorkspace(page, "Nordwind", "a-full-key-of-many-chars");
    await page.getByRole("button", { name: /^Workspace:/ }).click();
    await page.getByRole("menuitem", { name: "Apollo key and calls…" }).click();
    await page.getByRole("button", { name: "Check key · 1 call" }).click();
    await page.getByText("It may search.").waitFor();
  },
  menu: async (page) => {
    await page.getByRole("button", { name: /^Workspace:/ }).click();
    await page.getByRole("menuitem", { name: "New workspace…" }).waitFor();
  },
  settings: async (page) => {
    await addWorkspace(page, "Nordwind", "a-full-key-of-many-chars");
    await page.keyboard.press("Control+,");
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  },
  "end of settings": async (page) => {
    await page.keyboard.press("Control+,");
    await page.getByLabel(/This one/).check();
    await page.getByRole("button", { name: "Use this proxy" }).click();
    await page.getByText("A proxy is scheme, host and port").waitFor();
    await page.waitForFunction(() => document.querySelector("textarea")?.value !== "");
    await page.locator("#people").evaluate((one) => (one.scrollTop = one.scrollHeight));
  },
  remove: async (page) => {
    await addWorkspace(page, "Nordwind und Südstern Vertriebsgesellschaft für den ganzen Alpenraum mbH & Co. KG");
    await page.keyboard.press("Control+,");
    await page.getByRole("button", { name: "Remove workspace…" }).click();
    await page.getByLabel("Its name").fill("Nordwind");
  },
  guide: async (page) => {
    await page.keyboard.press("F1");
    await page.getByText("/home/ana/.local/share/foray").waitFor();
  },
  notice: async (page) => {
    await addWorkspace(page, "Nordwind", "a-full-key-of-many-chars");
    await starter(page, "Finance chiefs, Nordics");
    await search(page);
    await page.getByRole("gridcell").nth(8).click();
  },
  locked: async (page) => {
    await addWorkspace(page, "Nordwind", "a-full-key-of-many-chars");
    await fake(page, () => window.__fake.lockKeyring(true));
    await page.getByRole("button", { name: /^Workspace:/ }).click();
    await page.getByRole("menuitem", { name: "Apollo key and calls…" }).click();
    await page.getByText("The keyring cannot be reached").waitFor();
  },
  status: async (page) => {
    await page.getByTestId("status-calls").click();
    await page.getByText("A call is one request to Apollo").waitFor();
  },
  limits: async (page) => {
    await fake(page, () => (window.__fake.ownLimits = "reached"));
    await search(page);
    await says(page, "status-calls", "Apollo's own limit is reached");
    await page.getByTestId("status-calls").click();
    await page.getByRole("row", { name: /^bulk enrichment/ }).waitFor();
  },
  enrich: async (page) => {
    await search(page);
    await page.getByTestId("enrich-button").click();
    await page.getByLabel(/Mobile numbers/).check();
    await page
      .getByTestId("enrich-start")
      .getByText(/Enrich \d+ · /)
      .waitFor();
  },
  "enrich under a cap": async (page) => {
    await search(page);
    await page.getByRole("button", { name: "Ledger", exact: true }).click();
    await page.getByLabel("Credits a day").fill("349");
    await page.keyboard.press("Enter");
    await page.getByText("Caps saved").waitFor();
    await page.getByLabel("Dismiss", { exact: true }).click();
    await page.getByText("Caps saved").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Back to the people (Escape)" }).click();
    await fake(page, (id) => window.__fake.useUpCalls(id, 2), sample);
    await page.getByTestId("enrich-button").click();
    await page.getByLabel(/Mobile numbers/).check();
    await page
      .getByTestId("enrich-start")
      .getByText(/Enrich up to \d+ · .* looks for mobiles · ≤ 349 credits/)
      .waitFor();
  },
  "enrich companies": async (page) => {
    await search(page);
    await page.getByTestId("enrich-button").click();
    await page.getByRole("radio", { name: /^Companies/ }).check();
    await page
      .getByTestId("enrich-start")
      .getByText(/Enrich \d+ companies · /)
      .waitFor();
  },
  "may have been charged": async (page) => loseAnAnswer(page),
  "price not told": async (page) => {
    await enrichAnswered(page, "price untold");
    await page.getByText("Apollo did not tell the price of a paid call.").waitFor();
  },
  "came instead": async (page) => {
    await answerInstead(page);
    await page.getByLabel("Find people that were fetched").fill("Petra Voss");
    await page.locator('[data-cell="0/0"]').filter({ hasText: "Petra Voss" }).click();
    await page.getByText(/Came instead of somebody else/).waitFor();
  },
  "instead in the ledger": async (page) => {
    await answerInstead(page);
    await page.getByRole("button", { name: "Ledger", exact: true }).click();
    await says(page, "ledger", "1 answered with somebody else");
    await page.locator("#people").evaluate((one) => (one.scrollTop = one.scrollHeight));
  },
  ledger: async (page) => {
    await loseAnAnswer(page);
    await page.getByRole("button", { name: "Ledger", exact: true }).click();
    await page.getByRole("button", { name: "Compare · ≤ 2 calls" }).click();
    await page.getByText(/They agree\./).waitFor();
  },
  account: async (page) => {
    await page.getByRole("button", { name: "Ledger", exact: true }).click();
    await page.getByRole("button", { name: "Account…" }).click();
    await page.getByRole("button", { name: /^Check · / }).click();
    await page.getByText("This key works").waitFor();
  },
};
