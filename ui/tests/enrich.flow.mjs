// Enrichment: its price before, its job, what the table and the ledger say after, and an answer that got lost.
import assert from "node:assert/strict";
import { addWorkspace, fake, flow, letPageEnd, says, search, soon, starter } from "./flow.mjs";

async function open(page) {
  await page.getByTestId("enrich-button").click();
  await page.getByRole("dialog", { name: "Enrich", exact: true }).waitFor();
}

async function pay(page, words = /^Enrich \d+ · \d+ calls? · ≤ \d+ credits?$/) {
  await page.getByRole("button", { name: words }).click();
  await page.getByRole("dialog", { name: "Enrich", exact: true }).waitFor({ state: "detached" });
}

/** What becomes of the next paid call. */
const answerNext = (page, how) => fake(page, (how) => (window.__fake.nextPaid = how), how);

/** Loses paid calls for three people each, one after the other. */
async function lose(page, calls) {
  for (let call = 0; call < calls; call++) {
    await answerNext(page, "lost");
    await open(page);
    await page.getByLabel(/^At most this many credits/).fill("3");
    await page.getByRole("button", { name: "Enrich 3 · 2 calls · ≤ 3 credits" }).click();
    const notice = page.getByTestId("undecided-notice");
    await (call > 0 ? notice.getByRole("button", { name: `${call} more…` }) : notice).waitFor();
  }
}

/** Waits until that has the focus. */
const hasFocus = (page, selector) =>
  page.waitForFunction((selector) => document.activeElement?.matches(selector), selector);

const atRest = (page) => page.waitForFunction(() => !document.querySelector("ul [aria-disabled=true]"));

const start = (page) => page.getByTestId("enrich-start");

flow("the price stands on the button, who is known is taken out, and nothing is asked twice", async (page) => {
  await search(page);
  await open(page);
  const counts = page.getByTestId("enrich-counts");
  await counts.getByText("already known").waitFor();
  await start(page)
    .getByText(/^Enrich \d+ · /)
    .waitFor();
  const before = await start(page).textContent();
  await page.getByLabel(/^Mobile numbers/).check();
  await page.waitForFunction((old) => document.querySelector("[data-testid=enrich-start]").textContent !== old, before);
  await page.getByLabel(/^Mobile numbers/).uncheck();
  await page.getByLabel(/^At most this many credits/).fill("7");
  await page.getByRole("button", { name: "Enrich 7 · 2 calls · ≤ 7 credits" }).click();
  await says(page, "job-tray", /7 asked · 7 found · 7 e-mail addresses · 7 credits/);
  await open(page);
  await start(page)
    .getByText(/^Enrich \d+ · /)
    .waitFor();
  await soon(async () =>
    assert.notEqual(await start(page).textContent(), before, "those who were enriched are known now"),
  );
  await pay(page);
  await page
    .getByText(/^Enriched \d+ people$/)
    .first()
    .waitFor();
  await open(page);
  await page.getByText("There is nobody left to pay for.").waitFor();
});

flow("a mobile tells whose address is charged again", async (page) => {
  await search(page);
  await open(page);
  await page.getByLabel(/^At most this many credits/).fill("3");
  await pay(page, "Enrich 3 · 2 calls · ≤ 3 credits");
  await says(page, "job-tray", /3 credits/);
  await open(page);
  await page.getByLabel(/^Mobile numbers/).check();
  await says(page, "enrich-counts", /\d+ of them have an address already: .* charges it again\./);
});

flow("an Enter too many on what opened the dialog pays nothing; one on the price does", async (page) => {
  await search(page);
  await page.getByTestId("enrich-button").focus();
  await page.keyboard.press("Enter");
  await start(page)
    .getByText(/^Enrich \d+ · /)
    .waitFor();
  await page.keyboard.press("Enter");
  await page.getByLabel(/^At most this many credits/).fill("3");
  await page.getByRole("button", { name: "Enrich 3 · 2 calls · ≤ 3 credits" }).waitFor();
  await soon(async () => assert.equal(await page.getByTestId("job-tray").count(), 0, "nothing was begun"));
  await page.keyboard.press("Enter");
  await says(page, "job-tray", "3 asked · 3 found · 3 e-mail addresses · 3 credits");
});

