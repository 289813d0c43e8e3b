// Finding people that were fetched: the search field at each key, facets with their counts, both in the address.
import assert from "node:assert/strict";
import { fake, flow, goBack, goForward, rowCount, says, search, soon, starter } from "./flow.mjs";

const field = (page) => page.getByLabel("Find people that were fetched");
const found = (page, words) =>
  page.getByRole("region", { name: "Narrowed by" }).getByRole("status").getByText(words, { exact: true }).waitFor();
const rows = (page, column) =>
  page
    .locator(`[data-cell$="/${column}"]`)
    .evaluateAll((all) =>
      all.filter((one) => !one.dataset.cell.startsWith("-1/")).map((one) => one.textContent.trim()),
    );
const option = (page, facet, value) =>
  page
    .getByRole("region", { name: "Narrow by" })
    .getByRole("group", { name: facet })
    .getByRole("checkbox", { name: value });

async function twoPersonas(page) {
  await search(page);
  await starter(page, "Finance chiefs, Nordics");
  await search(page);
}

flow("what a key finds is asked for once, ahead of its drawing", async (page) => {
  await twoPersonas(page);
  await page.getByRole("group", { name: "Whom the table shows" }).getByText("Everyone").click();
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  const asked = () => fake(page, () => window.__fake.windows);
  const before = await asked();
  await field(page).press("v");
  await page
    .getByRole("region", { name: "Narrowed by" })
    .getByText(/^\d+ found$/)
    .waitFor();
  await soon(async () => assert.equal(await asked(), before + 1));
});

flow("a key whose people are long in coming has the table say that it waits, and then has them", async (page) => {
  await twoPersonas(page);
  await page.getByRole("group", { name: "Whom the table shows" }).getByText("Everyone").click();
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  await fake(page, () => (window.__fake.windowMs = 1_000));
  await field(page).press("v");
  await page.locator("[role=grid][aria-busy=true]").waitFor();
  await soon(async () => assert.equal(await field(page).inputValue(), "v"));
  await page.locator("[role=grid]:not([aria-busy])").waitFor();
  await page
    .getByRole("region", { name: "Narrowed by" })
    .getByText(/^\d+ found$/)
    .waitFor();
});

flow("each key narrows everybody ever fetched, accents and order of words do not matter", async (page) => {
  await twoPersonas(page);
  await page.keyboard.press("/");
  await page.waitForFunction(() => document.activeElement?.id === "find-people");
  await page.keyboard.type("lefev");
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[data-cell$="/0"]')].slice(1).every((one) => /Lefèvre/.test(one.textContent)),
  );
  await page.keyboard.type(" sales");
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[data-cell$="/1"]')].slice(1).every((one) => /Sales/.test(one.textContent)),
  );
  const few = (await rows(page, 0)).length;
  await found(page, `${few} found`);
  await soon(async () => assert.equal(await fake(page, () => window.__fake.searches), 2, "looking spends nothing"));
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-cell") === "0/0");
  await page.keyboard.press("Control+f");
  await page.keyboard.type("nobody is called this");
  await page.getByRole("heading", { name: "None of them matches" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "Narrowed by" }).waitFor({ state: "detached" });
});

flow("what was typed is one step back, and forward finds it again", async (page) => {
  await twoPersonas(page);
  await field(page).click();
  await page.keyboard.type("keil");
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  const many = await rowCount(page);
  const inAddress = () => page.waitForFunction(() => new URLSearchParams(location.search).get("find") === "keil");
  await inAddress();
  await goBack(page);
  await page.getByRole("grid", { name: "People on this page" }).waitFor();
  await soon(async () => assert.equal(await field(page).inputValue(), ""));
  await goForward(page);
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  await soon(async () => assert.equal(await field(page).inputValue(), "keil"));
  await soon(async () => assert.equal(await rowCount(page), many));
  await inAddress();
  await page.reload();
  await page.waitForFunction((many) => document.querySelector("[role=grid]")?.ariaRowCount === String(many), many);
});

