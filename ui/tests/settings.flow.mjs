// Workspaces, keys and settings as a user meets them: renamed, removed once the name was typed, restored; a locked keyring; settings that
// count at once and survive; the guide; and the focus, which is never lost on the way.
import assert from "node:assert/strict";
import { addWorkspace, fake, flow, goBack, search, soon } from "./flow.mjs";

const menu = async (page, item) => {
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menuitem", { name: item }).click();
};
const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const openSettings = async (page) => {
  await page.keyboard.press("Control+,");
  await heading(page, "Settings").waitFor();
};
const focusedId = (page) => page.evaluate(() => document.activeElement?.id ?? "");
const dataset = (page, name) => page.evaluate((one) => document.documentElement.dataset[one], name);

flow("settings open by key, by menu and from the status bar, and Escape leads back to where one was", async (page) => {
  await search(page);
  const before = page.url();
  await openSettings(page);
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  await page.keyboard.press("Escape");
  await page.getByTestId("grid").waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-cell") === "0/0");
  await menu(page, /^Settings/);
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  // The address follows what is seen by some 200 ms.
  await page.waitForURL(/at=settings/);
  await goBack(page);
  await page.getByTestId("grid").waitFor();
  await page.getByTestId("status-bar").getByRole("button", { name: "Settings" }).click();
  await heading(page, "Settings").waitFor();
  await page.getByRole("button", { name: "Back to the people (Escape)" }).click();
  await page.waitForFunction((url) => location.href === url, before);
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Settings");
});

flow("a theme counts at once and after a restart, whatever the desktop has", { dark: true }, async (page) => {
  await soon(async () => assert.equal(await dataset(page, "theme"), "dark"));
  await openSettings(page);
  await page.getByLabel("Light", { exact: true }).check();
  await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
  await page.reload();
  await heading(page, "Settings").waitFor();
  await soon(async () => assert.equal(await dataset(page, "theme"), "light"));
  await page.getByRole("group", { name: "Theme" }).getByLabel("As the desktop").check();
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
});

flow("everything is shown larger and smaller by keys, and the usual again", async (page) => {
  await openSettings(page);
  const size = page.getByRole("combobox", { name: "Size of everything" });
  await page.keyboard.press("Control+=");
  await page.keyboard.press("Control+=");
  await page.waitForFunction(() => document.querySelector("select")?.value === "125");
  await page.keyboard.press("Control+-");
  await page.waitForFunction(() => document.querySelector("select")?.value === "110");
  await page.keyboard.press("Control+0");
  await page.waitForFunction(() => document.querySelector("select")?.value === "100");
  await size.selectOption("200");
  await page.reload();
  await heading(page, "Settings").waitFor();
  await soon(async () => assert.equal(await size.inputValue(), "200"));
});

flow("a proxy is stored with its button, and one that is none says what it should be", async (page) => {
  await openSettings(page);
  await page.getByLabel(/^This one/).check();
  const address = page.getByLabel("Address of the proxy");
  await address.fill("proxy:3128");
  await page.getByRole("button", { name: "Use this proxy" }).click();
  await page.getByText("A proxy is scheme, host and port").waitFor();
  await soon(async () => assert.equal(await address.getAttribute("aria-invalid"), "true"));
  await address.fill("http://proxy.example:3128");
  await page.keyboard.press("Enter");
  await page.getByText("Used from the next call on.").waitFor();
  await page.reload();
  await heading(page, "Settings").waitFor();
  await soon(async () =>
    assert.equal(await page.getByLabel("Address of the proxy").inputValue(), "http://proxy.example:3128"),
  );
});

flow("folders are shown and the window is put back by their buttons", async (page) => {
  await openSettings(page);
  await page.getByRole("button", { name: "Show folder" }).click();
  await page.getByRole("button", { name: "Show log files" }).click();
  await page.getByText("logs, in /home/ana/.local/share/foray").waitFor();
  await page.getByRole("button", { name: "Usual size and place" }).click();
  await page.waitForFunction(() => window.__fake.done.length === 3);
  await soon(async () =>
    assert.deepEqual(await fake(page, () => window.__fake.done), ["data folder", "log folder", "window"]),
  );
});

flow("a workspace is renamed, and a name that is taken is refused in place", async (page) => {
  await addWorkspace(page, "Nordwind");
  await addWorkspace(page, "Südstern");
  await openSettings(page);
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("nordwind");
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByText("There is a workspace “nordwind” already.").waitFor();
  await name.fill("Südstern GmbH");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Workspace: Südstern GmbH" }).waitFor();
});

