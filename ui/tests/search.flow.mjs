// Searching: the first run, the cache, pages, sorting, back and forward, the restart.
import assert from "node:assert/strict";
import { addWorkspace, fake, flow, goBack, goForward, rowCount, says, search, soon, starter } from "./flow.mjs";

flow("the first start has rows one key away", async (page) => {
  await says(page, "source-line", "not searched yet");
  await soon(async () =>
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Search · 1 call"),
  );
  await page.keyboard.press("Enter");
  await says(page, "source-line", "live, just now");
  await says(page, "source-line", "118 matching · 50 fetched · page 1 of 3");
  await soon(async () => assert.equal(await rowCount(page), 51));
  await says(page, "status-bar", "99 of 100 calls left this hour · next frees");
});

flow("the same search again comes from the cache and spends nothing", async (page) => {
  await search(page);
  await starter(page, "Finance chiefs, Nordics");
  await says(page, "source-line", "not searched yet");
  await starter(page, "Sales leaders, DACH");
  await says(page, "source-line", "cached, just now");
  await soon(async () => assert.equal(await fake(page, () => window.__fake.searches), 1));
  await page.getByRole("button", { name: "Refresh · 1 call" }).click();
  await says(page, "source-line", "live, just now");
  await soon(async () => assert.equal(await fake(page, () => window.__fake.searches), 2));
});

flow("looking never spends: choosing personas, going back and forward only peeks", async (page) => {
  for (const name of ["Finance chiefs, Nordics", "Marketing heads, software", "Sales leaders, DACH"]) {
    await starter(page, name);
    await page.getByRole("heading", { level: 1, name }).waitFor();
  }
  await goBack(page);
  await page.getByRole("heading", { level: 1, name: "Marketing heads, software" }).waitFor();
  await goForward(page);
  await page.getByRole("heading", { level: 1, name: "Sales leaders, DACH" }).waitFor();
  await page.keyboard.press("Alt+ArrowLeft");
  await page.getByRole("heading", { level: 1, name: "Marketing heads, software" }).waitFor();
  await page.getByRole("button", { name: "Forward (Alt+Right)" }).click();
  await page.getByRole("heading", { level: 1, name: "Sales leaders, DACH" }).waitFor();
  await soon(async () => assert.equal(await fake(page, () => window.__fake.searches), 0));
});

flow("back and forward restore filters, page, sort and the open person", async (page) => {
  await search(page);
  await page.getByRole("button", { name: "Name" }).first().click();
  await page.getByRole("columnheader", { name: "Name" }).and(page.locator("[aria-sort=ascending]")).waitFor();
  await page.getByTestId("pager-next").click();
  await says(page, "source-line", "page 2 of 3");
  await page.getByRole("gridcell").first().click();
  await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
  await starter(page, "Finance chiefs, Nordics");
  await says(page, "source-line", "not searched yet");
  await goBack(page);
  await says(page, "source-line", "page 2 of 3");
  await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
  await goBack(page);
  await page.getByRole("complementary", { name: /^Person:/ }).waitFor({ state: "detached" });
  await goBack(page);
  await says(page, "source-line", "page 1 of 3");
  await goBack(page);
  await page.locator("[aria-sort=ascending]").waitFor({ state: "detached" });
  await goForward(page);
  await page.locator("[aria-sort=ascending]").waitFor();
  await soon(async () => assert.equal(await fake(page, () => window.__fake.searches), 2));
});

flow("the pager says what a page costs, and that a cached one costs nothing", async (page) => {
  await search(page);
  await soon(async () => assert.match(await page.getByTestId("pager-next").textContent(), /Next · 1 call/));
  await page.getByTestId("pager-next").click();
  await says(page, "source-line", "page 2 of 3");
  await soon(async () => assert.equal((await page.getByTestId("pager-previous").textContent()).trim(), "Previous"));
  await page.getByTestId("pager-previous").click();
  await says(page, "source-line", "page 1 of 3");
  await says(page, "pager-next", "Next · no call");
  await page.getByLabel("page", { exact: true }).fill("3");
  await page.getByRole("button", { name: "Go · 1 call" }).click();
  await says(page, "source-line", "118 matching · 118 fetched · page 3 of 3");
  await soon(async () => assert.ok(await page.getByTestId("pager-next").isDisabled()));
  await page.getByLabel("page", { exact: true }).fill("900");
  await page.getByText("1 to 3").waitFor();
});

