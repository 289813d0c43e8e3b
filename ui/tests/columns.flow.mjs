// The columns of the table: several in the order of the rows, resized, moved, pinned and hidden by mouse and keys, kept with the persona.
import assert from "node:assert/strict";
import { flow, goBack, search, soon, starter } from "./flow.mjs";

const head = (page, name) => page.getByRole("columnheader", { name }).getByRole("button");
const names = (page) =>
  page.locator("[data-column]").evaluateAll((all) => all.map((one) => one.getAttribute("data-column")));
const width = (page, id) =>
  page.locator(`[data-column=${id}]`).evaluate((one) => Math.round(one.getBoundingClientRect().width));
const cellText = async (page, row, column) =>
  (await page.locator(`[data-cell="${row}/${column}"]`).textContent()).trim();

flow("several columns make one order, numbered, and each can be taken out of it", async (page) => {
  await search(page);
  await head(page, "Company").click();
  await page.locator("[aria-sort=ascending]").waitFor();
  await head(page, "Seniority").click({ modifiers: ["Shift"] });
  await page.waitForFunction(() => document.querySelectorAll("[aria-sort=ascending]").length === 2);
  await soon(async () => assert.match(await head(page, "Company").textContent(), /1 in the order/));
  await soon(async () => assert.match(await head(page, "Seniority").textContent(), /2 in the order/));
  await page.waitForFunction(() => new URLSearchParams(location.search).get("sort") === "company,seniority");
  await page.locator("[role=grid]:not([aria-busy])").waitFor();
  const rows = [];
  for (let row = 0; row < 14; row++) rows.push([await cellText(page, row, 2), await cellText(page, row, 4)]);
  const ranks = ["VP", "Head", "Director"];
  for (let row = 1; row < rows.length; row++)
    if (rows[row][0] === rows[row - 1][0])
      assert.ok(ranks.indexOf(rows[row][1]) >= ranks.indexOf(rows[row - 1][1]), JSON.stringify(rows));
  await head(page, "Seniority").click({ modifiers: ["Shift"] });
  await page.locator("[aria-sort=descending]").waitFor();
  await head(page, "Seniority").click({ modifiers: ["Shift"] });
  await page.waitForFunction(() => new URLSearchParams(location.search).get("sort") === "company");
  await soon(async () => assert.equal(await head(page, "Company").textContent(), "Company"));
  await goBack(page);
  await page.locator("[aria-sort=descending]").waitFor();
});

flow("an edge that is drawn resizes its column and no other", async (page) => {
  await search(page);
  const before = [await width(page, "title"), await width(page, "company")];
  const edge = await page.locator("[data-edge=title]").boundingBox();
  await page.mouse.move(edge.x + 3, edge.y + 10);
  await page.mouse.down();
  await page.mouse.move(edge.x + 43, edge.y + 12, { steps: 4 });
  await page.mouse.up();
  await soon(async () =>
    assert.deepEqual([await width(page, "title"), await width(page, "company")], [before[0] + 40, before[1]]),
  );
  await soon(async () =>
    assert.equal(await page.locator("[aria-sort=ascending]").count(), 0, "drawing an edge does not sort"),
  );
});

flow("a double click on an edge, or a key, makes a column as wide as what stands in it", async (page) => {
  await search(page);
  const cut = () =>
    page
      .locator('[role=gridcell][data-cell$="/2"] > *')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
  await soon(async () => assert.ok((await cut()) > 0, "nothing is cut off before"));
  const before = await width(page, "company");
  const others = [await width(page, "name"), await width(page, "title")];
  await page.locator("[data-edge=company]").dblclick();
  await page.waitForFunction(
    (before) => document.querySelector("[data-column=company]").offsetWidth > before,
    Math.round(before),
  );
  await soon(async () => assert.equal(await cut(), 0));
  await soon(async () => assert.deepEqual([await width(page, "name"), await width(page, "title")], others));
  await soon(async () => assert.equal(await page.locator("[aria-sort=ascending]").count(), 0, "it does not sort"));
  const wide = await width(page, "company");
  await page.locator('#people [tabindex="0"]').focus();
  await page.keyboard.press("ArrowUp");
  for (let step = 0; step < 2; step++) await page.keyboard.press("ArrowRight");
  for (let step = 0; step < 3; step++) await page.keyboard.press("Shift+ArrowRight");
  await page.waitForFunction(
    (wider) => document.querySelector("[data-column=company]").offsetWidth === wider,
    Math.round(wide) + 48,
  );
  await page.keyboard.press("f");
  await page.waitForFunction(
    (wide) => document.querySelector("[data-column=company]").offsetWidth === wide,
    Math.round(wide),
  );
});