flow("a paid call without an answer is never made again by itself, and waits for a word", async (page) => {
  await search(page);
  await answerNext(page, "lost");
  await open(page);
  await page.getByLabel(/^At most this many credits/).fill("3");
  await pay(page, "Enrich 3 · 2 calls · ≤ 3 credits");
  const notice = page.getByTestId("undecided-notice");
  await notice.getByText("may have been charged up to 3 credits").waitFor();
  await notice.getByRole("button", { name: "Accept" }).click();
  await notice.getByText("Accepted as it is. It stays unknown in the ledger; its people are left alone.").waitFor();
  await notice.getByRole("button", { name: "Close" }).click();
  await notice.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Ledger", exact: true }).click();
  await page.getByText("· accepted").waitFor();
  await page.getByRole("button", { name: "Ask again · ≤ 3 credits" }).click();
  await says(page, "ledger", "charged");
  await says(page, "ledger", "asked again");
});

flow("a second press means the lost call that was decided about, not the one that moved up", async (page) => {
  await search(page);
  await lose(page, 2);
  const notice = page.getByTestId("undecided-notice");
  const accept = notice.getByRole("button", { name: "Accept" });
  await page.waitForFunction(() => !document.querySelector("[data-testid=undecided-notice] [aria-disabled=true]"));
  await accept.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await notice.getByText("Accepted as it is.").waitFor();
  await soon(async () =>
    assert.equal(await accept.count(), 0, "the next is not where the first was until that was read"),
  );
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await accept.waitFor();
  await soon(async () =>
    assert.equal(await accept.getAttribute("aria-disabled"), "true", "a second press was not meant for it"),
  );
  await accept.click();
  await notice.getByText("Accepted as it is.").waitFor();
  await notice.getByRole("button", { name: "Close" }).click();
  await notice.waitFor({ state: "detached" });
});

flow("a call that was lost is looked up, and its people may be enriched again", async (page) => {
  await search(page);
  await answerNext(page, "lost");
  await open(page);
  await page.getByLabel(/^At most this many credits/).fill("3");
  await pay(page, "Enrich 3 · 2 calls · ≤ 3 credits");
  await page.getByRole("button", { name: "Look up · ≤ 2 calls" }).click();
  await says(page, "undecided-notice", "Apollo's count shows that nothing was charged.");
  await page.getByTestId("undecided-notice").getByRole("button", { name: "Close" }).click();
  await page.getByTestId("undecided-notice").waitFor({ state: "detached" });
});

flow(
  "while it is too early to tell, a lost call keeps its buttons; decided, it names those that wait",
  async (page) => {
    await search(page);
    await lose(page, 2);
    await fake(page, () => (window.__fake.tooEarly = true));
    const notice = page.getByTestId("undecided-notice");
    await notice.getByRole("button", { name: "Look up · ≤ 2 calls" }).click();
    await notice
      .getByText(
        "Not known yet. It is too early to tell: the request may still arrive at Apollo. Look again from 14:05 on.",
      )
      .waitFor();
    for (const name of ["Accept", "Ask again · ≤ 3 credits", "1 more…"])
      await notice.getByRole("button", { name }).waitFor();
    await fake(page, () => (window.__fake.tooEarly = false));
    await notice.getByRole("button", { name: "Look up · ≤ 2 calls" }).click();
    await notice.getByText("Looked up. Apollo's count shows").waitFor();
    await soon(async () => assert.equal(await notice.getByText("Not known yet").count(), 0));
    await notice.getByRole("button", { name: "1 more…" }).click();
    await page.getByRole("heading", { name: "Ledger of credits" }).waitFor();
  },
);

