// Everybody ever fetched: the sets the table shows, sorted as a whole, in windows of rows; the panel with its sources.
import assert from "node:assert/strict";
import { addWorkspace, fake, flow, goBack, goForward, rowCount, sample, says, search, soon, starter } from "./flow.mjs";

const show = (page, name) => page.getByRole("group", { name: "Whom the table shows" }).getByText(name).click();
const cell = (page, row, column = 0) => page.getByTestId("grid").locator(`[data-cell="${row}/${column}"]`);
const text = async (page, row, column = 0) => (await cell(page, row, column).textContent()).trim();

/** Waits until a cell says something else than before. */
async function changes(page, row, column, before) {
  for (let i = 0; i < 100 && (await text(page, row, column)) === before; i++) await page.waitForTimeout(50);
  await soon(async () => assert.notEqual(await text(page, row, column), before));
}

async function twoPages(page) {
  await search(page);
  await page.getByTestId("pager-next").click();
  await says(page, "source-line", "page 2 of 3");
  await says(page, "source-line", "118 matching · 100 fetched");
}

flow("all that was fetched is one table, sorted as a whole and not page by page", async (page) => {
  await twoPages(page);
  await soon(async () => assert.equal(await rowCount(page), 51));
  await show(page, "All 100 fetched");
  await page.getByRole("grid", { name: "All people fetched for these filters" }).waitFor();
  await soon(async () => assert.equal(await rowCount(page), 101));
  await soon(async () => assert.equal(await page.getByRole("navigation", { name: "Pages" }).count(), 0));
  await page.getByRole("button", { name: "Company" }).click();
  await page.locator("[aria-sort=ascending]").waitFor();
  const companies = [];
  for (let row = 0; row < 12; row++) companies.push(await text(page, row, 2));
  assert.deepEqual(
    companies,
    [...companies].sort(new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare),
  );
  await page.getByRole("button", { name: "Company" }).click();
  await page.locator("[aria-sort=descending]").waitFor();
  await changes(page, 0, 2, companies[0]);
  await page.getByTestId("status-bar").hover();
  await soon(async () =>
    assert.match(await page.getByRole("button", { name: "Company" }).getAttribute("title"), /^Sorts all 100;/),
  );
});

flow("while another order is found the rows of the one before stay and say that they wait", async (page) => {
  await twoPages(page);
  await show(page, "All 100 fetched");
  await page.getByRole("grid", { name: "All people fetched for these filters" }).waitFor();
  const before = await text(page, 0, 2);
  await fake(page, () => {
    window.__fake.windowMs = 1_500;
  });
  await page.getByRole("button", { name: "Company" }).click();
  await page.locator("[role=grid][aria-busy]").waitFor();
  await soon(async () => assert.equal(await text(page, 0, 2), before));
  await changes(page, 0, 2, before);
  await page.locator("[role=grid]:not([aria-busy])").waitFor();
});

flow("everyone is who any search has brought, also after the hour's rows were forgotten", async (page) => {
  await search(page);
  await starter(page, "Finance chiefs, Nordics");
  await says(page, "source-line", "not searched yet");
  await show(page, "Everyone");
  await says(page, "source-line", "50 people ever fetched in this workspace");
  await soon(async () => assert.equal(await rowCount(page), 51));
  await page.getByTestId("search-button").click();
  await says(page, "source-line", "live, just now");
  await soon(async () =>
    assert.ok(await page.getByRole("radio", { name: "This page" }).isChecked(), "who asks sees what comes"),
  );
  await show(page, "Everyone");
  await page.waitForFunction(() =>
    document.querySelector("[data-testid=source-line]")?.textContent?.match(/^\d{2,} people/),
  );
  await soon(async () =>
    assert.doesNotMatch(await page.getByTestId("source-line").textContent(), /live/, "that is said of a page only"),
  );
  await soon(async () => assert.ok((await rowCount(page)) > 51));
  await soon(async () => assert.equal(await fake(page, () => window.__fake.searches), 2, "looking spends nothing"));
});

flow("an empty workspace says what everyone will be", async (page) => {
  await show(page, "Everyone");
  await page.getByRole("heading", { name: "Nobody was fetched in this workspace yet" }).waitFor();
});