flow("a head that is drawn goes to the place of another, and does not sort", async (page) => {
  await search(page);
  const from = await page.locator("[data-column=company]").boundingBox();
  const to = await page.locator("[data-column=name]").boundingBox();
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x - 30, from.y + 10, { steps: 3 });
  await page.mouse.move(to.x + 20, to.y + 10, { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction(() => document.querySelector("[data-column]").getAttribute("data-column") === "company");
  await soon(async () => assert.deepEqual((await names(page)).slice(0, 3), ["company", "name", "title"]));
  await soon(async () => assert.equal(await page.locator("[aria-sort=ascending]").count(), 0));
});

flow("the keys of a head resize and move it and open its menu; the focus goes along", async (page) => {
  await search(page);
  await page.locator('#people [tabindex="0"]').focus();
  await page.keyboard.press("ArrowUp");
  const before = await width(page, "name");
  const isWide = (wanted) =>
    page.waitForFunction(
      (wanted) => Math.round(document.querySelector("[data-column=name]").getBoundingClientRect().width) === wanted,
      wanted,
    );
  await page.keyboard.press("Shift+ArrowRight");
  await isWide(before + 16);
  await page.keyboard.press("Shift+ArrowRight");
  await isWide(before + 32);
  await page.keyboard.press("Shift+ArrowLeft");
  await isWide(before + 16);
  await page.keyboard.press("Control+ArrowRight");
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-cell") === "-1/1");
  await soon(async () => assert.deepEqual((await names(page)).slice(0, 2), ["title", "name"]));
  await soon(async () =>
    assert.equal(await page.evaluate(() => document.activeElement.closest("[data-column]").dataset.column), "name"),
  );
  await page.keyboard.press("Alt+ArrowDown");
  await page.getByRole("menu", { name: "Column Name" }).waitFor();
  await page.getByRole("menuitem", { name: "Hide" }).click();
  await page.getByRole("columnheader", { name: "Name" }).waitFor({ state: "detached" });
  await soon(async () => assert.equal(await page.getByTestId("grid").getAttribute("aria-colcount"), "8"));
});

flow(
  "a column that is kept in sight stays while the others scroll sideways",
  { viewport: { width: 900, height: 600 } },
  async (page) => {
    await search(page);
    await page.locator("[data-column=company]").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Keep it in sight" }).click();
    await page.waitForFunction(() => document.querySelector("[data-column]").getAttribute("data-column") === "company");
    const grid = page.getByTestId("grid");
    const left = () => page.locator('[data-cell="1/0"]').evaluate((one) => one.getBoundingClientRect().left);
    const before = await left();
    await grid.evaluate((one) => (one.scrollLeft = 400));
    await soon(async () =>
      assert.ok((await grid.evaluate((one) => one.scrollLeft)) > 20, "the table is wider than its window"),
    );
    await soon(async () => assert.equal(await left(), before));
    const name = await page.locator('[data-cell="1/1"]').evaluate((one) => one.getBoundingClientRect().left);
    assert.ok(name < before, "the others went under it");
    await page.locator("[data-column=company]").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Let it scroll with the others" }).click();
    await page.waitForFunction(() => document.querySelector("[data-column]").getAttribute("data-column") === "name");
  },
);

flow("columns and the height of rows are chosen beside the table; the last column stays", async (page) => {
  await search(page);
  await page.getByRole("button", { name: "Columns and rows" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Phone" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Seniority" }).click();
  await soon(async () =>
    assert.deepEqual(await names(page), ["name", "title", "company", "place", "email", "linkedin"]),
  );
  await page.getByRole("menuitemradio", { name: "Roomy rows" }).click();
  await page.waitForFunction(
    () => document.querySelector("[data-cell='1/0']").closest("[role=row]").offsetHeight === 40,
  );
  for (const name of ["Name", "Title", "Company", "Place", "E-mail"])
    await page.getByRole("menuitemcheckbox", { name }).click();
  await soon(async () => assert.deepEqual(await names(page), ["linkedin"]));
  await soon(async () =>
    assert.equal(await page.getByRole("menuitemcheckbox", { name: "LinkedIn" }).getAttribute("aria-disabled"), "true"),
  );
  await page.getByRole("menuitem", { name: "All columns as usual" }).click();
  await page.waitForFunction(() => document.querySelectorAll("[data-column]").length === 8);
});

flow("each persona has its own columns, also after a restart", async (page) => {
  await search(page);
  await page.locator("[data-column=place]").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Hide" }).click();
  await page.getByRole("columnheader", { name: "Place" }).waitFor({ state: "detached" });
  await starter(page, "Finance chiefs, Nordics");
  await search(page);
  await page.getByRole("columnheader", { name: "Place" }).waitFor();
  await starter(page, "Sales leaders, DACH");
  await page.getByRole("columnheader", { name: "Place" }).waitFor({ state: "detached" });
  await page.waitForFunction(() => sessionStorage.getItem("foray-fake").includes("kept="));
  await page.evaluate(() => history.replaceState(null, "", "/"));
  await page.reload();
  await page.getByTestId("grid").waitFor();
  await soon(async () => assert.equal(await page.getByRole("columnheader", { name: "Place" }).count(), 0));
  await soon(async () => assert.equal(await page.getByTestId("grid").getAttribute("aria-colcount"), "8"));
});