flow("another page size is another question, asked only on the button", async (page) => {
  await search(page);
  await page.getByLabel("People a page").selectOption("10");
  await says(page, "source-line", "not searched yet");
  await search(page);
  await soon(async () => assert.equal(await rowCount(page), 11));
});

flow("sorting three times returns to Apollo's order, and missing values stay last", async (page) => {
  await search(page);
  const first = () => page.getByTestId("grid").locator('[data-cell="0/0"]').textContent();
  const before = await first();
  const header = page.getByRole("button", { name: "Name" }).first();
  await soon(async () => assert.equal(await header.getAttribute("title"), "Sorts all 50; with Shift after the others"));
  await header.click();
  await page.locator("[aria-sort=ascending]").waitFor();
  await header.click();
  await page.locator("[aria-sort=descending]").waitFor();
  await header.click();
  await page.locator("[aria-sort=descending]").waitFor({ state: "detached" });
  await soon(async () => assert.equal(await first(), before));
});

flow("a restart shows the rows of before with their age, without a call", async (page) => {
  await search(page);
  await page.waitForTimeout(700);
  await fake(page, () => window.__fake.ageCacheBy(3 * 3_600_000 + 1000));
  await page.goto(new URL("/", page.url()).href);
  await says(page, "source-line", "cached, 3 h ago");
  await soon(async () => assert.equal(await rowCount(page), 51));
  await soon(async () => assert.equal(await fake(page, () => window.__fake.searches), 0));
});

flow("Ctrl+Enter searches from anywhere", async (page) => {
  await page.getByRole("button", { name: "New persona" }).focus();
  await page.keyboard.press("Control+Enter");
  await says(page, "source-line", "live, just now");
});

flow("a workspace of one's own starts empty and shows nothing of the other", async (page) => {
  await search(page);
  await addWorkspace(page, "Nordwind Agency", "free-key-of-twenty-chars");
  await page.getByRole("heading", { name: "Say whom you look for" }).waitFor();
  await soon(async () => assert.match(await page.title(), /Nordwind Agency/));
  await soon(async () => assert.equal(await page.getByTestId("grid").count(), 0));
  await starter(page, "Sales leaders, DACH");
  await says(page, "source-line", "not searched yet");
  await search(page);
  await says(page, "status-bar", "free search");
  await page.getByText("Apollo's free search tells less").waitFor();
  await soon(async () =>
    assert.match(await page.getByTestId("grid").locator('[data-cell="0/6"]').textContent(), /not told/),
  );
  await soon(async () =>
    assert.match(await page.getByTestId("grid").locator('[data-cell="0/0"]').textContent(), /\*\*\*|\.$/),
  );
  await page.waitForTimeout(600);
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menuitemradio", { name: "Sample workspace" }).click();
  await says(page, "source-line", "cached, just now");
  await says(page, "status-bar", "Sample data (stand-in)");
});

flow("the credit bound stands on the button where a page may cost one", async (page) => {
  await addWorkspace(page, "Paid", "a-full-key-with-many-chars");
  await starter(page, "Finance chiefs, Nordics");
  await page.getByRole("button", { name: "Search · 1 call · ≤ 1 credit" }).click();
  await says(page, "source-line", "live, just now");
  await says(page, "pager-next", "Next · 1 call · ≤ 1 credit");
});

flow("Back and Forward can be pressed only where there is a place to go to", async (page) => {
  const back = page.getByRole("button", { name: "Back (Alt+Left)" });
  const forward = page.getByRole("button", { name: "Forward (Alt+Right)" });
  const able = async () => [await back.isEnabled(), await forward.isEnabled()];
  const becomes = async (wanted) => {
    for (let i = 0; i < 40 && String(await able()) !== String(wanted); i++) await page.waitForTimeout(50);
    await soon(async () => assert.deepEqual(await able(), wanted));
  };
  await becomes([false, false]);
  await starter(page, "Finance chiefs, Nordics");
  await becomes([true, false]);
  await back.click();
  await page.getByRole("heading", { name: "Sales leaders, DACH" }).waitFor();
  await becomes([false, true]);
  await forward.click();
  await page.getByRole("heading", { name: "Finance chiefs, Nordics" }).waitFor();
  await becomes([true, false]);
  await back.click();
  await becomes([false, true]);
  // Another way taken: the old one ahead is gone.
  await starter(page, "Marketing heads, software");
  await becomes([true, false]);
});
