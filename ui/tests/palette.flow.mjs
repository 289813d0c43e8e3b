// Everything by its name or its key: the palette, the sheet of keys, and the keys that both show.
import assert from "node:assert/strict";
import { addWorkspace, flow, search, soon } from "./flow.mjs";

const palette = (page) => page.getByRole("dialog", { name: "Everything that can be done" });

async function open(page, typed) {
  await page.keyboard.press("Control+k");
  await palette(page).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "What to do");
  if (typed) await page.keyboard.type(typed);
}

flow("the palette finds what can be done by a part of its name and does it", async (page) => {
  await search(page);
  await open(page, "roOMy");
  await page.getByRole("option", { name: "Roomy rows" }).waitFor();
  await page.keyboard.press("Enter");
  await palette(page).waitFor({ state: "detached" });
  await page.waitForFunction(
    () => document.querySelector("[data-cell='1/0']").closest("[role=row]").offsetHeight === 40,
  );
  await open(page, "everyone");
  await page.keyboard.press("Enter");
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  await open(page, "xyz");
  await page.getByText("Nothing of that name").waitFor();
  await page.keyboard.press("Escape");
  await palette(page).waitFor({ state: "detached" });
});

flow("the palette gives the focus back, and what it does is done where the focus was", async (page) => {
  await search(page);
  await page.locator('#people [tabindex="0"]').focus();
  await page.keyboard.press("ArrowDown");
  await open(page);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-cell") === "1/0");
  await open(page, "in sight");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Selection" }).getByText("50 selected").waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-cell") === "1/0");
});

flow("personas and workspaces are in the palette, too", async (page) => {
  await addWorkspace(page, "Nordwind");
  await open(page, "finance");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Finance chiefs, Nordics" }).waitFor();
  await open(page, "sample");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Workspace: Sample workspace" }).waitFor();
});

flow("what cannot be done now is there but not done", async (page) => {
  await open(page, "fetch all pages");
  const option = page.getByRole("option", { name: "Fetch all pages…" });
  await soon(async () => assert.equal(await option.getAttribute("aria-disabled"), "true"));
});

flow("the sheet shows every key of the palette, and each is what it says", async (page) => {
  await search(page);
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "All keys" });
  await sheet.waitFor();
  await sheet.getByText("Everything that can be done").waitFor();
  await sheet.getByText("Select those in sight; again: all").waitFor();
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await page.keyboard.press("3");
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  await page.keyboard.press("1");
  await page.getByRole("grid", { name: "People on this page" }).waitFor();
  await page.keyboard.press("Control+e");
  await page.getByRole("complementary", { name: /persona/i }).waitFor();
  await page.getByLabel("Name", { exact: true }).focus();
  await page.keyboard.type("?");
  await soon(async () => assert.equal(await sheet.count(), 0, "in a text a letter is a letter"));
});

flow("what cannot be done now comes after what can, so that Enter does something", async (page) => {
  await search(page);
  await open(page, "what was done");
  const options = page.getByRole("option");
  await soon(async () => assert.equal(await options.first().textContent(), "What was done"));
  await soon(async () => assert.match(await options.nth(1).textContent(), /^Undo what was done last/));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "What was done" }).waitFor();
});

flow("the palette opens the jobs or leaves them open, and goes to them", async (page) => {
  for (const _ of ["folded", "open"]) {
    await open(page, "jobs");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.closest("[data-testid=job-tray]"));
  }
});

flow("a job, the caps and Apollo's count are reached by their names", async (page) => {
  await search(page);
  await page.getByTestId("enrich-button").click();
  await page.getByLabel(/^At most this many credits/).fill("3");
  await page.getByRole("button", { name: "Enrich 3 · 2 calls · ≤ 3 credits" }).click();
  await page.getByText(/^3 asked · /).waitFor();
  await open(page, "enrichment of");
  await page.getByRole("option", { name: /^Enrichment of Sales leaders, DACH · done$/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.matches("[data-testid=job-tray] li"));
  await open(page, "caps");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "first-cap");
  await open(page, "compare");
  await page.keyboard.press("Enter");
  await page.getByText("They agree.").waitFor();
});

flow("what concerns a workspace or a persona as a whole can be done from the palette", async (page) => {
  await addWorkspace(page, "Nordwind");
  await open(page, "rename this");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "workspace-name");
  await open(page, "remove this");
  await page.keyboard.press("Enter");
  const removal = page.getByRole("dialog", { name: "Remove this workspace?" });
  await removal.waitFor();
  await page.keyboard.press("Escape");
  await removal.waitFor({ state: "detached" });
  await open(page, "back this");
  await page.keyboard.press("Enter");
  await page.getByText("Nordwind 2026-11-28.foray-backup").waitFor();
  await open(page, "jobs");
  await page.getByRole("option", { name: "Jobs" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByTestId("job-tray").waitFor();
});