flow("back, forward and a reload restore whom the table shows, in which order, and who is open", async (page) => {
  await twoPages(page);
  await show(page, "All 100 fetched");
  await page.getByRole("button", { name: "Name" }).first().click();
  await page.locator("[role=grid]:not([aria-busy]) [aria-sort=ascending]").waitFor();
  const first = await text(page, 0);
  await cell(page, 3).click();
  await page.getByText("4 of 100 fetched").waitFor();
  // The window's address follows what is shown.
  await page.waitForURL((url) => url.searchParams.has("person"));
  await page.reload();
  await page.getByText("4 of 100 fetched").waitFor();
  await soon(async () => assert.equal(await text(page, 0), first));
  await goBack(page);
  await page.getByRole("complementary").waitFor({ state: "detached" });
  await goBack(page);
  await page.locator("[aria-sort=ascending]").waitFor({ state: "detached" });
  await goBack(page);
  await says(page, "source-line", "page 2 of 3");
  await soon(async () => assert.equal(await rowCount(page), 51));
  await goForward(page);
  await page.getByRole("grid", { name: "All people fetched for these filters" }).waitFor();
});

flow("a table of many windows is walked to its end by keys, and stepped through in the panel", async (page) => {
  for (const number of [1, 2, 3, 4, 5]) {
    await page.evaluate(
      ([w, number]) => history.replaceState(history.state, "", `?w=${w}&location=Germany&rows=100&page=${number}`),
      [sample, number],
    );
    await page.reload();
    await page.getByTestId("search-button").click();
    await says(page, "source-line", `page ${number} of`);
  }
  await show(page, "All 500 fetched");
  await page.waitForFunction(
    () => document.querySelector("[data-testid=grid]")?.getAttribute("aria-rowcount") === "501",
  );
  await page.locator('#people [tabindex="0"]').focus();
  await page.keyboard.press("Control+End");
  await page.waitForFunction(
    () => document.activeElement?.closest("[data-cell]")?.getAttribute("data-cell") === "499/7",
  );
  await page.waitForFunction(() => document.querySelector('[data-cell="499/0"]')?.textContent?.trim());
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.getByText("500 of 500 fetched").waitFor();
  for (let step = 0; step < 3; step++) await page.keyboard.press("k");
  await page.getByText("497 of 500 fetched").waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-cell") === "496/0");
  await page.keyboard.press("Control+Home");
  await page.waitForFunction(() => document.querySelector('[data-cell="0/0"]')?.textContent?.trim());
  const grid = page.getByTestId("grid");
  await grid.evaluate((one) => (one.scrollTop = 7_000));
  await page.waitForFunction(() => [...document.querySelectorAll("[role=row][aria-busy]")].length === 0);
  await soon(async () =>
    assert.ok((await grid.locator("[role=row]").count()) < 60, "only the rows in sight are drawn"),
  );
});

flow("the tab stop goes along with its person into another set", async (page) => {
  await starter(page, "Finance chiefs, Nordics");
  await search(page);
  await starter(page, "Sales leaders, DACH");
  await twoPages(page);
  await show(page, /^All 100 fetched$/);
  await cell(page, 2).click();
  await page.getByText("3 of 100 fetched").waitFor();
  const name = await page.getByRole("complementary").getByRole("heading").textContent();
  await show(page, "Everyone");
  await page
    .getByText(/in this workspace$/)
    .first()
    .waitFor();
  await page.locator("#person-panel").focus();
  await page.keyboard.press("Escape");
  await page.waitForFunction((name) => document.activeElement?.textContent?.trim() === name, name.trim());
  await soon(async () =>
    assert.notEqual(await page.evaluate(() => document.activeElement.getAttribute("data-cell")), "2/0"),
  );
});

flow("the panel says of each fact who told it and when, and of a change of jobs between which days", async (page) => {
  await search(page);
  await cell(page, 0).click();
  const panel = page.getByRole("complementary", { name: /^Person:/ });
  await panel.getByText("made up, just now").first().waitFor();
  await soon(async () => assert.ok((await panel.getByText("made up, just now").count()) > 8));
  await soon(async () => assert.equal(await panel.getByRole("region", { name: "Jobs" }).count(), 0));
  await page.waitForURL(/person=/);
  const id = await page.evaluate(() => new URLSearchParams(location.search).get("person"));
  await fake(page, ([w, id]) => window.__fake.changeJob(w, id), [sample, id]);
  const jobs = panel.getByRole("region", { name: "Jobs" });
  await jobs.getByText(/^Changed jobs between /).waitFor();
  await jobs.getByText("Sales Manager at Ackermann & Söhne Labs").waitFor();
});