flow("in the ledger the focus stays where a lost call was decided about, and Escape leaves", async (page) => {
  await search(page);
  await lose(page, 2);
  await page.getByTestId("undecided-notice").getByRole("button", { name: "1 more…" }).click();
  await hasFocus(page, "#lost-calls");
  const lookUp = page.getByRole("button", { name: "Look up · ≤ 2 calls" });
  await lookUp.nth(1).waitFor();
  await atRest(page);
  await lookUp.first().press("Enter");
  await hasFocus(page, "ul");
  await page.keyboard.press("Tab");
  await hasFocus(page, "ul button");
  const again = page.getByRole("button", { name: "Ask again · ≤ 3 credits" });
  await atRest(page);
  await again.press("Enter");
  await hasFocus(page, "h1");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Everything that can be done" });
  await palette.waitFor();
  await page.keyboard.press("Escape");
  await palette.waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "Ledger of credits" }).waitFor();
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menu").waitFor();
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "Ledger of credits" }).waitFor();
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Ledger of credits" }).waitFor({ state: "detached" });
});

flow("an enrichment that is cancelled and goes on keeps the focus in its line", async (page) => {
  await search(page);
  await fake(page, () => (window.__fake.exportHoldsAfter = 1));
  await open(page);
  await page.getByLabel(/^At most this many credits/).fill("12");
  await pay(page, "Enrich 12 · 3 calls · ≤ 12 credits");
  await says(page, "job-tray", "10 of 12 people asked for");
  await page.getByRole("button", { name: "Cancel enrichment" }).press("Enter");
  await letPageEnd(page);
  await page
    .getByTestId("job-tray")
    .getByText(/^Cancelled after /)
    .waitFor();
  await hasFocus(page, "[data-testid=job-tray] li");
  await page.keyboard.press("Tab");
  await hasFocus(page, "[data-testid=job-tray] li button");
  await page.getByRole("button", { name: /^Go on · / }).press("Enter");
  await page.getByRole("button", { name: /^Go on · / }).waitFor({ state: "detached" });
  await hasFocus(page, "[data-testid=job-tray] li");
});

flow("the focus stays with the lost calls, and goes to the people after the last of them", async (page) => {
  await search(page);
  await lose(page, 2);
  const notice = page.getByTestId("undecided-notice");
  for (const after of ["#undecided-notice", "#people *"]) {
    await page.waitForFunction(() => !document.querySelector("#undecided-notice [aria-disabled=true]"));
    await notice.getByRole("button", { name: "Accept" }).press("Enter");
    await notice.getByText("Accepted as it is.").waitFor();
    await notice.getByRole("button", { name: "Close" }).press("Enter");
    await hasFocus(page, after);
  }
});

flow("a dialog says which paid calls were lost before it sells more", async (page) => {
  await search(page);
  await lose(page, 1);
  await open(page);
  await page.getByTestId("enrich-counts").waitFor();
  await soon(async () =>
    assert.equal(await page.getByText("this pays all the same").count(), 0, "one alone is counted before the next"),
  );
  await page.keyboard.press("Escape");
  await answerNext(page, "lost");
  await open(page);
  await page.getByLabel(/^At most this many credits/).fill("3");
  await pay(page, /^Enrich 3 · /);
  await page.getByTestId("undecided-notice").getByRole("button", { name: "1 more…" }).waitFor();
  await open(page);
  await page.getByText(/^2 paid calls in a row got no answer: up to 6 credits .* this pays all the same\.$/).waitFor();
});

flow("enrichment, jobs and ledger have keys; Escape leaves a page from the tray, too", async (page) => {
  await search(page);
  await page.locator("[data-cell='0/-1']").click();
  await page.keyboard.press("Control+Shift+Enter");
  const dialog = page.getByRole("dialog", { name: "Enrich", exact: true });
  await dialog.getByTestId("enrich-counts").getByText("1", { exact: true }).first().waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.keyboard.press("Control+l");
  await page.getByRole("heading", { name: "Ledger of credits" }).waitFor();
  await page.keyboard.press("Control+j");
  await hasFocus(page, "[data-testid=job-tray] button");
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Ledger of credits" }).waitFor({ state: "detached" });
  await page.keyboard.press("Control+Shift+l");
  await page.getByRole("heading", { name: "Account", exact: true }).waitFor();
});

