// Each state of the table is one of its own: what happened, what it means, what to do.
import assert from "node:assert/strict";
import { addWorkspace, fake, flow, says, search, starter } from "./flow.mjs";

const states = [
  ["rate_limited", "No calls left this hour", /The next call frees at \d\d:\d\d/, null],
  ["breaker_open", "Apollo is paused", /The next try is at \d\d:\d\d/, null],
  ["offline", "No network", /Connect this computer/, null],
  ["key_rejected", "Apollo does not accept the key", /Replace it/, "Look at the key…"],
  ["forbidden", "This key may not search", /free search/, "Look at the key…"],
  ["out_of_credits", "No Apollo credits left", /free search/, "Look at the key…"],
  ["timed_out", "Apollo did not answer in time", /10 seconds/, null],
  ["unavailable", "Apollo is not available", /503/, null],
  ["unreadable", "Apollo's answer could not be read", /not kept/, null],
];

for (const [trouble, title, text, button] of states)
  flow(`${trouble}: says so, and never looks like no results`, async (page) => {
    await fake(page, (t) => (window.__fake.trouble = t), trouble);
    await page.getByTestId("search-button").click();
    await page.getByRole("heading", { name: title }).waitFor();
    await page.getByRole("alert").filter({ hasText: text }).waitFor();
    assert.equal(await page.getByText("Nobody matches").count(), 0);
    await page.getByTestId("search-button").filter({ hasText: "Try again" }).waitFor();
    if (button) await page.getByRole("button", { name: button }).waitFor();
    await fake(page, () => (window.__fake.trouble = "none"));
    await search(page);
    await says(page, "source-line", "live, just now");
  });

flow("a failure of the app itself is told where the rows would be", async (page) => {
  await fake(page, () => (window.__fake.trouble = "storage"));
  await page.getByTestId("search-button").click();
  await page.getByRole("heading", { name: "The disk is full" }).waitFor();
  await page.getByText("Free some space and search again.").waitFor();
});

flow("no key: the way on is a button, and the key crosses once and stays nowhere in the page", async (page) => {
  await addWorkspace(page, "Client A", "");
  await starter(page, "Sales leaders, DACH");
  await page.getByTestId("search-button").click();
  await page.getByRole("heading", { name: "This workspace has no Apollo key" }).waitFor();
  await page.getByRole("button", { name: "Add an Apollo key…" }).click();
  await page.getByLabel("Apollo key", { exact: true }).fill("CANARY-key-0123456789a9f3");
  await page.keyboard.press("Enter");
  await page.getByText("ends in …a9f3").waitFor();
  assert.equal(await page.locator("#apollo-key").inputValue(), "");
  assert.ok(!(await page.content()).includes("CANARY"));
  assert.ok(!(await page.evaluate(() => JSON.stringify(sessionStorage) + location.href)).includes("CANARY"));
  assert.equal(await fake(page, () => window.__fake.keysSet), 1);
  await page.getByRole("button", { name: "Check key · 1 call" }).click();
  await page.getByText("Apollo accepts this key.").waitFor();
  await page.getByRole("button", { name: "Remove key" }).click();
  await page.getByRole("button", { name: "Remove it now" }).click();
  await page.getByText("No key yet.").waitFor();
});

flow("no keyring: why, and a way for this run only", async (page) => {
  await addWorkspace(page, "Client C", "");
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menuitem", { name: "Apollo key and calls…" }).click();
  await page.locator("#apollo-key").fill("nokeyring-0123456789abcd");
  await page.keyboard.press("Enter");
  await page.getByText("There is no keyring to store the key in.").waitFor();
  assert.equal(await page.locator("#apollo-key").inputValue(), "");
  await page.locator("#apollo-key").fill("nokeyring-0123456789abcd");
  await page.getByRole("button", { name: "Use for this run" }).click();
  await page.getByText("Kept in memory for this run only, ends in …abcd").waitFor();
});

flow("stale rows are shown with their age and the reason", async (page) => {
  await search(page);
  await fake(page, () => window.__fake.ageCacheBy(2 * 86_400_000));
  await fake(page, () => (window.__fake.trouble = "unavailable"));
  await page.getByRole("button", { name: "Refresh · 1 call" }).click();
  await says(page, "source-line", "stale, 2 days old: Apollo is not available at the moment (503).");
  await page.getByText(/These rows are from/).waitFor();
  await page.getByTestId("search-button").filter({ hasText: "Try again · 1 call" }).waitFor();
});

flow("no match is its own state", async (page) => {
  await page.getByRole("button", { name: "New persona" }).click();
  await page.getByLabel("Keywords").fill("zeppelin");
  await page.getByLabel("Keywords").blur();
  await page.getByTestId("search-button").click();
  await page.getByRole("heading", { name: "Nobody matches these filters" }).waitFor();
  await says(page, "source-line", "0 matching");
});

flow("without filters there is nothing to ask, and the button does nothing", async (page) => {
  await page.getByRole("button", { name: "New persona" }).click();
  await page.getByRole("heading", { name: "Say whom you look for" }).waitFor();
  await page.getByTestId("search-button").click({ force: true });
  assert.equal(await fake(page, () => window.__fake.searches), 0);
});

flow("while a search runs the table's place is kept, and the rows come without a jump", async (page) => {
  await fake(page, () => (window.__fake.delayMs = 600));
  await page.getByTestId("search-button").click();
  const waiting = page.getByRole("region", { name: "Searching" });
  await waiting.waitFor();
  const before = await waiting.boundingBox();
  await page.getByTestId("grid").waitFor();
  assert.deepEqual(await page.getByTestId("grid").boundingBox(), before);
});

flow("the breaker and the calls are told in the status bar, each with its explanation", async (page) => {
  await addWorkspace(page, "Client B", "some-key-of-twenty-chars");
  await says(page, "status-bar", "Apollo ok");
  await fake(page, () => (window.__fake.trouble = "breaker_open"));
  await page
    .getByTestId("status-service")
    .filter({ hasText: /Apollo paused, next try \d\d:\d\d/ })
    .click();
  await page.getByText("The last 5 calls failed.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByTestId("status-calls").click();
  await page.getByText("100 in any 60 minutes").waitFor();
});

flow("a notice of the app stands on top until it is dismissed", { query: "?fake=notice" }, async (page) => {
  await page.getByText("A damaged cache was set aside").waitFor();
  await page.getByRole("button", { name: "Dismiss this notice" }).click();
  await page.getByText("A damaged cache was set aside").waitFor({ state: "detached" });
});

flow("calls an hour outside the range are refused at the field", async (page) => {
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menuitem", { name: "Calls an hour…" }).click();
  await page.getByRole("textbox", { name: "Calls an hour" }).fill("zero");
  await page.getByRole("button", { name: "Save settings" }).click();
  await page.getByText("a whole number from 1 to 10,000").waitFor();
  await page.getByRole("textbox", { name: "Calls an hour" }).fill("40");
  await page.getByRole("button", { name: "Save settings" }).click();
  await says(page, "status-bar", "40 of 40 calls left this hour");
});
