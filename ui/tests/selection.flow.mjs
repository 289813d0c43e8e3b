// Picking people by id: keys, boxes, ranges, all in two steps; copying them and exporting them.
import assert from "node:assert/strict";
import { fake, flow, goBack, sample, says, search, soon } from "./flow.mjs";

const box = (page, row) => page.locator(`[data-cell="${row}/-1"]`);
const bar = (page) => page.getByRole("region", { name: "Selection" });
const show = (page, name) => page.getByRole("group", { name: "Whom the table shows" }).getByText(name).click();
const picked = (page) =>
  page.locator("[role=row][aria-selected=true]").evaluateAll((all) => all.map((one) => one.ariaRowIndex));
const tells = (page, text) => bar(page).getByText(text, { exact: true }).waitFor();

async function enterGrid(page) {
  await search(page);
  await page.locator('#people [tabindex="0"]').focus();
}

/** What was put on the clipboard last. */
function watchClipboard(page) {
  return fake(page, () => {
    window.__copied = [];
    document.addEventListener(
      "copy",
      (event) => {
        const { clipboardData } = event;
        const set = clipboardData.setData.bind(clipboardData);
        clipboardData.setData = (type, text) => {
          window.__copied.push([type, text]);
          set(type, text);
        };
      },
      { capture: true },
    );
  });
}

flow("whoever goes from one table to another by its key stays in the table", async (page) => {
  await search(page);
  await page.locator('#people [tabindex="0"]').focus();
  for (const [key, name] of [
    ["3", "Everyone"],
    ["1", "People on this page"],
  ]) {
    await page.keyboard.press(key);
    await page.getByRole("grid", { name }).waitFor();
    await page.waitForFunction(() => document.activeElement?.closest("[data-cell]"));
    await page.keyboard.press("Space");
    await page.getByRole("region", { name: "Selection" }).getByText("1 selected").waitFor();
  }
});

flow("Space picks, Shift with the arrows picks on, and going back lets go", async (page) => {
  await enterGrid(page);
  await page.keyboard.press("Space");
  await tells(page, "1 selected");
  await soon(async () => assert.deepEqual(await picked(page), ["2"]));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await tells(page, "4 selected");
  await soon(async () => assert.deepEqual(await picked(page), ["2", "4", "5", "6"]));
  await page.keyboard.press("Shift+ArrowUp");
  await tells(page, "3 selected");
  await soon(async () => assert.deepEqual(await picked(page), ["2", "4", "5"]));
  await page.keyboard.press("Space");
  await tells(page, "2 selected");
  await page.keyboard.press("Control+Shift+Home");
  await tells(page, "4 selected");
  await page.keyboard.press("Control+Shift+a");
  await bar(page).waitFor({ state: "detached" });
});

flow("boxes pick without opening anybody, with Shift up to there", async (page) => {
  await search(page);
  await box(page, 2).click();
  await box(page, 5).click({ modifiers: ["Shift"] });
  await tells(page, "4 selected");
  await soon(async () => assert.equal(await page.getByRole("complementary", { name: /^Person:/ }).count(), 0));
  await soon(async () => assert.ok(await box(page, 4).isChecked()));
  await page.getByRole("checkbox", { name: "Select all 50" }).click();
  await tells(page, "50 selected");
  await page.getByRole("checkbox", { name: "Select nobody" }).click();
  await bar(page).waitFor({ state: "detached" });
});

flow("Control with A picks the page, and again all that was fetched", async (page) => {
  await search(page);
  await page.getByTestId("pager-next").click();
  await says(page, "source-line", "100 fetched");
  await page.locator('#people [tabindex="0"]').focus();
  await page.keyboard.press("Control+a");
  await tells(page, "50 selected");
  await bar(page).getByRole("button", { name: "Select all 100 fetched" }).waitFor();
  await page.keyboard.press("Control+a");
  await tells(page, "100 selected");
  await page.getByRole("grid", { name: "All people fetched for these filters" }).waitFor();
});

