// What was done, and undone: news with their way back, the list of all of it, the key for the last.
import assert from "node:assert/strict";
import { addWorkspace, flow, goBack, search, soon, starter } from "./flow.mjs";

const deeds = (page) => page.getByTestId("deeds").getByRole("listitem");
const openList = async (page) => {
  await page.getByRole("button", { name: "What was done", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "What was done" }).waitFor();
};
const columns = (page) =>
  page.locator("[data-column]").evaluateAll((all) => all.map((one) => one.getAttribute("data-column")));
const hide = async (page, column) => {
  await page.locator(`[data-column=${column}]`).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Hide" }).click();
  await page.locator(`[data-column=${column}]`).waitFor({ state: "detached" });
};
const editor = (page) => page.getByRole("complementary", { name: /persona/ });

async function savePersona(page, name) {
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await editor(page).getByLabel("Name", { exact: true }).fill(name);
  await editor(page).getByRole("button", { name: "Save persona" }).click();
  await page.getByTestId("persona-list").getByRole("button", { name }).waitFor();
}

flow("searches and changes are listed, the newest first, and each can be undone once", async (page) => {
  await search(page);
  await hide(page, "place");
  await page.getByRole("dialog", { name: "Place is hidden" }).getByRole("button", { name: "Undo" }).waitFor();
  await openList(page);
  await soon(async () => assert.match(await deeds(page).first().textContent(), /^\d\d:\d\dPlace is hiddenUndo$/));
  await soon(async () =>
    assert.match(
      await deeds(page).last().textContent(),
      /Searched.*Sales leaders, DACH · page 1 of 3 · 50 people · 1 call/,
    ),
  );
  await deeds(page).first().getByRole("button", { name: "Undo: Place is hidden" }).click();
  await deeds(page).first().getByText("Undone", { exact: true }).waitFor();
  await soon(async () =>
    assert.equal(
      await deeds(page)
        .getByRole("button", { name: /^Undo:/ })
        .count(),
      0,
    ),
  );
  await soon(async () =>
    assert.equal(await deeds(page).last().getByRole("button").count(), 0, "a search cannot be undone"),
  );
  await soon(async () =>
    assert.equal(await page.getByRole("dialog", { name: "Place is hidden" }).count(), 0, "its news is no longer true"),
  );
  await page.keyboard.press("Escape");
  await page.locator("[data-column=place]").waitFor();
});

flow("Control with Z undoes one after the other, and in a field what was typed", async (page) => {
  await search(page);
  await hide(page, "place");
  await hide(page, "seniority");
  await page.keyboard.press("Control+z");
  await page.locator("[data-column=seniority]").waitFor();
  await soon(async () => assert.equal(await page.locator("[data-column=place]").count(), 0));
  await page.getByLabel("Find people that were fetched").focus();
  await page.keyboard.press("Control+z");
  await soon(async () => assert.equal(await page.locator("[data-column=place]").count(), 0));
  await page.getByTestId("search-button").focus();
  await page.keyboard.press("Control+z");
  await page.locator("[data-column=place]").waitFor();
});

flow("everything since a moment is undone at once", async (page) => {
  await search(page);
  const before = await columns(page);
  await hide(page, "place");
  await hide(page, "title");
  await page.locator('[data-cell="1/-1"]').click();
  await page.locator('[data-cell="4/-1"]').click({ modifiers: ["Shift"] });
  await page
    .getByRole("button", { name: /^Select nobody/ })
    .first()
    .click();
  await openList(page);
  await page.getByRole("button", { name: "Undo back to here: Place is hidden" }).click();
  await soon(async () => assert.equal(await deeds(page).getByText("Undone", { exact: true }).count(), 3));
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "Selection" }).getByText("4 selected").waitFor();
  await soon(async () => assert.deepEqual(await columns(page), before));
});

flow("a persona that was saved over, made or deleted comes back as it was", async (page) => {
  await savePersona(page, "Sales heads");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await editor(page).getByRole("button", { name: "Founder" }).click();
  await editor(page).getByRole("button", { name: "Save changes" }).click();
  await page.getByRole("dialog", { name: "Persona saved" }).getByRole("button", { name: "Undo" }).click();
  await page.getByRole("dialog", { name: "Persona is back" }).waitFor();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await editor(page).getByRole("button", { name: "Founder", pressed: false }).waitFor();
  await editor(page).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog", { name: "Persona deleted" }).getByRole("button", { name: "Undo" }).click();
  await page.getByTestId("persona-list").getByRole("button", { name: "Sales heads" }).waitFor();
});

flow("filters that were taken away come back, wherever one is by then", async (page) => {
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await editor(page).getByRole("button", { name: "Clear" }).click();
  await page.getByRole("heading", { name: "Say whom you look for" }).waitFor();
  const news = page.getByRole("dialog", { name: "All filters taken away" });
  await news.waitFor();
  await starter(page, "Finance chiefs, Nordics");
  await news.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("heading", { level: 1, name: "Sales leaders, DACH" }).waitFor();
  await goBack(page);
  await page.getByRole("heading", { level: 1, name: "Finance chiefs, Nordics" }).waitFor();
});

flow("what narrowed the table comes back", async (page) => {
  await search(page);
  await page.getByLabel("Find people that were fetched").fill("keil");
  await page.getByRole("button", { name: "Show all again" }).click();
  await page.getByRole("dialog", { name: "All are shown again" }).getByRole("button", { name: "Undo" }).click();
  await page.getByRole("region", { name: "Narrowed by" }).getByText("“keil”").waitFor();
});

flow("news are said by whoever reads the screen, without a hurry", async (page) => {
  await search(page);
  await hide(page, "place");
  const live = page.locator("[aria-live=polite]").filter({ hasText: "Place is hidden" });
  await live.first().waitFor({ state: "attached" });
  await soon(async () =>
    assert.equal(await page.locator("[aria-live=assertive]").filter({ hasText: "Place" }).count(), 0),
  );
});

flow("what was done in one workspace is not told in another", async (page) => {
  await search(page);
  await hide(page, "place");
  await addWorkspace(page, "Nordwind");
  await soon(async () => assert.equal(await page.getByText("Place is hidden").count(), 0));
  await openList(page);
  await page.getByText("Nothing was done in this workspace yet.").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: "Workspace: Nordwind" }).click();
  await page.getByRole("menuitemradio", { name: "Sample workspace" }).click();
  await openList(page);
  await deeds(page).getByText("Place is hidden").waitFor();
});
