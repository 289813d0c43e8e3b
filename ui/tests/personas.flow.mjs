// Personas: written, saved, changed, deleted and brought back; the lists to choose from; what is wrong, told at its field.
import assert from "node:assert/strict";
import { fake, flow, goBack, says, search, soon, starter } from "./flow.mjs";

const list = (page) => page.getByTestId("persona-list");
const editor = (page) => page.getByRole("complementary", { name: /persona/ });

async function writePersona(page, name) {
  await page.getByRole("button", { name: "New persona" }).click();
  await editor(page).getByLabel("Name").fill(name);
  await editor(page).getByLabel("Job titles").fill("head of sales");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Save persona" }).click();
  await list(page).getByRole("button", { name }).waitFor();
}

/** Waits until the field of this name has the cursor. */
function focused(page, name) {
  return page.waitForFunction((wanted) => {
    const at = document.activeElement;
    const named = at?.getAttribute("aria-labelledby");
    return (at?.getAttribute("aria-label") ?? document.getElementById(named ?? "")?.textContent) === wanted;
  }, name);
}

flow("a persona is written, saved, searched, changed, and deleted with undo", async (page) => {
  await writePersona(page, "Sales heads");
  await soon(async () => assert.equal(await page.evaluate(() => document.activeElement?.id), "edit-filters"));
  await search(page);
  await page.getByRole("button", { name: "Edit" }).click();
  await editor(page).getByRole("button", { name: "VP" }).click();
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "changed" }).waitFor();
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "changed" }).waitFor({ state: "detached" });
  await page.getByText("head of sales · VP").waitFor();
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await list(page).getByRole("button", { name: "Sales heads" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await list(page).getByRole("button", { name: "Sales heads" }).waitFor();
  await page.getByText("head of sales · VP").waitFor();
});