flow("of a million, Control with A picks those in sight, and again all as a rule", async (page) => {
  await fake(page, () => (window.__fake.crowd = 1_000_000));
  await show(page, "Everyone");
  await page.locator('[role=grid][aria-rowcount="1000001"]').waitFor();
  await page.locator('#people [tabindex="0"]').focus();
  await page.keyboard.press("Control+a");
  const few = Number((await bar(page).getByRole("status").textContent()).split(" ")[0]);
  assert.ok(few > 10 && few < 60, `${few} are in sight`);
  await bar(page).getByRole("button", { name: "Select all 1,000,000" }).waitFor();
  await page.keyboard.press("Control+a");
  await tells(page, "1,000,000 selected");
  await page.keyboard.press("Space");
  await tells(page, "999,999 selected");
  await page.keyboard.press("Control+End");
  await page.waitForFunction(() => document.querySelector("[data-cell='999999/-1']")?.ariaChecked === "true");
  // A range of more rows than are there yet.
  await page.keyboard.press("Control+Shift+a");
  for (let press = 0; press < 30; press++) await page.keyboard.press("Shift+PageUp");
  await page.waitForFunction(() => {
    const row = Number(document.activeElement.getAttribute("data-cell").split("/")[0]);
    const count = document.querySelector("[aria-label=Selection] [role=status]")?.textContent;
    return count === `${1_000_000 - row} selected`;
  });
});

flow("who is picked stays picked through another order, scrolling, back and forward", async (page) => {
  await search(page);
  await box(page, 1).click();
  const name = (await page.locator('[data-cell="1/0"]').textContent()).trim();
  await page.getByRole("button", { name: "Company" }).click();
  await page.locator("[aria-sort=ascending]").waitFor();
  await page.locator("[role=grid]:not([aria-busy])").waitFor();
  await tells(page, "1 selected");
  await page.getByTestId("grid").evaluate((grid) => (grid.scrollTop = 9_999));
  await page.getByTestId("grid").evaluate((grid) => (grid.scrollTop = 0));
  await show(page, "Everyone");
  await says(page, "source-line", "ever fetched");
  await soon(async () => assert.equal(await bar(page).count(), 0, "another table has its own"));
  await page.waitForURL(/show=everyone/);
  await goBack(page);
  await tells(page, "1 selected");
  await goBack(page);
  await page.locator("[aria-sort=ascending]").waitFor({ state: "detached" });
  await soon(async () => assert.ok(await page.getByRole("checkbox", { name: `Select ${name}` }).isChecked()));
});

flow("copying puts lines of cells and a table on the clipboard; without a selection, the cell", async (page) => {
  await enterGrid(page);
  await watchClipboard(page);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+c");
  await page.waitForFunction(() => window.__copied.length === 2);
  const [[, title]] = await fake(page, () => window.__copied.splice(0));
  await soon(async () => assert.equal(title, (await page.locator('[data-cell="0/1"]').textContent()).trim()));
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await tells(page, "2 selected");
  await page.keyboard.press("Control+c");
  await page.getByText("Copied 2 people").waitFor();
  const [[plain, text], [rich, html]] = await fake(page, () => window.__copied);
  assert.deepEqual([plain, rich], ["text/plain", "text/html"]);
  const lines = text.split("\r\n").map((line) => line.split("\t"));
  assert.deepEqual(lines[0], ["Name", "Title", "Company", "Place", "Seniority", "E-mail", "Phone", "LinkedIn"]);
  assert.equal(lines.length, 3);
  assert.equal(lines[1][1], title);
  assert.match(html, /^<table><thead><tr><th>Name<\/th>/);
});

flow(
  "people who are picked and no longer on the page are counted apart, and the head says nothing of them",
  async (page) => {
    await search(page);
    await box(page, 0).click();
    await box(page, 3).click({ modifiers: ["Shift"] });
    await tells(page, "4 selected");
    const kept = (await page.locator('[data-cell="3/0"]').textContent()).trim();
    // Asked anew, the page has others: of those who were picked only one is left.
    await fake(page, () => (window.__fake.left = 3));
    await page.getByTestId("search-button").click();
    await tells(page, "4 selected · 1 in this table");
    await soon(async () => assert.deepEqual(await picked(page), ["2"]));
    await soon(async () => assert.equal((await page.locator('[data-cell="0/0"]').textContent()).trim(), kept));
    const all = page.getByRole("checkbox", { name: /^Select all/ });
    await soon(async () => assert.equal(await all.isChecked(), false));
    await soon(async () => assert.equal(await all.evaluate((one) => one.indeterminate), true));
  },
);