flow("what is kept, how long, and where exports go is set for each workspace", async (page) => {
  await openSettings(page);
  await page.getByLabel("Rows count as fresh for (hours)").fill("9999");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Rows count as fresh for 1 to 720 hours").waitFor();
  await page.getByLabel("Rows count as fresh for (hours)").fill("48");
  await page.keyboard.press("Enter");
  await page.getByText("Settings saved").waitFor();
  await page.getByRole("button", { name: "Choose folder…" }).click();
  await page.getByText("/home/ana/Documents/Exports").waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "export-folder");
  await page.getByTestId("status-cache").click();
  await page.getByText("For 48 hours the same question").waitFor();
});

flow(
  "all fetched rows are forgotten by a button that says the price and what stays, and the focus stays with it",
  async (page) => {
    await search(page);
    await openSettings(page);
    const forget = page.getByRole("button", { name: "Forget all kept answers…" });
    await page.getByText("1 answer,").first().waitFor();
    await forget.click();
    await page
      .getByText("asked again: 1 call a page. Personas, everybody who was ever found, exported files")
      .waitFor();
    await page.getByRole("button", { name: "Keep them" }).click();
    await page.waitForFunction(() => document.activeElement?.id === "forget-rows");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.textContent === "Forget them now");
    await page.keyboard.press("Enter");
    await page.getByText("Forgot 1 kept answer").waitFor();
    await page.getByText("None at the moment.").waitFor();
    await page.waitForFunction(() => document.activeElement?.id === "forget-rows");
    await soon(async () => assert.equal(await forget.getAttribute("aria-disabled"), "true"));
  },
);

flow("a workspace goes only when its name was typed, and another one opens", async (page) => {
  await addWorkspace(page, "Nordwind");
  await openSettings(page);
  await page.getByRole("button", { name: "Remove workspace…" }).click();
  const remove = page.getByRole("button", { name: "Remove for good" });
  const typed = page.getByLabel("Its name");
  await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
  await soon(async () => assert.equal(await remove.getAttribute("aria-disabled"), "true"));
  await page.keyboard.press("Enter");
  await typed.fill("Nordwin");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "remove-workspace");
  await page.keyboard.press("Enter");
  await typed.fill("nordWIND ");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Workspace: Sample workspace" }).waitFor();
  await page.getByText("Workspace removed").waitFor();
  await page.waitForFunction(() => document.activeElement !== document.body);
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menuitemradio").first().waitFor();
  await soon(async () => assert.equal(await page.getByRole("menuitemradio").count(), 1));
});

flow("a backup says where it is, and one that is none restores nothing", async (page) => {
  await addWorkspace(page, "Nordwind");
  await openSettings(page);
  await page.getByRole("button", { name: "Back up…" }).click();
  await page.getByText("Backed up, 1.2 MB").waitFor();
  await page.getByText("/home/ana/Documents/Nordwind 2026-11-28.foray-backup").waitFor();
  await fake(page, () => (window.__fake.nextFile = "broken"));
  await page.getByRole("button", { name: "Restore…" }).click();
  const advice = page.getByText("That is no whole backup of Foray");
  await advice.waitFor();
  await soon(async () =>
    assert.ok(await advice.evaluate((one) => one.scrollHeight <= one.clientHeight), "the advice is cut"),
  );
  await fake(page, () => (window.__fake.nextFile = "backup"));
  await menu(page, "Restore from a backup…");
  await page.getByRole("button", { name: "Workspace: Restored client" }).waitFor();
  await page.getByText("Its key is not in a backup").waitFor();
});

flow("a persona is shared as a file and comes back from one", async (page) => {
  await fake(page, () => (window.__fake.nextFile = "persona"));
  await page.getByRole("button", { name: "Import a persona from a file" }).click();
  await heading(page, "Shared chiefs").waitFor();
  await page.getByText("Persona imported").waitFor();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Share as a file" }).click();
  await page.getByText("/home/ana/Documents/Shared chiefs.json").waitFor();
  await fake(page, () => (window.__fake.nextFile = "broken"));
  await page.getByRole("button", { name: "Import a persona from a file" }).click();
  await page.getByText("That is no persona of Foray.").waitFor();
});

flow("a locked keyring is told where the key is, and asked again by a button", async (page) => {
  await addWorkspace(page, "Nordwind", "a-full-key-of-many-chars");
  await fake(page, () => window.__fake.lockKeyring(true));
  await menu(page, "Apollo key and calls…");
  await page.getByText("The keyring cannot be reached: It is locked.").waitFor();
  await fake(page, () => window.__fake.lockKeyring(false));
  await page.getByRole("button", { name: "Ask the keyring again" }).click();
  await page.getByText("Stored in this computer's keyring, ends in …hars.").waitFor();
});