flow("jobs that are over are put away together", async (page) => {
  await search(page);
  for (const most of ["3", "4"]) {
    await open(page);
    await page.getByLabel(/^At most this many credits/).fill(most);
    await pay(page, new RegExp(`^Enrich ${most} · `));
    await says(page, "job-tray", `${most} asked · `);
  }
  await page.getByRole("button", { name: "Put away 2 that are over" }).press("Enter");
  await page.getByTestId("job-tray").waitFor({ state: "detached" });
  await hasFocus(page, "[data-testid=status-jobs]");
});

flow("an enrichment without an answer has no tick, neither in the tray nor in the history", async (page) => {
  await search(page);
  await lose(page, 1);
  const tray = page.getByTestId("job-tray");
  await tray.getByText(/3 without an answer/).waitFor();
  const icons = (name) => tray.locator(`li svg.text-${name}`).count();
  await soon(async () => assert.deepEqual([await icons("caution"), await icons("good")], [1, 0]));
  await tray.getByRole("button", { name: "History" }).click();
  await page.getByText("They stay here for 90 days").waitFor();
  await soon(async () => assert.deepEqual([await icons("caution"), await icons("good")], [1, 0]));
});

flow(
  "the ledger has every call, a picture, the caps and Apollo's own count; the account says what it allows",
  async (page) => {
    await search(page);
    await open(page);
    await page.getByLabel(/^At most this many credits/).fill("12");
    await pay(page, "Enrich 12 · 3 calls · ≤ 12 credits");
    await page
      .getByText(/^Enriched \d+ people$/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Ledger", exact: true }).click();
    await page.getByRole("heading", { name: "Ledger of credits" }).waitFor();
    await says(page, "credits-sum", "11 credits charged");
    await page
      .getByTestId("ledger")
      .getByRole("row", { name: /page 1 .*free/ })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Paid", exact: true }).click();
    await page.waitForFunction(() => document.querySelectorAll("[data-testid=ledger] tr").length === 3);
    await page.getByRole("img", { name: /^Credits in the last 30 days: .*11 credits charged/ }).waitFor();
    await page.getByRole("button", { name: "12 months" }).click();
    await page.getByRole("img", { name: /^Credits in the last 12 months: / }).waitFor();
    await page.getByRole("button", { name: "Compare · ≤ 2 calls" }).click();
    await page.getByText(/They agree\./).waitFor();
    await page.getByLabel("Credits a day").fill("13");
    await page.keyboard.press("Enter");
    await page.getByText("Caps saved").waitFor();
    await soon(async () =>
      assert.ok(
        await page.getByLabel("Credits a day").evaluate((field) => field === document.activeElement),
        "the focus stays",
      ),
    );
    await page.getByRole("button", { name: "Export as CSV…" }).click();
    await page.getByText("Ledger exported").waitFor();
    await page.getByRole("button", { name: "Account…" }).click();
    await page.getByRole("button", { name: "Check · ≤ 4 calls · no credits" }).click();
    await page.getByText("This key works").waitFor();
    await page.getByText("not tried: it would cost credits").waitFor();
    await soon(async () =>
      assert.equal(await page.getByText(/\d credits left/).count(), 1, "what is left is said once"),
    );
    await page.getByRole("button", { name: "Back to the people (Escape)" }).click();
    await open(page);
    await page.getByText("The cap of 13 credits for today leaves 2 credits: the enrichment stops there.").waitFor();
    await page.getByRole("button", { name: /^Enrich up to \d+ · \d+ calls · ≤ 2 credits$/ }).waitFor();
  },
);

/** Sets the cap of a day, in the ledger. */
async function capTheDay(page, credits) {
  await page.getByRole("button", { name: "Ledger", exact: true }).click();
  await page.getByLabel("Credits a day").fill(credits);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForFunction((cap) => {
    const save = [...document.querySelectorAll("button[type=submit]")].find(
      ({ textContent }) => textContent === "Save",
    );
    const field = [...document.querySelectorAll("input")].find(({ value }) => value === cap);
    return field && save?.getAttribute("aria-disabled") === "true";
  }, credits);
  await page.getByRole("button", { name: "Back to the people (Escape)" }).click();
}

flow(
  "what the caps leave stands before a page, an export and a re-run, and nothing begins that they hold",
  async (page) => {
    await addWorkspace(page, "Acme", "good-key-0123456789-a9f3");
    await starter(page, "Sales leaders");
    await search(page);
    await capTheDay(page, "2");
    await page.locator('[data-testid="search-button"][title$="the caps leave 1 credit"]').waitFor();
    const stops = (what) => page.getByText(`The cap of 2 credits for today leaves 1 credit: ${what} stops there.`);
    await page.getByTestId("rerun-button").click();
    await stops("the re-run").waitFor();
    await says(page, "room", "The caps leave 1 credit");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByTestId("export-button").click();
    await page.getByRole("radio", { name: /^All that match/ }).check();
    await stops("the export").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await capTheDay(page, "1");
    await page.getByTestId("search-button").getByText("Refresh · no call").waitFor();
    await page.getByTestId("export-button").click();
    await page.getByRole("radio", { name: /^All that match/ }).check();
    const held =
      "The cap of 1 credit for today leaves 0 credits, and the next call could cost 1 credit, so it is not made.";
    await page.getByRole("alert").getByText(held).waitFor();
    await page.locator('button[type="submit"][aria-disabled="true"]', { hasText: /^Export/ }).waitFor();
  },
);

flow("a page of full rows stands in the ledger, of unknown price", async (page) => {
  await addWorkspace(page, "Acme", "good-key-0123456789-a9f3");
  await starter(page, "Sales leaders");
  await search(page);
  await page.getByRole("button", { name: "Ledger", exact: true }).click();
  await says(page, "credits-sum", "0 credits charged · at most 1 credit more that nobody knows of");
  await says(page, "ledger", "price not told");
  await page.getByRole("button", { name: "Compare · ≤ 2 calls" }).click();
  await says(page, "ledger", "Apollo's count of credits");
  await page.getByRole("button", { name: "Paid", exact: true }).click();
  await page.getByText("Apollo's count of credits").waitFor({ state: "detached" });
});

flow("one person is enriched from the panel", async (page) => {
  await search(page);
  await page.getByRole("gridcell").first().click();
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: /^Person: / }).waitFor();
  await page.getByRole("button", { name: "Enrich…", exact: true }).click();
  await page.getByRole("dialog", { name: "Enrich", exact: true }).getByText("selected", { exact: true }).waitFor();
});