flow("a key picks who the tab stop is with, also after others came in before them", async (page) => {
  await search(page);
  await show(page, "All 50 fetched");
  await page.getByRole("grid", { name: "All people fetched for these filters" }).waitFor();
  await page.getByRole("button", { name: "Name" }).first().click();
  await page.locator("[aria-sort=ascending]").waitFor();
  await page.locator("[role=grid]:not([aria-busy])").waitFor();
  await page.locator('[data-cell="20/0"]').click();
  await page.keyboard.press("Escape");
  const name = (await page.locator('[data-cell="20/0"]').textContent()).trim();
  await page.locator('[data-cell="20/0"]').focus();
  await fake(page, (w) => window.__fake.fetchPage(w, 2), sample);
  await page.locator('[role=grid][aria-rowcount="101"]').waitFor();
  await page.waitForFunction((name) => {
    const here = document.activeElement?.closest("[role=row]");
    return here?.querySelector('[data-cell$="/0"]')?.textContent.trim() === name && here.ariaRowIndex !== "22";
  }, name);
  await page.keyboard.press("Space");
  await tells(page, "1 selected");
  await soon(async () =>
    assert.ok(
      await page
        .getByRole("checkbox", { name: `Select ${name}`, checked: true })
        .first()
        .isVisible(),
    ),
  );
});

flow("Control with A waits for rows that are not there yet", async (page) => {
  await fake(page, () => (window.__fake.crowd = 1_000_000));
  await show(page, "Everyone");
  await page.locator('[role=grid][aria-rowcount="1000001"]').waitFor();
  await page.locator('#people [tabindex="0"]').focus();
  await fake(page, () => (window.__fake.windowMs = 700));
  await page.getByTestId("grid").evaluate((grid) => (grid.scrollTop = grid.scrollHeight / 2));
  await page.locator("[role=row][aria-busy]").first().waitFor();
  await page.keyboard.press("Control+a");
  await bar(page).waitFor();
  const few = Number((await bar(page).getByRole("status").textContent()).split(" ")[0]);
  assert.ok(few > 10 && few < 60, `${few} are in sight`);
});

flow("those who are picked are copied in the order of the table, wherever they are by then", async (page) => {
  await search(page);
  await page.getByTestId("pager-next").click();
  await says(page, "source-line", "100 fetched");
  await show(page, "Everyone");
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  await box(page, 3).click();
  await box(page, 0).click();
  await box(page, 1).click();
  await page.getByRole("button", { name: "Name" }).first().click();
  await page.locator("[aria-sort=ascending]").waitFor();
  await page.locator("[role=grid]:not([aria-busy])").waitFor();
  await watchClipboard(page);
  await bar(page).getByRole("button", { name: "Copy" }).click();
  await page.getByText("Copied 3 people").waitFor();
  const [[, text]] = await fake(page, () => window.__copied);
  const names = text
    .split("\r\n")
    .slice(1)
    .map((line) => line.split("\t")[0]);
  assert.deepEqual(names, [...names].sort(new Intl.Collator("en", { sensitivity: "base", numeric: true }).compare));
});

flow("that too many cannot be copied is said before", async (page) => {
  await fake(page, () => (window.__fake.crowd = 1_000_000));
  await show(page, "Everyone");
  await page.getByRole("checkbox", { name: "Select all 1,000,000" }).click();
  const copy = bar(page).getByRole("button", { name: "Copy" });
  await soon(async () => assert.equal(await copy.getAttribute("aria-disabled"), "true"));
  await soon(async () => assert.match(await copy.getAttribute("title"), /^At most 10,000 people are copied/));
});

flow("those who are picked are exported by themselves, for no call", async (page) => {
  await search(page);
  const calls = await page.getByTestId("status-calls").textContent();
  await box(page, 0).click();
  await box(page, 3).click();
  await page.getByTestId("selection-export").click();
  await page.getByRole("dialog", { name: "Export 2 people" }).waitFor();
  await page.getByRole("button", { name: "Export to a file…" }).click();
  await page.getByText("Exported 2 people").waitFor();
  await soon(async () => assert.equal(await page.getByTestId("status-calls").textContent(), calls));
});

flow("those who are picked, and nobody else, are asked to be enriched", async (page) => {
  await search(page);
  await box(page, 0).click();
  await box(page, 3).click();
  await page.getByTestId("selection-enrich").click();
  await page
    .getByRole("dialog", { name: "Enrich", exact: true })
    .getByText(/^“.* · 2 selected”$/)
    .waitFor();
  await page.getByRole("button", { name: "Enrich 2 · 2 calls · ≤ 2 credits" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("enrich");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Enrich 2 · 2 calls · ≤ 2 credits" }).waitFor();
});
