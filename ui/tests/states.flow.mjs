// Each state of the table is one of its own: what happened, what it means, what to do.
import assert from "node:assert/strict";
import { addWorkspace, fake, flow, says, search, soon, starter } from "./flow.mjs";

const states = [
  ["rate_limited", "No calls left this hour", /The next one frees at \d\d:\d\d\. Rows/, /^Next call at \d\d:\d\d$/],
  ["breaker_open", "Apollo is paused", /The next try is at \d\d:\d\d\. Rows/, /^Next call at \d\d:\d\d$/],
  ["offline", "No network", /Check the network/, "Try again · 1 call"],
  ["unreachable", "Apollo cannot be reached", /connection was refused/, "Try again · 1 call"],
  ["key_rejected", "Apollo does not accept the key", /Check it in Apollo/, "Try again · 1 call", "Look at the key…"],
  ["forbidden", "This key may not use this search", /free search/, "Try again · 1 call", "Choose the free search…"],
  ["out_of_credits", "No Apollo credits left", /free endpoint/, "Try again · 1 call", "Choose the free search…"],
  ["timed_out", "Apollo did not answer in time", /10 seconds/, "Try again · 1 call"],
  ["unavailable", "Apollo is not available", /503/, "Try again · 1 call"],
  ["unreadable", "Apollo's answer could not be read", /not kept/, "Try again · 1 call"],
];

for (const [trouble, title, text, again, button] of states)
  flow(`${trouble}: says so once, and never looks like no results`, async (page) => {
    await fake(page, (t) => (window.__fake.trouble = t), trouble);
    await page.getByTestId("search-button").click();
    await page.getByRole("heading", { name: title }).waitFor();
    await page.getByRole("alert").filter({ hasText: text }).waitFor();
    await soon(async () => assert.equal(await page.getByText("Nobody matches").count(), 0));
    const said = await page.getByRole("alert").textContent();
    assert.ok((said.match(/try again/gi) ?? []).length < 2, said);
    assert.ok((said.match(/\d\d:\d\d/g) ?? []).length < 2, said);
    await soon(async () =>
      assert.match(
        await page.getByTestId("source-line").textContent(),
        new RegExp(`^nothing: ${title.startsWith("Apollo") ? title : title.charAt(0).toLowerCase() + title.slice(1)}$`),
      ),
    );
    await page.getByTestId("search-button").filter({ hasText: again }).waitFor();
    if (button) await page.getByRole("button", { name: button }).waitFor();
    await fake(page, () => (window.__fake.trouble = "none"));
    await page.getByTestId("search-button").filter({ hasText: "Try again" }).waitFor();
    await search(page);
    await says(page, "source-line", "live, just now");
  });

flow("what would be refused until a known time is off until then, and comes back by itself", async (page) => {
  await fake(page, () => {
    window.__fake.pauseMs = 2500;
    window.__fake.trouble = "breaker_open";
  });
  await page.getByTestId("search-button").click();
  const button = page.getByTestId("search-button");
  await button.filter({ hasText: /^Next call at \d\d:\d\d$/ }).waitFor();
  await soon(async () => assert.equal(await button.getAttribute("aria-disabled"), "true"));
  await soon(async () =>
    assert.ok(await button.evaluate((one) => one === document.activeElement), "the focus was lost"),
  );
  await page.keyboard.press("Control+Enter");
  await button.filter({ hasText: "Try again · 1 call" }).waitFor();
  await soon(async () => assert.equal(await button.getAttribute("aria-disabled"), null));
});

