// The frame around everything: dialogs keep what was typed, Ctrl+A does not paint the window, news cover no button, the status bar
// stays one line, in which what is cut is told whole.
import assert from "node:assert/strict";
import { addWorkspace, fake, flow, says, search, soon } from "./flow.mjs";
import { drawn, picture } from "./looking.mjs";

flow("a click beside a dialog leaves it, but throws nothing away that was typed", async (page) => {
  const dialog = page.getByRole("dialog", { name: "New workspace" });
  await page.getByRole("button", { name: "Use my own Apollo key…" }).click();
  await dialog.waitFor();
  await page.mouse.click(4, 4);
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Use my own Apollo key…" }).click();
  await page.getByLabel("Name").fill("Acme");
  await page.mouse.click(4, 4);
  await soon(async () => assert.equal(await page.getByLabel("Name").inputValue(), "Acme"));
  await dialog.getByText("Its Apollo key comes next.").waitFor();
  await page.waitForFunction(() => document.activeElement?.value === "Acme");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

flow("Ctrl+A selects the text of a field, and elsewhere nothing", async (page) => {
  await search(page);
  await page.keyboard.press("Control+a");
  await soon(async () => assert.equal(await page.evaluate(() => String(getSelection())), ""));
  await page.getByRole("button", { name: "Use my own Apollo key…" }).click();
  await page.getByLabel("Name").fill("Acme");
  await page.keyboard.press("Control+a");
  await soon(async () => assert.equal(await page.evaluate(() => String(getSelection())), "Acme"));
});

flow("news on a page lie over none of its buttons", async (page) => {
  await addWorkspace(page, "Acme", "");
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Acme & Co");
  await page.getByRole("button", { name: "Rename" }).click();
  const news = await page.getByRole("dialog").filter({ hasText: "Renamed" }).boundingBox();
  const buttons = await page.getByRole("region", { name: "This workspace" }).getByRole("button").all();
  assert.ok(buttons.length > 5);
  for (const button of buttons) {
    const box = await button.boundingBox();
    const apart = box.y >= news.y + news.height || box.x >= news.x + news.width || box.x + box.width <= news.x;
    await soon(async () => assert.ok(apart, await button.innerText()));
  }
});

/** The parts of the status bar of which some is cut, and how wide they are. */
function cutInBar(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("[data-testid=status-bar] button")]
      .filter((one) => [one, ...one.querySelectorAll("*")].some((part) => part.scrollWidth > part.clientWidth))
      .map((one) => ({ part: one.dataset.testid ?? one.innerText, width: one.offsetWidth })),
  );
}

/** Nothing reaches out of the bar, and what is cut in it ends in dots. */
function spiltFromBar(page) {
  return page.evaluate(() => {
    const bar = document.querySelector("[data-testid=status-bar]");
    const frame = bar.getBoundingClientRect();
    return [...bar.querySelectorAll("*")]
      .filter((one) => one.checkVisibility())
      .filter((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        const out = left < frame.left || right > frame.right || top < frame.top || bottom > frame.bottom;
        return out || (one.scrollWidth > one.clientWidth && getComputedStyle(one).textOverflow !== "ellipsis");
      })
      .map((one) => one.outerHTML.slice(0, 120));
  });
}

flow("the status bar is one line however much it says, and is cut from its least important part on", async (page) => {
  await fake(page, () => (window.__fake.ownLimits = "reached"));
  await search(page);
  // The most that there is to say.
  await fake(page, () => (window.__fake.exportHoldsAfter = 0));
  await page.getByTestId("rerun-button").click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Fetch/ })
    .last()
    .click();
  await page.getByTestId("job-tray").getByText("re-run", { exact: true }).waitFor();
  await says(page, "status-calls", "Apollo's own limit is reached");
  const [least, ...others] = ["status-cache", "status-endpoint", "status-calls", "status-service"];
  for (const width of [640, 900, 1024, 1280, 1600, 1920]) {
    await page.setViewportSize({ width, height: 700 });
    await drawn(page);
    await picture(page, `bar ${width}`);
    await soon(async () =>
      assert.equal((await page.getByTestId("status-bar").boundingBox()).height, 28, `${width} px wide`),
    );
    await soon(async () => assert.deepEqual(await spiltFromBar(page), [], `${width} px wide`));
    const cut = await cutInBar(page);
    const names = cut.map(({ part }) => part).reverse();
    assert.deepEqual(names, [least, ...others].slice(0, names.length), `${width} px wide`);
    // The next is touched only when there is nothing more to take from the one before.
    for (const { width: left } of cut.slice(1)) assert.equal(left, 40, `${width} px wide`);
    if (width === 1920) assert.deepEqual(names, []);
  }
});

flow("what is cut in the status bar is told whole, under the pointer and by the keyboard", async (page) => {
  await fake(page, () => (window.__fake.ownLimits = "reached"));
  await search(page);
  await says(page, "status-calls", "Apollo's own limit is reached");
  await page.setViewportSize({ width: 640, height: 400 });
  const text = page.getByTestId("status-calls").locator("span");
  const whole = await text.textContent();
  await text.hover();
  await soon(async () => assert.equal(await text.getAttribute("title"), whole));
  await page.getByTestId("status-calls").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Calls" }).getByText(whole, { exact: true }).waitFor();
});
