// One flow: a test with a page of its own, which fails when the page said an error, threw, or broke the CSP. The browser and the server
// are shared by the tests of a file.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage, serve } from "./harness.mjs";

let browser;
let server;
before(async () => {
  [browser, server] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  server?.close();
});

export const sample = "00000000-0000-4000-8000-000000000001";

/**
 * `starts: false`: the app does not come up in this one. `complains`: what it may say for an error, since it is broken on purpose. A flow that fails is tried once more, since it stands on the timing of a browser
 * on a busy machine; what passes only then is named, here and in the summary of the checks.
 */
export function flow(name, options, body) {
  const [settings, run] = typeof options === "function" ? [{}, options] : [options, body];
  test(name, { timeout: 180_000 }, async () => {
    try {
      await once(name, settings, run);
    } catch (error) {
      console.log(`failed at its first try: ${name}\n${error.stack}`);
      await once(name, settings, run);
      console.log(`unsteady: ${name}`);
    }
  });
}

async function once(name, settings, run) {
  const { page, wrong, close } = await openPage(browser, server.url, settings);
  page.setDefaultTimeout(15_000);
  try {
    if (settings.starts !== false) await page.getByTestId("status-bar").getByText("left this hour").waitFor();
    await run(page);
    const { complains } = settings;
    assert.deepEqual(
      wrong.filter((one) => !complains?.test(one)),
      [],
      "the page complained",
    );
  } catch (error) {
    await page.screenshot({
      path: new URL(`./shots/failed-${name.replace(/\W+/g, "-").slice(0, 60)}.png`, import.meta.url).pathname,
    });
    if (wrong.length > 0) error.message += `\nthe page complained: ${wrong.join("\n")}`;
    throw error;
  } finally {
    await close();
  }
}

/** So long, in ms, what is expected of the page may take until it is so. */
const patience = 5_000;

/** Does the check, and until it holds again and again: what a key or a click brings is drawn when it is there, not at once. */
export async function soon(check) {
  const ends = Date.now() + patience;
  for (;;)
    try {
      return await check();
    } catch (error) {
      if (Date.now() > ends) throw error;
      await new Promise((done) => setTimeout(done, 20));
    }
}

/** Waits until `text` is seen in the part with this test id. */
export async function says(page, testId, text) {
  await page.getByTestId(testId).filter({ hasText: text }).waitFor();
}

/** Searches and waits for rows. */
export async function search(page) {
  await page.getByTestId("search-button").click();
  await page.getByTestId("grid").waitFor();
}

export function rowCount(page) {
  return page.getByTestId("grid").getAttribute("aria-rowcount").then(Number);
}

export function fake(page, run, argument) {
  return page.evaluate(run, argument);
}

/** Lets the page of a job end that `exportHoldsAfter` keeps under way. */
export function letPageEnd(page) {
  return fake(page, () => (window.__fake.exportHoldsAfter = Number.POSITIVE_INFINITY));
}

/** The workspace that the address names. */
function workspaceIn(address) {
  return new URL(address).searchParams.get("w");
}

/** A workspace of one's own, with a key; gives its id once the address, which is written a moment after what it stands for, has it. */
export async function addWorkspace(page, name, key) {
  const before = workspaceIn(page.url());
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menuitem", { name: "New workspace…" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Make workspace" }).click();
  await page.getByRole("dialog", { name: "Apollo key and calls" }).waitFor();
  if (key) {
    await page.getByLabel("Apollo key", { exact: true }).fill(key);
    await page.getByRole("button", { name: "Store key" }).click();
    await page.getByText("Stored in this computer's keyring").waitFor();
  }
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();
  await page.waitForURL((now) => workspaceIn(now) !== before);
  return workspaceIn(page.url());
}

export async function starter(page, name) {
  await page.getByTestId("persona-list").getByRole("button", { name }).click();
}

/** Back in the history of the tab in sight, wherever the focus is: by the button at the side of the mouse. */
export function goBack(page) {
  return sideButton(page, 3);
}

export function goForward(page) {
  return sideButton(page, 4);
}

function sideButton(page, button) {
  return page.evaluate(
    (button) => document.body.dispatchEvent(new MouseEvent("mouseup", { button, bubbles: true, cancelable: true })),
    button,
  );
}
