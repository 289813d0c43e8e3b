// Tabs: each a view of work with its own history, table, selection and focus; opened, closed, opened again, put into another order; kept
// for each workspace, also over a restart.
import assert from "node:assert/strict";
import { addWorkspace, flow, goBack, goForward, says, search, soon, starter } from "./flow.mjs";

const bar = (page) => page.getByRole("tablist", { name: "Views" });
const tab = (page, name) => bar(page).getByRole("tab", { name });
const titles = (page) => bar(page).getByRole("tab").allTextContents();
const shows = (page, name) => bar(page).getByRole("tab", { name, selected: true }).waitFor();
const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();
const show = (page, name) => page.getByRole("group", { name: "Whom the table shows" }).getByText(name).click();
const persona = (page, name) => page.getByTestId("persona-list").getByRole("button", { name });
const dach = "Sales leaders, DACH";
const nordics = "Finance chiefs, Nordics";
const software = "Marketing heads, software";

async function twoTabs(page) {
  await search(page);
  await page.keyboard.press("Control+t");
  await bar(page).waitFor();
  await starter(page, nordics);
  await shows(page, nordics);
}

/** The same app closed and opened again: what was stored, and nothing of the page. */
async function restart(page) {
  const { origin } = new URL(page.url());
  await page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
  const stored = await page.evaluate(() => sessionStorage.getItem("foray-fake"));
  const fresh = await page.context().newPage();
  await fresh.addInitScript(
    (stored) => sessionStorage.setItem("foray-fake", sessionStorage.getItem("foray-fake") ?? stored),
    stored,
  );
  await fresh.goto(origin);
  await fresh.getByTestId("status-bar").getByText("left this hour").waitFor();
  return fresh;
}

flow("with one view there is no bar of tabs, and a tab that is closed last but one takes it away", async (page) => {
  await twoTabs(page);
  await soon(async () => assert.deepEqual(await titles(page), [dach, nordics]));
  await page.keyboard.press("Control+w");
  await bar(page).waitFor({ state: "detached" });
  await heading(page, dach);
  await page.keyboard.press("Control+w");
  await heading(page, dach);
  await page.keyboard.press("Control+Shift+t");
  await shows(page, nordics);
});

flow("back and forward belong to the tab", async (page) => {
  await twoTabs(page);
  await starter(page, software);
  await shows(page, software);
  await page.keyboard.press("Control+1");
  await heading(page, dach);
  await page.getByRole("button", { name: "Back (Alt+Left)" }).and(page.locator("[aria-disabled=true]")).waitFor();
  await page.keyboard.press("Control+Tab");
  await heading(page, software);
  await goBack(page);
  await heading(page, nordics);
  await goBack(page);
  await heading(page, dach);
  await soon(async () => assert.deepEqual(await titles(page), [dach, dach]));
  await goForward(page);
  await heading(page, nordics);
});

flow("each tab has its own table, selection and focus", async (page) => {
  await search(page);
  await show(page, "Everyone");
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  await page.locator('[data-cell="3/-1"]').click();
  await page.locator('#people [tabindex="0"]').focus();
  await page.keyboard.press("ArrowDown");
  await page.getByTestId("grid").evaluate(
    (grid) =>
      new Promise((heard) => {
        grid.addEventListener("scroll", () => requestAnimationFrame(heard), { once: true });
        grid.scrollTop = 64;
      }),
  );
  await page.keyboard.press("Control+t");
  await shows(page, "Everyone");
  await soon(async () =>
    assert.equal(await page.getByRole("region", { name: "Selection" }).count(), 0, "a new tab begins anew"),
  );
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-cell") === "0/0");
  await page.keyboard.press("End");
  await page.keyboard.press("Control+1");
  await page.getByRole("region", { name: "Selection" }).getByText("1 selected").waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-cell") === "4/-1");
  await soon(async () => assert.equal(await page.getByTestId("grid").evaluate((grid) => grid.scrollTop), 64));
  await page.keyboard.press("Control+2");
  await page.waitForFunction(() => document.activeElement?.closest("[data-cell]")?.getAttribute("data-cell") === "0/7");
});

flow("Control or the middle button opens a persona or a person behind the view at hand", async (page) => {
  await search(page);
  await persona(page, nordics).click({ modifiers: ["Control"] });
  await bar(page).waitFor();
  await persona(page, software).click({ button: "middle" });
  await page.waitForFunction(() => document.querySelectorAll("[role=tab]").length === 3);
  await heading(page, dach);
  const name = (await page.locator('[data-cell="2/0"]').textContent()).trim();
  await page.locator('[data-cell="2/1"]').click({ button: "middle" });
  await soon(async () => assert.equal(await page.getByRole("complementary", { name: /^Person:/ }).count(), 0));
  await tab(page, name).click();
  await page.getByRole("complementary", { name: `Person: ${name}` }).waitFor();
  await soon(async () => assert.equal(await tab(page, nordics).count(), 1));
  await page.getByTestId("status-bar").hover();
  await soon(async () => assert.match(await tab(page, name).getAttribute("title"), new RegExp(`^${name}\n${dach}\n`)));
});