flow("an abbreviation offers its words, and one with several meanings asks", async (page) => {
  await page.getByRole("button", { name: "New persona" }).click();
  await editor(page).getByLabel("Job titles").fill("CMO");
  await page.getByRole("option", { name: /CMO \+ Chief Marketing Officer/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Remove Chief Marketing Officer" }).waitFor();
  await page.getByRole("button", { name: "Remove CMO" }).click();
  await editor(page).getByLabel("Job titles").fill("CRO");
  await page.getByRole("option", { name: /CRO \+ Chief Risk Officer/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Remove CRO" }).waitFor();
  await soon(async () => assert.equal(await page.getByRole("button", { name: /^Remove Chief Ri/ }).count(), 0));
});

flow("Escape in a field closes its list, then the editor, and never clears a chip", async (page) => {
  await page.getByRole("button", { name: "Edit" }).click();
  await editor(page).getByLabel("Job titles").fill("cfo");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove VP Sales" }).waitFor();
  await page.keyboard.press("Escape");
  await editor(page).waitFor({ state: "detached" });
  await soon(async () => assert.equal(await page.evaluate(() => document.activeElement?.id), "edit-filters"));
  await page.waitForURL(/title=VP/);
});

flow("the list of industries is complete, and what cannot be searched says why", async (page) => {
  await page.getByRole("button", { name: "New persona" }).click();
  await editor(page).getByLabel("Industries").click();
  await page.getByRole("option").first().waitFor();
  await soon(async () => assert.equal(await page.getByRole("option").count(), 147));
  await editor(page).getByLabel("Industries").fill("dairy");
  const dairy = page.getByRole("option", { name: /Dairy/ });
  await soon(async () => assert.equal(await dairy.getAttribute("aria-disabled"), "true"));
  await page.getByText("Apollo's id not known").waitFor();
});

flow("seniorities stand in rank order, and a company size of one's own is a chip like the others", async (page) => {
  await page.getByRole("button", { name: "New persona" }).click();
  const seniorities = editor(page).getByRole("group", { name: "Seniorities" });
  await seniorities.waitFor();
  const names = await seniorities.getByRole("button").allTextContents();
  assert.deepEqual(names.slice(0, 5), ["Owner", "Founder", "C-suite", "Partner", "VP"]);
  await editor(page).getByLabel("From, people").fill("75");
  await editor(page).getByLabel("To, people").fill("150");
  await page.getByRole("button", { name: "Add range" }).click();
  await editor(page).getByRole("button", { name: "75–150", pressed: true }).waitFor();
  await page.getByText("75–150 people").waitFor();
});

flow(
  "a company size that cannot be keeps its error when the field is left, and neither search nor saving goes on without it",
  async (page) => {
    await page.getByRole("button", { name: "Edit" }).click();
    await editor(page).getByLabel("From, people").fill("20");
    await editor(page).getByLabel("To, people").fill("10");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    const sentence = editor(page).getByText("Company size, to: write a whole number, 20 or more, or nothing.");
    await sentence.waitFor();
    await soon(async () =>
      assert.equal(await editor(page).getByLabel("To, people").getAttribute("aria-invalid"), "true"),
    );
    await page.getByTestId("search-button").click();
    await focused(page, "To, people");
    await editor(page).getByRole("button", { name: "Save persona" }).click();
    await focused(page, "To, people");
    await soon(async () => assert.equal(await fake(page, () => window.__fake.searches), 0));
    await editor(page).getByLabel("To, people").fill("40");
    await page.getByTestId("search-button").click();
    await editor(page).getByRole("button", { name: "20–40", pressed: true }).waitFor();
    await sentence.waitFor({ state: "detached" });
  },
);

flow(
  "an industry that is not in the list stays in its field and stops search and saving until it is mended",
  async (page) => {
    await page.getByRole("button", { name: "Edit" }).click();
    const field = editor(page).getByLabel("Industries");
    await field.fill("underwater basketry");
    await page.keyboard.press("Tab");
    const sentence = editor(page).getByText("“underwater basketry” is not an industry that can be searched.");
    await sentence.waitFor();
    await soon(async () => assert.equal(await field.inputValue(), "underwater basketry"));
    await page.getByTestId("search-button").click();
    await focused(page, "Industries");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await soon(async () => assert.equal(await fake(page, () => window.__fake.searches), 0));
    await soon(async () => assert.equal(await list(page).getByText("None saved yet").count(), 1));
    await field.fill("COMPUTER SOFTWARE");
    await page.keyboard.press("Tab");
    await editor(page).getByRole("button", { name: "Remove Computer software" }).waitFor();
    await sentence.waitFor({ state: "detached" });
    await search(page);
  },
);

flow("what is typed and no filter yet holds paging and exporting back, too", async (page) => {
  await search(page);
  const before = await fake(page, () => window.__fake.searches);
  await page.getByRole("button", { name: "Edit" }).click();
  await editor(page).getByLabel("Industries").fill("softwear");
  await page.getByTestId("pager-next").click();
  await focused(page, "Industries");
  await page.getByTestId("export-button").click();
  await focused(page, "Industries");
  await soon(async () => assert.equal(await page.getByRole("dialog", { name: "Export" }).count(), 0));
  await soon(async () => assert.equal(await fake(page, () => window.__fake.searches), before));
});

flow("closing the editor over what cannot be says what was left out", async (page) => {
  await page.getByRole("button", { name: "Edit" }).click();
  await editor(page).getByLabel("From, people").fill("many");
  await page.getByRole("button", { name: "Close the editor (Escape)" }).click();
  await page.getByText("Left out of the filters").waitFor();
  await search(page);
});

flow("a name that is being written outlives the editor", async (page) => {
  await page.getByRole("button", { name: "Edit" }).click();
  await editor(page).getByLabel("Name").fill("My leaders");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Edit" }).click();
  await soon(async () => assert.equal(await editor(page).getByLabel("Name").inputValue(), "My leaders"));
  await page.getByRole("button", { name: "Save persona" }).click();
  await list(page).getByRole("button", { name: "My leaders" }).waitFor();
  await page.waitForURL((url) => !url.searchParams.has("name"));
});

flow("a search by the keyboard holds the last letter that was typed", async (page) => {
  await page.getByRole("button", { name: "Edit" }).click();
  await editor(page).getByLabel("Keywords").pressSequentially("saas");
  await page.keyboard.press("Control+Enter");
  await page.getByText("“saas”").waitFor();
  await page.waitForFunction(() => window.__fake.searches > 0);
  await soon(async () => assert.equal(await fake(page, () => window.__fake.lastSearch?.filters.keywords), "saas"));
});

flow("several titles pasted at once become a chip each", async (page) => {
  await page.getByRole("button", { name: "New persona" }).click();
  await editor(page).getByLabel("Job titles").focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text", "CFO\nFinance Director\n");
    document.activeElement.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await page.getByRole("button", { name: "Remove CFO" }).waitFor();
  await page.getByRole("button", { name: "Remove Finance Director" }).waitFor();
});

flow("what is wrong with a persona is told at its field, which gets the focus", async (page) => {
  await page.getByRole("button", { name: "New persona" }).click();
  await editor(page).getByRole("button", { name: "Founder" }).click();
  await page.getByRole("button", { name: "Save persona" }).click();
  await page.getByText("Give the persona a name.").waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-invalid") === "true");
  await editor(page).getByLabel("Name").fill("Founders");
  await page.getByRole("button", { name: "Save persona" }).click();
  await list(page).getByRole("button", { name: "Founders" }).waitFor();
});

flow("a search that is refused opens the editor at what is wrong", async (page) => {
  await page.getByRole("button", { name: "New persona" }).click();
  await editor(page).getByLabel("Keywords").fill("x".repeat(201));
  await editor(page).getByLabel("Keywords").blur();
  await page.getByRole("heading", { name: "Not searched yet" }).waitFor();
  await page.getByRole("button", { name: "Close the editor (Escape)" }).click();
  await page.getByTestId("search-button").click();
  await editor(page).getByText("Keywords may hold 200 characters at most.").waitFor();
  await soon(async () => assert.equal(await editor(page).getByLabel("Keywords").getAttribute("aria-invalid"), "true"));
  await soon(async () => assert.equal(await fake(page, () => window.__fake.searches), 0));
});

flow("back undoes an edit: the earlier filters and their rows return", async (page) => {
  await search(page);
  await page.getByRole("button", { name: "Edit" }).click();
  await editor(page).getByRole("button", { name: "Owner" }).click();
  await says(page, "source-line", "not searched yet");
  await goBack(page);
  await says(page, "source-line", "cached, just now");
  await editor(page).waitFor({ state: "detached" });
});

flow("a starter is a beginning: saved under a name it becomes a persona of the workspace", async (page) => {
  await starter(page, "Finance chiefs, Nordics");
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByRole("button", { name: "Save persona" }).click();
  await list(page).locator("button[aria-current=true]").filter({ hasText: "Finance chiefs, Nordics" }).waitFor();
  await page.waitForURL(/persona=/);
});

flow("news of a persona with an overlong name says what happened first, and shows all of the name", async (page) => {
  const name = `Überlange${"Bezeichnung".repeat(12)}`;
  await starter(page, "Sales leaders, DACH");
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Save persona" }).click();
  const news = page.getByRole("dialog", { name: "Persona saved" });
  await news.getByText(name).waitFor();
  await soon(async () => assert.ok(await news.evaluate((one) => one.scrollWidth <= one.clientWidth), "it is cut"));
});

flow("changes of a persona that is left unsaved are told, with the way back to them", async (page) => {
  await writePersona(page, "Sales heads");
  await page.getByRole("button", { name: "Edit" }).click();
  await editor(page).getByRole("button", { name: "Founder" }).click();
  await starter(page, "Finance chiefs, Nordics");
  await page.getByText("Changes not saved").waitFor();
  await page.getByRole("button", { name: "Back to them" }).click();
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "Sales heads · changed" }).waitFor();
  await editor(page).getByRole("button", { name: "Founder", pressed: true }).waitFor();
});

flow("a name typed for a new persona is not lost without a word", async (page) => {
  await page.getByRole("button", { name: "New persona" }).click();
  await editor(page).getByLabel("Name").fill("Buyers of pumps");
  await starter(page, "Finance chiefs, Nordics");
  await page.getByText("Changes not saved").waitFor();
  await page.getByRole("button", { name: "Back to them" }).click();
  await soon(async () => assert.equal(await editor(page).getByLabel("Name").inputValue(), "Buyers of pumps"));
});

flow("leaving a persona that was just deleted says nothing of changes", async (page) => {
  await writePersona(page, "Sales heads");
  await page.getByRole("button", { name: "Edit" }).click();
  await editor(page).getByRole("button", { name: "Delete" }).click();
  await page.getByText("Persona deleted").waitFor();
  await starter(page, "Finance chiefs, Nordics");
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "Finance chiefs, Nordics" }).waitFor();
  await soon(async () => assert.equal(await page.getByText("Changes not saved").count(), 0));
});

flow("leaving what was not changed says nothing", async (page) => {
  await writePersona(page, "Sales heads");
  await starter(page, "Finance chiefs, Nordics");
  await page.getByRole("button", { name: "Edit" }).click();
  await list(page).getByRole("button", { name: "Sales heads" }).click();
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "Sales heads" }).waitFor();
  await soon(async () => assert.equal(await page.getByText("Changes not saved").count(), 0));
});