flow("a key that may not use one search is one press from the other", async (page) => {
  await addWorkspace(page, "Client D", "some-key-of-twenty-chars");
  await starter(page, "Sales leaders, DACH");
  await fake(page, () => (window.__fake.trouble = "forbidden"));
  await page.getByTestId("search-button").click();
  await page.getByRole("button", { name: "Choose the free search…" }).click();
  await page.getByRole("dialog", { name: "Apollo key and calls" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "endpoint");
  await page.getByLabel(/^Free search/).check();
  await page.getByRole("button", { name: "Save settings" }).click();
  await says(page, "status-bar", "free search");
});

flow("a service that was not reached is not called well", async (page) => {
  await addWorkspace(page, "Client E", "some-key-of-twenty-chars");
  await starter(page, "Sales leaders, DACH");
  await says(page, "status-service", "Apollo not asked yet");
  await fake(page, () => (window.__fake.trouble = "unreachable"));
  await page.getByTestId("search-button").click();
  await says(page, "status-service", "Apollo did not answer");
  await fake(page, () => (window.__fake.trouble = "offline"));
  await page.getByTestId("search-button").click();
  await says(page, "status-service", /No network since \d\d:\d\d/);
  await fake(page, () => (window.__fake.trouble = "none"));
  await search(page);
  await says(page, "status-service", "Apollo ok");
});

flow("a lost record of calls holds them, until its time or until one knows better", async (page) => {
  await search(page);
  await fake(page, () => (window.__fake.trouble = "ledger_lost"));
  await page
    .getByTestId("lost-ledger")
    .getByText(/nobody knows how many were made\. Calls go on at \d\d:\d\d\./)
    .waitFor();
  await says(page, "status-calls", /calls on hold until \d\d:\d\d/);
  await page
    .getByTestId("search-button")
    .filter({ hasText: /^Next call at \d\d:\d\d$/ })
    .waitFor();
  await says(page, "pager-next", /^Next · a call frees \d\d:\d\d$/);
  await soon(async () => assert.ok(await page.getByTestId("pager-next").isDisabled()));
  await page.getByTestId("lost-ledger").getByRole("button", { name: "Nothing was called: go on now" }).click();
  await page.getByText("Calls go on", { exact: true }).waitFor();
  await page.getByTestId("pager-next").click();
  await says(page, "pager-previous", /^Previous · no call$|^Previous$/);
});

flow("a workspace of a newer Foray says so, and the others are reached", async (page) => {
  const id = await addWorkspace(page, "Client F", "some-key-of-twenty-chars");
  await fake(page, (one) => window.__fake.makeNewer(one), id);
  await page.reload();
  await page.getByTestId("persona-list").getByText("made by a newer version of Foray").waitFor();
  await starter(page, "Sales leaders, DACH");
  await page.getByRole("heading", { name: "The data was written by a newer Foray" }).waitFor();
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menuitemradio", { name: "Sample workspace" }).click();
  await starter(page, "Sales leaders, DACH");
  await search(page);
  // And back again: its first address, not an error.
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menuitemradio", { name: "Client F" }).click();
  await page.getByTestId("persona-list").getByText("made by a newer version of Foray").waitFor();
});

flow(
  "an app that cannot start says why and offers another try",
  { query: "?fake=not-started", starts: false },
  async (page) => {
    await page.getByRole("heading", { name: "Foray could not start" }).waitFor();
    await page.getByRole("alert").filter({ hasText: "Install the newest version" }).waitFor();
    const loaded = page.waitForEvent("load");
    await page.getByRole("button", { name: "Try again" }).click();
    await loaded;
  },
);

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
  await soon(async () => assert.equal(await page.locator("#apollo-key").inputValue(), ""));
  await soon(async () => assert.ok(!(await page.content()).includes("CANARY")));
  await soon(async () =>
    assert.ok(!(await page.evaluate(() => JSON.stringify(sessionStorage) + location.href)).includes("CANARY")),
  );
  await soon(async () => assert.equal(await fake(page, () => window.__fake.keysSet), 1));
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
  await soon(async () => assert.equal(await page.locator("#apollo-key").inputValue(), ""));
  await page.locator("#apollo-key").fill("nokeyring-0123456789abcd");
  await page.getByRole("button", { name: "Use for this run" }).click();
  await page.getByText("Kept in memory for this run only, ends in …abcd").waitFor();
});

flow("stale rows are shown with their age and the reason", async (page) => {
  await search(page);
  await fake(page, () => window.__fake.ageCacheBy(2 * 86_400_000));
  await fake(page, () => (window.__fake.trouble = "unavailable"));
  await page.getByRole("button", { name: "Refresh · 1 call" }).click();
  await says(page, "source-line", "stale, 2 days old: Apollo is not available");
  await page.getByText(/These rows are from .* \(status 503\)/).waitFor();
  await page.getByTestId("search-button").filter({ hasText: "Try again · 1 call" }).waitFor();
});

flow("rows that are only old are told of once, and offer to be refreshed", async (page) => {
  await search(page);
  await fake(page, () => window.__fake.ageCacheBy(2 * 86_400_000));
  await page.reload();
  await page.getByText(/^These rows are from [^.]*\. Older than a day\. Refresh asks Apollo again\.$/).waitFor();
  await soon(async () => assert.equal(await page.getByText("Older than a day").count(), 1));
  await page.getByRole("button", { name: "Refresh · 1 call" }).click();
  await says(page, "source-line", "live, just now");
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
  await soon(async () => assert.equal(await fake(page, () => window.__fake.searches), 0));
});

