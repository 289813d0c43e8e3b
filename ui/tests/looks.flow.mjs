// Whoever needs more to see or less to move: high contrast, the desktop's own few colours, no motion, twice the size; names from right to
// left, texts a third longer than ours, numbers as the desktop writes them.
import assert from "node:assert/strict";
import { addWorkspace, fake, flow, says, search, soon, starter } from "./flow.mjs";
import { cutOff, drawn, noViolations, picture } from "./looking.mjs";
import { screens } from "./screens.mjs";

const main = ["rows", "tabs", "person", "picked", "facets", "editor", "settings", "what was done", "export", "stale"];
const theme = (dark) => (dark ? "dark" : "light");

for (const dark of [false, true])
  for (const name of main)
    flow(
      `more contrast, ${theme(dark)}, ${name}: all that is read stands out at 7:1`,
      {
        dark,
        contrast: "more",
        frozen: false,
      },
      async (page) => {
        await screens[name](page);
        await drawn(page);
        await picture(page, `contrast ${name} ${theme(dark)}`);
        await noViolations(page, name, ["color-contrast-enhanced"]);
      },
    );

for (const dark of [false, true])
  for (const name of ["tabs", "picked", "facets", "settings"])
    flow(
      `in the desktop's own colours, ${theme(dark)}, ${name}: what is chosen is still seen`,
      {
        dark,
        forcedColors: "active",
      },
      async (page) => {
        await screens[name](page);
        await drawn(page);
        await picture(page, `forced ${name} ${theme(dark)}`);
        const unmarked = await page.evaluate(() =>
          [
            ...document.querySelectorAll(
              "[role=row][aria-current=true], [role=tab][aria-selected=true], [aria-pressed=true]",
            ),
          ]
            .filter(
              (one) => getComputedStyle(one).outlineStyle === "none" || getComputedStyle(one).outlineWidth === "0px",
            )
            .map((one) => one.outerHTML.slice(0, 120)),
        );
        assert.deepEqual(unmarked, []);
      },
    );

flow("contrast is chosen for itself, whatever the desktop has, and kept", async (page) => {
  const contrast = () => page.evaluate(() => document.documentElement.dataset.contrast);
  await soon(async () => assert.equal(await contrast(), "usual"));
  await page.keyboard.press("Control+,");
  await page.getByRole("group", { name: "Contrast" }).getByLabel(/^More/).check();
  await page.waitForFunction(() => document.documentElement.dataset.contrast === "more");
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  await soon(async () => assert.equal(await contrast(), "more"));
});

flow("nothing moves by itself where less motion is wanted", async (page) => {
  await screens.facets(page);
  const moves = await page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((one) => {
        const { transitionDuration, animationName } = getComputedStyle(one);
        return animationName !== "none" || transitionDuration.split(", ").some((part) => part !== "0s");
      })
      .map((one) => one.outerHTML.slice(0, 120)),
  );
  assert.deepEqual(moves, []);
});

for (const name of main)
  flow(`at twice the size, ${name}: nothing is cut off`, { viewport: { width: 640, height: 400 } }, async (page) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await screens[name](page);
    await page.setViewportSize({ width: 640, height: 400 });
    await drawn(page);
    await picture(page, `twice ${name}`);
    await soon(async () => assert.deepEqual(await cutOff(page), []));
  });

/** Texts in letters that are read from right to left, in a part that does not say which way it goes. */
function strayed(page) {
  return page.evaluate(() => {
    const rightToLeft = /[\u0590-\u08ff]/;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const wrong = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (rightToLeft.test(node.data) && !node.parentElement.closest("[dir=auto], bdi"))
        wrong.push(node.parentElement.outerHTML.slice(0, 200));
    for (const field of document.querySelectorAll("input[type=text], input:not([type]), textarea"))
      if (field.ariaHidden !== "true" && field.dir !== "auto" && field.dir !== "ltr" && field.inputMode !== "numeric")
        wrong.push(field.outerHTML.slice(0, 200));
    return wrong;
  });
}