flow("those who are selected are enriched, and nobody else", async (page) => {
  await search(page);
  await page.getByRole("gridcell").nth(1).click();
  await page.keyboard.press("Escape");
  for (let row = 0; row < 3; row++) {
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
  }
  await page.getByRole("region", { name: "Selection" }).getByText("3 selected").waitFor();
  await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Enrich…" }).click();
  const counts = page.getByTestId("enrich-counts");
  await counts.waitFor();
  await soon(async () => assert.match(await counts.innerText(), /^3\s+selected/));
});

flow("the companies of the people are enriched once each, and are told of all their people", async (page) => {
  await search(page);
  await open(page);
  await page.getByRole("radio", { name: /^Companies/ }).check();
  const counts = page.getByTestId("enrich-counts");
  await counts.getByText("companies", { exact: true }).waitFor();
  await soon(async () => assert.equal(await page.getByLabel(/^Mobile numbers/).count(), 0, "companies have none"));
  await page.getByLabel(/^At most this many credits/).fill("3");
  await page.getByRole("button", { name: "Enrich 3 companies · 4 calls · ≤ 3 credits" }).click();
  await says(page, "job-tray", /3 asked · 3 found · 3 credits/);
  await page
    .getByText(/^Enriched 3 companies$/)
    .first()
    .waitFor();
  await open(page);
  await page.getByRole("radio", { name: /^Companies/ }).check();
  await counts.getByText("already known").waitFor();
  await pay(page, /^Enrich \d+ companies · \d+ calls · ≤ \d+ credits$/);
  await says(page, "job-tray", /\d+ asked · \d+ found · \d+ not found/);
  await page.keyboard.press("Escape");
  await page.getByRole("gridcell").first().click();
  await page.keyboard.press("Enter");
  const company = page.getByRole("complementary", { name: /^Person: / }).getByRole("region", { name: "Company" });
  await company.getByText("people work there").waitFor();
  await company
    .getByText(/^enrichment, |^made up, /)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Ledger", exact: true }).click();
  await says(page, "ledger", /· [a-z-]+\.example/);
});