flow("facets tell how many there are and narrow when they are clicked", async (page) => {
  await search(page);
  await page.getByTestId("pager-next").click();
  await says(page, "source-line", "100 fetched");
  await page.getByRole("group", { name: "Whom the table shows" }).getByText("All 100 fetched").click();
  await page.getByRole("button", { name: "Narrow by" }).click();
  const vp = option(page, "Seniority", "VP");
  const label = await vp.evaluate((one) => one.closest("label").textContent);
  const count = Number(label.match(/\d+$/)[0]);
  await vp.check();
  await found(page, `${count} found`);
  await soon(async () => assert.equal(await rowCount(page), count + 1));
  await soon(async () => assert.ok((await rows(page, 4)).every((text) => text === "VP")));
  // The other values of the same facet keep their counts: they would be added.
  await option(page, "Seniority", "Head").check();
  await page.waitForFunction((count) => Number(document.querySelector("[role=grid]").ariaRowCount) > count + 1, count);
  await option(page, "Country", "Germany").check();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[data-cell$="/3"]')].slice(1).every((one) => /Germany/.test(one.textContent)),
  );
  await page.getByRole("button", { name: "No longer Seniority: Head" }).click();
  await page.waitForFunction(
    () => new URLSearchParams(location.search).getAll("only").join() === "seniority:vp,country:Germany",
  );
  await goBack(page);
  await page.getByRole("button", { name: "No longer Seniority: Head" }).waitFor();
  await page.getByRole("button", { name: "Show all again" }).click();
  await page.waitForFunction(() => document.querySelector("[role=grid]").ariaRowCount === "101");
});

flow("who works in several functions is found by any of them, and the panel tells all", async (page) => {
  await search(page);
  await page.getByRole("button", { name: "Narrow by" }).click();
  await option(page, "Function", "Sales").waitFor();
  await option(page, "Function", "Business development").check();
  await page.getByRole("button", { name: "No longer Function: Business development" }).waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[data-cell$="/1"]')].slice(1).every((one) => one.textContent === "Sales Director"),
  );
  await page.waitForFunction(
    () => new URLSearchParams(location.search).getAll("only").join() === "function:business_development",
  );
  await page.getByRole("gridcell").first().click();
  const panel = page.getByRole("complementary", { name: /^Person:/ });
  const works = panel.locator("dt", { hasText: "Works in" }).locator("xpath=following-sibling::dd");
  await works.getByText("Business development, sales", { exact: true }).waitFor();
});

flow("a selection belongs to what is narrowed, and a search of Apollo shows its page whole", async (page) => {
  await twoPersonas(page);
  await field(page).click();
  await page.keyboard.type("keil");
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  await page.getByRole("checkbox", { name: /^Select all/ }).click();
  const count = (await rowCount(page)) - 1;
  await page.getByRole("region", { name: "Selection" }).getByText(`${count} selected`).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByRole("grid", { name: "People on this page" }).waitFor();
  await soon(async () => assert.equal(await field(page).inputValue(), ""));
  await soon(async () => assert.equal(await page.getByRole("region", { name: "Selection" }).count(), 0));
  await page.waitForURL((url) => !url.searchParams.has("find"));
  await goBack(page);
  await page.getByRole("region", { name: "Selection" }).getByText(`${count} selected`).waitFor();
});

flow(
  "Escape in the search field shows the page again that it was begun from, and then leads into the table",
  async (page) => {
    await search(page);
    const field = page.getByLabel("Find people that were fetched");
    await field.fill("ke");
    await page.getByRole("grid", { name: "Everyone" }).waitFor();
    await field.press("Escape");
    await page.getByRole("grid", { name: "People on this page" }).waitFor();
    assert.equal(await field.inputValue(), "");
    await field.press("Escape");
    await page.locator("#people :focus").waitFor();

    await page.getByRole("group", { name: "Whom the table shows" }).getByText("Everyone").click();
    await page.getByRole("grid", { name: "Everyone" }).waitFor();
    await field.fill("ke");
    await field.press("Escape");
    await soon(async () => assert.equal(await rowCount(page), 51));
    await page.getByRole("grid", { name: "Everyone" }).waitFor();
  },
);