flow("tabs are reached, moved and closed by the keys of a tab", async (page) => {
  await twoTabs(page);
  await page.keyboard.press("Control+t");
  await starter(page, software);
  await tab(page, software).focus();
  await page.keyboard.press("ArrowLeft");
  await page.waitForFunction((name) => document.activeElement?.textContent === name, nordics);
  await shows(page, software);
  await page.keyboard.press("Control+ArrowLeft");
  await soon(async () => assert.deepEqual(await titles(page), [nordics, dach, software]));
  await page.waitForFunction((name) => document.activeElement?.textContent === name, nordics);
  await page.keyboard.press("Enter");
  await shows(page, nordics);
  await tab(page, nordics).focus();
  await page.keyboard.press("Delete");
  await shows(page, dach);
  await page.waitForFunction((name) => document.activeElement?.textContent === name, dach);
  await page.getByRole("button", { name: "Undo" }).click();
  await shows(page, nordics);
  await soon(async () => assert.deepEqual(await titles(page), [nordics, dach, software]));
});

flow("a tab that is drawn goes to the place of another", async (page) => {
  await twoTabs(page);
  const [from, to] = [await tab(page, nordics).boundingBox(), await tab(page, dach).boundingBox()];
  await page.mouse.move(from.x + 40, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y + 10, { steps: 3 });
  await page.mouse.move(to.x + 40, to.y + 10, { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction((name) => document.querySelector("[role=tab]").textContent === name, nordics);
  await soon(async () => assert.deepEqual(await titles(page), [nordics, dach]));
  await tab(page, dach).click({ button: "middle" });
  await bar(page).waitFor({ state: "detached" });
  await heading(page, nordics);
});

flow("after a restart the tabs are there, each with its history", async (page) => {
  await twoTabs(page);
  await search(page);
  await page.locator('[data-cell="1/-1"]').click();
  await page.getByTestId("pager-next").click();
  await says(page, "source-line", "page 2");
  const fresh = await restart(page);
  await shows(fresh, nordics);
  await soon(async () => assert.deepEqual(await titles(fresh), [dach, nordics]));
  await says(fresh, "source-line", "page 2");
  await goBack(fresh);
  await says(fresh, "source-line", "page 1");
  await fresh.getByRole("region", { name: "Selection" }).getByText("1 selected").waitFor();
  await fresh.keyboard.press("Control+Shift+Tab");
  await heading(fresh, dach);
  await fresh.getByTestId("grid").waitFor();
});

flow("the tabs of one workspace are none of another's", async (page) => {
  await twoTabs(page);
  await addWorkspace(page, "Nordwind");
  await soon(async () => assert.equal(await bar(page).count(), 0));
  await page.keyboard.press("Control+Shift+t");
  await goBack(page);
  await page.getByRole("button", { name: "Workspace: Nordwind" }).waitFor();
  await page.keyboard.press("Control+t");
  await starter(page, software);
  await soon(async () => assert.deepEqual(await titles(page), ["New persona", software]));
  await page.getByRole("button", { name: "Workspace: Nordwind" }).click();
  await page.getByRole("menuitemradio", { name: "Sample workspace" }).click();
  await shows(page, nordics);
  await soon(async () => assert.deepEqual(await titles(page), [dach, nordics]));
  const stored = await page.evaluate(() =>
    JSON.parse(sessionStorage.getItem("foray-fake")).workspaces.map(({ workspace, view }) => [workspace.id, view]),
  );
  for (const [id, view] of stored)
    for (const [other] of stored) if (other !== id) assert.ok(!view.includes(other), `${id} holds steps of ${other}`);
});

flow(
  "many tabs stay in their bar, and the one in sight is seen",
  { viewport: { width: 900, height: 600 } },
  async (page) => {
    for (let one = 0; one < 14; one++) await page.keyboard.press("Control+t");
    await page.waitForFunction(() => document.querySelectorAll("[role=tab]").length === 15);
    await soon(async () => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)));
    await page.keyboard.press("Control+1");
    await page.waitForFunction(() => document.querySelector("[role=tab]").getBoundingClientRect().left > 100);
    await page.keyboard.press("Control+9");
    await page.waitForFunction(
      () => [...document.querySelectorAll("[role=tab]")].at(-1).getBoundingClientRect().right < innerWidth,
    );
  },
);