flow("who is open stays open when the table shows others", async (page) => {
  await twoPages(page);
  await show(page, "All 100 fetched");
  await cell(page, 0).click();
  await page.getByText("1 of 100 fetched").waitFor();
  await show(page, "This page");
  await page.getByText("not among those in the table").waitFor();
});

flow("a page that lands while all that was fetched is shown takes its place in the order", async (page) => {
  await twoPages(page);
  await show(page, "All 100 fetched");
  await page.getByRole("button", { name: "Name" }).first().click();
  await page.locator("[aria-sort=ascending]").waitFor();
  await cell(page, 4).click();
  await page.getByText("5 of 100 fetched").waitFor();
  const name = (await page.getByRole("complementary").getByRole("heading").textContent()).trim();
  // As an export does it: the page comes without the table having asked.
  await fake(page, (w) => window.__fake.fetchPage(w, 3), sample);
  await page.getByText(/of 118 fetched$/).waitFor();
  await soon(async () => assert.equal(await rowCount(page), 119));
  await soon(async () =>
    assert.equal((await page.getByRole("complementary").getByRole("heading").textContent()).trim(), name),
  );
  const names = [];
  for (let row = 0; row < 12; row++) names.push(await text(page, row));
  assert.deepEqual(names, [...names].sort(new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare));
});

flow("another workspace has its own everyone, and nobody of the one before is seen in it", async (page) => {
  await search(page);
  await show(page, "Everyone");
  await says(page, "source-line", "50 people ever fetched");
  await cell(page, 0).click();
  await page.getByText("1 of 50 in this workspace").waitFor();
  await addWorkspace(page, "Nordwind", "free-key-of-twenty-chars");
  await show(page, "Everyone");
  await page.getByRole("heading", { name: "Nobody was fetched in this workspace yet" }).waitFor();
  await soon(async () => assert.equal(await page.getByRole("complementary", { name: /^Person:/ }).count(), 0));
  await starter(page, "Finance chiefs, Nordics");
  await search(page);
  await show(page, "Everyone");
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  await cell(page, 0).click();
  const panel = page.getByRole("complementary", { name: /^Person:/ });
  await panel.getByText("Apollo's free search, just now").first().waitFor();
  await panel.getByText("not told").first().waitFor();
});

flow("from one persona to another the table stays in the page, and each is where it was left", async (page) => {
  const scrolled = () => page.getByTestId("grid").evaluate((grid) => grid.scrollTop);
  const focused = () => page.evaluate(() => document.activeElement?.closest("[data-cell]")?.dataset.cell ?? null);
  await starter(page, "Finance chiefs, Nordics");
  await search(page);
  await starter(page, "Sales leaders, DACH");
  await search(page);
  await page.locator('[data-cell="2/1"]').click();
  await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByTestId("grid").evaluate((grid) => {
    grid.dataset.kept = "kept";
    grid.scrollTop = 320;
  });
  await page.locator('[data-cell="12/0"]').waitFor();
  await page.waitForTimeout(300);

  await starter(page, "Finance chiefs, Nordics");
  await page.getByRole("heading", { level: 1, name: "Finance chiefs, Nordics" }).waitFor();
  await soon(async () => assert.equal(await scrolled(), 0));
  assert.equal(await page.getByTestId("grid").getAttribute("data-kept"), "kept", "the table was drawn anew");
  await page.locator('[data-cell="0/0"]').focus();
  await page.keyboard.press("ArrowDown");
  await soon(async () => assert.equal(await focused(), "1/0"));

  await page.keyboard.press("Alt+ArrowLeft");
  await page.getByRole("heading", { level: 1, name: "Sales leaders, DACH" }).waitFor();
  await soon(async () => assert.equal(await focused(), "2/1", "the focus is with whom it was left"));
  assert.equal(await scrolled(), 320, "what was in sight stays so, also where the focus is out of it");
  await page.keyboard.press("Alt+ArrowRight");
  await page.getByRole("heading", { level: 1, name: "Finance chiefs, Nordics" }).waitFor();
  await soon(async () => assert.equal(await focused(), "1/0"));
  assert.equal(await page.getByTestId("grid").getAttribute("data-kept"), "kept");
});