flow("names from right to left are read so wherever they stand, and turn nothing around them", async (page) => {
  const workspace = "לקוח צפון (North)";
  const persona = "מנהלי כספים, CFO";
  await addWorkspace(page, workspace, "a-full-key-of-many-chars");
  await page.getByRole("button", { name: "Understood" }).click();
  await page.getByRole("button", { name: "New persona" }).click();
  const editor = page.getByRole("complementary", { name: /persona/ });
  await editor.getByLabel("Name", { exact: true }).fill(persona);
  await editor.getByLabel("Job titles").fill("סמנכ״ל כספים");
  await page.keyboard.press("Enter");
  await editor.getByLabel("Locations").fill("Germany");
  await page.keyboard.press("Enter");
  await soon(async () => assert.deepEqual(await strayed(page), [], "the editor"));
  await editor.getByRole("button", { name: "Save persona" }).click();
  await page.getByTestId("persona-list").getByRole("button", { name: persona }).waitFor();
  await soon(async () => assert.deepEqual(await strayed(page), [], "saved"));
  await page.keyboard.press("Control+t");
  await starter(page, "Sales leaders, DACH");
  await search(page);
  await page.getByLabel("Find people that were fetched").fill("محمد");
  await page.locator('[data-cell="0/0"]').filter({ hasText: "محمد" }).click();
  await page.getByRole("complementary", { name: /^Person:/ }).waitFor();
  await drawn(page);
  await picture(page, "right to left");
  await soon(async () => assert.deepEqual(await strayed(page), [], "people"));
  await page
    .getByRole("complementary", { name: /^Person:/ })
    .getByRole("button", { name: "Enrich…" })
    .click();
  await page.getByRole("dialog").getByText("credit").first().waitFor();
  await soon(async () => assert.deepEqual(await strayed(page), [], "the dialog of an enrichment"));
  await page.keyboard.press("Escape");
  await page.getByTestId("export-button").click();
  await page.getByRole("dialog", { name: "Export" }).waitFor();
  await soon(async () => assert.deepEqual(await strayed(page), [], "the dialog of an export"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Everything that can be done" }).waitFor();
  await soon(async () => assert.deepEqual(await strayed(page), [], "the palette"));
  await page.keyboard.press("Escape");
  await fake(page, () => (window.__fake.exportHoldsAfter = 1));
  await page.getByTestId("rerun-button").click();
  await page.getByRole("button", { name: /^Fetch · / }).click();
  await page.getByTestId("job-tray").waitFor();
  await soon(async () => assert.deepEqual(await strayed(page), [], "the tray"));
  for (const place of ["What was done", "Ledger", "Settings"]) {
    await page.getByTestId("status-bar").getByRole("button", { name: place, exact: true }).click();
    await page.getByRole("heading", { level: 1 }).filter({ hasText: place }).waitFor();
    await soon(async () => assert.deepEqual(await strayed(page), [], place));
  }
  await page.getByRole("button", { name: "Remove workspace…" }).click();
  await page.getByLabel("Its name").waitFor();
  await soon(async () => assert.deepEqual(await strayed(page), [], "the dialog of its removal"));
});

/** Our own texts a third longer, as another language has them; names and whatever else comes from outside stay as they are. */
function lengthen(page) {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const own = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (
        /\p{L}{2}/u.test(node.data) &&
        !node.parentElement.closest("[dir=auto], bdi, script, style, kbd, option, textarea")
      )
        own.push(node);
    for (const node of own)
      node.data = node.data.replace(/\p{L}{2,}/gu, (word) => word + "ë".repeat(Math.ceil(word.length / 3)));
  });
}

for (const name of main)
  flow(`in a language with longer words, ${name}: no button is cut off`, async (page) => {
    await screens[name](page);
    await lengthen(page);
    await drawn(page);
    await picture(page, `longer ${name}`);
    await soon(async () => assert.deepEqual(await cutOff(page), []));
  });

flow("numbers and hours are as the desktop writes them", { locale: "de-DE" }, async (page) => {
  await fake(page, () => (window.__fake.crowd = 1_000_000));
  await page.getByRole("group", { name: "Whom the table shows" }).getByText("Everyone").click();
  await page.getByRole("grid", { name: "Everyone" }).waitFor();
  await page.getByRole("checkbox", { name: "Select all 1.000.000" }).waitFor();
  await page.locator('[data-cell="0/0"]').click();
  await says(page, "status-bar", "left this hour");
  await page.getByText("1 of 1.000.000 in this workspace").waitFor();
});