flow("one person's company is enriched from the panel", async (page) => {
  await search(page);
  await page.getByRole("gridcell").first().click();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: /^Person: / });
  await panel.getByText("Industry, size and more come when companies are enriched").waitFor();
  await panel.getByRole("button", { name: "Enrich the company…" }).click();
  await page.getByRole("button", { name: "Enrich 1 company · 2 calls · ≤ 1 credit" }).click();
  await panel.getByRole("region", { name: "Company" }).getByText("people work there").waitFor();
});

flow("a company whose answer got lost is named by its domain", async (page) => {
  await search(page);
  await answerNext(page, "lost");
  await open(page);
  await page.getByRole("radio", { name: /^Companies/ }).check();
  await page.getByLabel(/^At most this many credits/).fill("1");
  await page.getByRole("button", { name: "Enrich 1 company · 2 calls · ≤ 1 credit" }).click();
  const notice = page.getByTestId("undecided-notice");
  await notice.getByText(/[a-z-]+\.example of “.*may have been charged up to 1 credit/).waitFor();
  await notice.getByRole("button", { name: "Look up · ≤ 2 calls" }).click();
  await notice.getByText("Looked up.").waitFor();
});

flow("who comes instead is told where it was paid for, kept as who they are, and taken for nobody", async (page) => {
  await search(page);
  await answerNext(page, "instead");
  await open(page);
  await page.getByLabel(/^At most this many credits/).fill("3");
  await pay(page, "Enrich 3 · 2 calls · ≤ 3 credits");
  await says(
    page,
    "job-tray",
    "3 asked · 2 found · 2 e-mail addresses · 1 answered with somebody else, who is kept as such · 3 credits",
  );
  await open(page);
  await page.getByTestId("enrich-counts").getByText("not found before").waitFor();
  await page.keyboard.press("Escape");
  await page.getByLabel("Find people that were fetched").fill("Petra Voss");
  await page.locator('[data-cell="0/0"]').filter({ hasText: "Petra Voss" }).click();
  const panel = page.getByRole("complementary", { name: "Person: Petra Voss" });
  await panel.getByText(/^Came instead of somebody else/).waitFor();
  await page.getByRole("button", { name: "Ledger", exact: true }).click();
  await page
    .getByTestId("ledger")
    .getByRole("row", { name: /1 answered with somebody else .*charged/ })
    .waitFor();
});

flow("another company that comes instead is told where it was paid for", async (page) => {
  await search(page);
  await answerNext(page, "instead");
  await open(page);
  await page.getByRole("radio", { name: /^Companies/ }).check();
  await page.getByLabel(/^At most this many credits/).fill("1");
  await page.getByRole("button", { name: "Enrich 1 company · 2 calls · ≤ 1 credit" }).click();
  await says(page, "job-tray", "1 asked · 0 found · 1 answered with another company, which is kept as such · 1 credit");
  await page.getByRole("button", { name: "Ledger", exact: true }).click();
  await page
    .getByTestId("ledger")
    .getByRole("row", { name: /\.example · answered with another company .*charged/ })
    .waitFor();
});

flow("a paid call that everybody was answered in, and whose price was not told, is not asked again", async (page) => {
  await search(page);
  await answerNext(page, "price untold");
  await open(page);
  await page.getByLabel(/^At most this many credits/).fill("3");
  await pay(page, "Enrich 3 · 2 calls · ≤ 3 credits");
  const notice = page.getByTestId("undecided-notice");
  await notice.getByText("Apollo did not tell the price of a paid call.").waitFor();
  await notice.getByRole("button", { name: "Look up · ≤ 2 calls" }).waitFor();
  await soon(async () =>
    assert.equal(await notice.getByRole("button", { name: /^Ask again/ }).count(), 0, "nobody is left to ask for"),
  );
  await notice.getByRole("button", { name: "Accept" }).click();
  await notice.getByText("Accepted as it is.").waitFor();
});