flow("the guide explains, and the notice on other people's data is shown until it was read", async (page) => {
  await soon(async () => assert.equal(await page.getByRole("region", { name: "Other people's data" }).count(), 0));
  await page.keyboard.press("F1");
  await heading(page, "Calls, credits and your data").waitFor();
  await page.getByText("/home/ana/.local/share/foray").waitFor();
  await page.keyboard.press("Escape");
  await addWorkspace(page, "Nordwind");
  const notice = page.getByRole("region", { name: "Other people's data" });
  await notice.getByRole("button", { name: "What that means" }).click();
  await heading(page, "Calls, credits and your data").waitFor();
  await page.waitForURL(/at=guide/);
  await goBack(page);
  await notice.getByRole("button", { name: "Understood" }).click();
  await notice.waitFor({ state: "detached" });
  await soon(async () => assert.equal(await focusedId(page), "people", "where there is no table, it is the page"));
  await page.reload();
  await page.getByTestId("status-bar").getByText("left this hour").waitFor();
  await soon(async () => assert.equal(await notice.count(), 0));
});

flow(
  "in a narrow window the left pane is fetched and folds away again",
  { viewport: { width: 640, height: 400 } },
  async (page) => {
    await soon(async () => assert.equal(await page.getByRole("region", { name: "Workspace" }).count(), 0));
    await page.getByRole("button", { name: /^Show the left pane/ }).click();
    await page.waitForFunction(() => document.activeElement?.id === "workspace-menu");
    await page.getByRole("button", { name: "Fold the left pane away" }).click();
    await page.waitForFunction(() => document.activeElement?.id === "unfold");
  },
);

flow("the height of the rows counts at once", async (page) => {
  await search(page);
  const heights = () =>
    page
      .getByRole("row")
      .evaluateAll((rows) => [...new Set(rows.map((row) => Math.round(row.getBoundingClientRect().height)))]);
  await soon(async () => assert.deepEqual(await heights(), [32]));
  for (const [name, height] of [
    [/^Compact/, 28],
    [/^Roomy/, 40],
  ]) {
    await openSettings(page);
    await page.getByLabel(name).check();
    await page.keyboard.press("Escape");
    await page.getByTestId("grid").waitFor();
    await soon(async () => assert.deepEqual(await heights(), [height]));
  }
});

flow("a file dialog that is open is not opened again", async (page) => {
  await openSettings(page);
  await fake(page, () => (window.__fake.delayMs = 3_000));
  await page.getByRole("button", { name: "Restore…" }).dblclick();
  await menu(page, "Restore from a backup…");
  await soon(async () =>
    assert.equal(await fake(page, () => window.__fake.done.filter((one) => one === "restore").length), 1),
  );
  // The first one has come to its end.
  await page.waitForTimeout(3_200);
  await page.getByRole("button", { name: "Restore…" }).click();
  await soon(async () =>
    assert.equal(await fake(page, () => window.__fake.done.filter((one) => one === "restore").length), 2),
  );
});

flow("an unticked box is as dark as the dialog, and a ticked one is not", { dark: true }, async (page) => {
  await addWorkspace(page, "Nordwind", "a-full-key-of-many-chars");
  await menu(page, "Apollo key and calls…");
  const box = page.getByRole("checkbox", { name: /^Refresh old rows/ });
  const looks = () =>
    box.evaluate((one) => {
      const { appearance, backgroundColor } = getComputedStyle(one);
      return { appearance, same: backgroundColor === getComputedStyle(one.closest("[data-modal]")).backgroundColor };
    });
  await soon(async () => assert.deepEqual(await looks(), { appearance: "none", same: true }));
  await box.check();
  await soon(async () => assert.deepEqual(await looks(), { appearance: "none", same: false }));
});

flow(
  "in a small window what is wrong with a field of a dialog comes into sight, and a long name stays in it",
  { viewport: { width: 900, height: 600 } },
  async (page) => {
    await addWorkspace(page, "N".repeat(80), "a-full-key-of-many-chars");
    await menu(page, "Apollo key and calls…");
    const dialog = page.getByRole("dialog");
    const name = dialog.getByText("N".repeat(80));
    const [inner, outer] = [await name.boundingBox(), await dialog.boundingBox()];
    assert.ok(inner.x + inner.width <= outer.x + outer.width, "the name runs out of the dialog");
    await page.getByLabel("Calls an hour").fill("0");
    await page.getByLabel("Calls an hour").press("Enter");
    const wrong = dialog.getByText("Calls an hour: a whole number");
    await wrong.waitFor();
    await page.waitForTimeout(100);
    const box = await wrong.boundingBox();
    assert.ok(box.y + box.height <= outer.y + outer.height, "what is wrong is out of sight");
  },
);