flow("while a search runs the table's place is kept, and the rows come without a jump", async (page) => {
  await fake(page, () => (window.__fake.delayMs = 600));
  await page.getByTestId("search-button").click();
  const waiting = page.getByRole("region", { name: "Searching" });
  await waiting.waitFor();
  const before = await waiting.boundingBox();
  await page.getByTestId("grid").waitFor();
  await soon(async () => assert.deepEqual(await page.getByTestId("grid").boundingBox(), before));
});

flow("the breaker and the calls are told in the status bar, each with its explanation", async (page) => {
  await addWorkspace(page, "Client B", "some-key-of-twenty-chars");
  await says(page, "status-bar", "Apollo not asked yet");
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
  await page.getByText("a whole number from 1 to 6,000").waitFor();
  await page.getByRole("textbox", { name: "Calls an hour" }).fill("40");
  await page.getByRole("button", { name: "Save settings" }).click();
  await says(page, "status-bar", "40 of 40 calls left this hour");
});

flow("asking for old rows by itself is off until it is turned on, and says that it takes calls", async (page) => {
  await addWorkspace(page, "Acme", "good-key-0123456789-a9f3");
  const settings = async () => {
    await page.getByRole("button", { name: /^Workspace:/ }).click();
    await page.getByRole("menuitem", { name: "Apollo key and calls…" }).click();
    return page.getByRole("checkbox", { name: /Refresh old rows by itself · .*takes calls, only on the free search/ });
  };
  const box = await settings();
  await soon(async () => assert.equal(await box.isChecked(), false));
  await box.check();
  await page.getByRole("button", { name: "Save settings" }).click();
  await page.getByText("Settings saved").waitFor();
  await soon(async () => assert.equal(await (await settings()).isChecked(), true));
});

flow("a refused key stays told while another is tried, and nothing behind its dialog takes the focus", async (page) => {
  const focusIsInDialog = () => page.evaluate(() => document.activeElement?.closest("[data-modal]") !== null);
  const refused = page.getByRole("heading", { name: "Apollo does not accept the key", includeHidden: true });
  await addWorkspace(page, "Client G", "some-key-of-twenty-chars");
  await starter(page, "Sales leaders, DACH");
  await fake(page, () => (window.__fake.trouble = "key_rejected"));
  await page.getByTestId("search-button").click();
  await page.getByRole("button", { name: "Look at the key…" }).click();
  await page.getByLabel("Replace it with").fill("another-key-of-twenty-chars");
  await page.keyboard.press("Enter");
  await page.getByText("ends in …hars").last().waitFor();
  await page.getByRole("button", { name: "Check key · 1 call" }).click();
  await page.getByText("Apollo does not accept this key.").waitFor();
  await refused.waitFor();
  await soon(async () => assert.ok(await focusIsInDialog(), "the focus left the dialog"));
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press("Tab");
    // At the dialog's end the focus may pass what lies behind for a moment; it does not stay there.
    await page.waitForFunction(() => document.querySelector("#root :focus") === null);
  }
  await page.keyboard.press("Escape");
  await says(page, "source-line", "nothing: Apollo does not accept the key");
  await page.reload();
  await refused.waitFor();
  await fake(page, () => (window.__fake.trouble = "none"));
  await page.getByRole("button", { name: "Look at the key…" }).click();
  await page.getByRole("button", { name: "Check key · 1 call" }).click();
  await page.getByText("Apollo accepts this key.").waitFor();
  await refused.waitFor({ state: "detached" });
  await soon(async () => assert.ok(await focusIsInDialog(), "the focus left the dialog of a good key"));
});

flow(
  "a first answer that takes long may wait for the keyring, and that is said; a later one only for Apollo",
  async (page) => {
    await addWorkspace(page, "Nordwind", "a-full-key-of-many-chars");
    await starter(page, "Sales leaders, DACH");
    await fake(page, () => (window.__fake.delayMs = 6_000));
    await page.getByTestId("search-button").click();
    await says(page, "source-line", "asking Apollo…");
    await says(page, "source-line", "waiting for the keyring, which may be asking for its password, or for Apollo…");
    await page.getByTestId("grid").waitFor();
    await page.getByTestId("search-button").click();
    await says(page, "source-line", "asking Apollo…");
    await soon(async () => assert.equal(await page.getByTestId("source-line").getByText("keyring").count(), 0));
  },
);
