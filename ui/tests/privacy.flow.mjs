// What one client's workspace knows, another never holds nor shows: words put into one through every field of the window are looked for in
// all that is stored of the other, and in the page, after both were used in turns.
import assert from "node:assert/strict";
import { addWorkspace, fake, flow, goBack, search, soon, starter } from "./flow.mjs";

const canary = "Secretproject Zebra";

const workspaceMenu = (page) => page.getByRole("button", { name: /^Workspace:/ });
const opened = (page, name) => page.getByRole("button", { name: `Workspace: ${name}`, exact: true }).waitFor();

async function go(page, name) {
  await workspaceMenu(page).click();
  await page.getByRole("menuitemradio", { name }).click();
  await opened(page, name);
}

/** Uses the canary as a title, as the name of a saved persona and in the search field, and goes through steps and tabs with it. */
async function useCanary(page) {
  await page.getByRole("button", { name: "New persona" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(canary);
  await page.getByRole("combobox", { name: "Job titles" }).fill(canary);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Save persona" }).click();
  await page.getByText("Persona saved").waitFor();
  await page.keyboard.press("Control+t");
  await page.getByRole("textbox", { name: "Find people that were fetched" }).fill(canary);
}

/** The ids of the workspaces by name, and what is stored for each, as one text. */
async function stored(page) {
  await page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
  const { workspaces } = await page.evaluate(() => JSON.parse(sessionStorage.getItem("foray-fake")));
  return new Map(workspaces.map((one) => [one.workspace.name, { id: one.workspace.id, text: JSON.stringify(one) }]));
}

/** All that the page holds: what is written, named and typed in it, its title and its address. */
function pageText(page) {
  return page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      document.title,
      decodeURIComponent(location.href.replaceAll("+", " ")),
      ...[...document.querySelectorAll("input, textarea")].map(({ value }) => value),
    ].join("\n"),
  );
}

flow("the words of one workspace are nowhere in another, whatever was done in both", async (page) => {
  await addWorkspace(page, "Acme", "a-key-of-acme-with-chars");
  await addWorkspace(page, "Beta", "a-key-of-beta-with-chars");
  await go(page, "Acme");
  await useCanary(page);
  // At once: what was typed last is still on its way into the address.
  await go(page, "Beta");
  // The address of the page follows what is shown a moment later.
  await page.waitForFunction(() => !location.search.includes("Zebra"));
  await soon(async () => assert.ok(!(await pageText(page)).includes("Zebra"), "the page of Beta"));
  await starter(page, "Finance chiefs, Nordics");
  await search(page);
  for (const step of [goBack, goBack, goBack]) await step(page);
  await page.keyboard.press("Alt+ArrowLeft");
  await page.keyboard.press("Control+Shift+t");
  await opened(page, "Beta");
  for (const key of ["Control+k", "Escape", "Control+,", "Escape"]) await page.keyboard.press(key);
  await workspaceMenu(page).waitFor();
  await soon(async () => assert.ok(!(await pageText(page)).includes("Zebra"), "the page of Beta after its own steps"));
  await go(page, "Acme");
  await page.waitForFunction(() => document.querySelector("#find-people").value.includes("Zebra"));
  await go(page, "Beta");

  const all = await stored(page);
  assert.ok(all.get("Acme").text.includes("Zebra"), "the canary sings at home");
  for (const [name, { text }] of all) {
    if (name !== "Acme") assert.ok(!text.includes("Zebra"), `${name} holds words of Acme`);
    for (const [other, { id }] of all) if (other !== name) assert.ok(!text.includes(id), `${name} names ${other}`);
  }
});

flow("news of a workspace that went out of sight is told in it, not in the one at hand", async (page) => {
  await addWorkspace(page, "Acme", "a-key-of-acme-with-chars");
  await fake(page, () => (window.__fake.delayMs = 1_500));
  await page.keyboard.press("Control+,");
  await page.getByRole("button", { name: "Back up…" }).click();
  await page.getByRole("button", { name: "Backing up…" }).waitFor();
  await page.keyboard.press("Escape");
  await go(page, "Sample workspace");
  await page.getByRole("button", { name: "What was done" }).click();
  await page.getByRole("heading", { level: 1, name: "What was done" }).waitFor();
  await page.waitForFunction(() => window.__fake.done.includes("backup"));
  await go(page, "Acme");
  await page.getByRole("button", { name: "What was done" }).click();
  await page.getByTestId("deeds").getByText("Acme 2026-11-28.foray-backup").waitFor();
  await go(page, "Sample workspace");
  await page.getByRole("heading", { level: 1, name: "What was done" }).waitFor();
  await soon(async () => assert.ok(!(await pageText(page)).includes("foray-backup")));
});

flow("a workspace that was removed elsewhere is left for another, and nothing of it comes along", async (page) => {
  await addWorkspace(page, "Acme", "a-key-of-acme-with-chars");
  await useCanary(page);
  const { id } = (await stored(page)).get("Acme");
  await fake(page, (id) => window.__fake.removeElsewhere(id), id);
  await page.getByText("The workspace that was open is gone").waitFor();
  await opened(page, "Sample workspace");
  await page.waitForFunction(() => !location.search.includes("Zebra"));
  await soon(async () => assert.ok(!(await pageText(page)).includes("Zebra")));
  for (const [name, { text }] of await stored(page)) assert.ok(!text.includes(id), `${name} names the one removed`);
});