flow("a dialog gives the focus back to what opened it, or to the workspace where that is gone", async (page) => {
  const focusIsOn = (text) => page.waitForFunction((one) => document.activeElement?.textContent === one, text);
  const opener = page.getByRole("button", { name: "Use my own Apollo key…" });
  await opener.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await focusIsOn("Use my own Apollo key…");
  await addWorkspace(page, "Nordwind", "a-full-key-of-many-chars");
  await page.waitForFunction(() => document.activeElement?.id === "workspace-menu");
  await menu(page, "Apollo key and calls…");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.id === "workspace-menu");
  await openSettings(page);
  await page.getByRole("button", { name: "Apollo key and calls…" }).press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await focusIsOn("Apollo key and calls…");
});

flow("without a keyring the next key is typed once, and the line under it says where it goes", async (page) => {
  await addWorkspace(page, "Nordwind");
  await menu(page, "Apollo key and calls…");
  await page.getByLabel("Apollo key", { exact: true }).fill("nokeyring-key-of-many-chars");
  await page.keyboard.press("Enter");
  const once = page.getByLabel("Apollo key, for this run only");
  await once.waitFor();
  const told = await page.getByRole("region", { name: "Key" }).innerText();
  assert.equal(told.match(/Install gnome-keyring/g).length, 1, "one reason, said once");
  assert.equal(told.match(/keyring again/g).length, 1, "one button");
  await once.fill("nokeyring-key-of-many-one1");
  await page.keyboard.press("Enter");
  await page.getByText("Kept in memory for this run only, ends in …one1").waitFor();
  await page.keyboard.press("Escape");
  await menu(page, "Apollo key and calls…");
  await page.getByText("so it is kept in memory until the app closes").waitFor();
  await soon(async () => assert.equal(await page.getByText("It goes to this computer's keyring").count(), 0));
  await once.fill("nokeyring-key-of-many-two2");
  await page.keyboard.press("Enter");
  await page.getByText("ends in …two2").waitFor();
  await page.getByRole("button", { name: "Ask the keyring again" }).click();
  await page.getByLabel("Replace it with").fill("a-full-key-of-many-chars");
  await page.keyboard.press("Enter");
  await page.getByText("Stored in this computer's keyring, ends in …hars.").waitFor();
});

flow("a key that was typed is stored by whichever button saves", async (page) => {
  await addWorkspace(page, "Nordwind");
  await menu(page, "Apollo key and calls…");
  const dialog = page.getByRole("dialog", { name: "Apollo key and calls" });
  await dialog.getByRole("button", { name: "Save settings" }).waitFor();
  await page.getByLabel("Apollo key", { exact: true }).fill("a-full-key-of-many-chars");
  await dialog.getByRole("textbox", { name: "Calls an hour" }).fill("40");
  await dialog.getByRole("button", { name: "Save key and settings" }).click();
  await dialog.waitFor({ state: "detached" });
  await soon(async () => assert.equal(await fake(page, () => window.__fake.keysSet), 1));
  await page.getByTestId("status-bar").getByText("40 of 40 calls left").waitFor();
  await menu(page, "Apollo key and calls…");
  await page.getByText("Stored in this computer's keyring, ends in …hars.").waitFor();
  // One that cannot be stored keeps the dialog open, and says so.
  await page.getByLabel("Replace it with").fill("nokeyring-key-of-many-chars");
  await dialog.getByRole("button", { name: "Save key and settings" }).click();
  await dialog.getByText("There is no keyring to store the key in.").waitFor();
});

flow("what a key was found to be able to do goes when the key is removed", async (page) => {
  await addWorkspace(page, "Nordwind", "a-full-key-of-many-chars");
  await menu(page, "Apollo key and calls…");
  await page.getByRole("button", { name: "Check key · 1 call" }).click();
  await page.getByText("1,204 credits are left on the account.").waitFor();
  await page.getByRole("button", { name: "Remove key" }).click();
  await page.getByRole("button", { name: "Remove it now" }).click();
  await page.getByText("No key yet.").waitFor();
  await soon(async () => assert.equal(await page.getByText("1,204 credits are left").count(), 0));
});
