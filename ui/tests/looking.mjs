// Looking at a screen: pictures of it, what axe finds in it, and what is cut off.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = fileURLToPath(new URL("./shots/", import.meta.url));
mkdirSync(shots, { recursive: true });

export function picture(page, name) {
  return page.screenshot({ path: `${shots}${name.replaceAll(" ", "-")}.png` });
}

// axe-core itself does not start with frozen prototypes; these flows alone go without (`frozen: false`).
// While one of its lists or menus is open, base-ui hides the rest of the page from assistive technology and puts focus guards around:
// the rules about landmarks and hidden focus then speak of that and not of us. They hold for every other screen.
const whileOpen = ["aria-hidden-focus", "region", "landmark-one-main", "page-has-heading-one"];
const opens = new Set(["titles", "menu", "column menu", "table menu"]);

/** `also`: rules of axe that are off unless asked for. */
export async function noViolations(page, where, also = []) {
  // By evaluate, not as a script element: the CSP forbids that one.
  await page.evaluate(axe);
  const off = (opens.has(where) ? whileOpen : []).map((rule) => [rule, { enabled: false }]);
  const rules = Object.fromEntries([...off, ...also.map((rule) => [rule, { enabled: true }])]);
  const { violations } = await page.evaluate(
    (rules) => window.axe.run(document, { resultTypes: ["violations"], rules }),
    rules,
  );
  const found = violations.map(
    (one) => `${where}: ${one.id}: ${one.help}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
  assert.deepEqual(found, []);
}

export function drawn(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Words in sight, or said of what is, that stand in no catalogue and neither came from the backend nor went to it: of a page whose texts
 * are marked. */
export function foreignWords(page) {
  return page.evaluate(() => {
    const mark = "\u200b";
    const dates = Array.from({ length: 12 }, (_, at) =>
      new Date(2026, at, at + 1).toLocaleDateString("en-GB", { weekday: "long", month: "long" }),
    );
    const known = [...window.__crossed, ...dates].join("\n").toLowerCase();
    const isKnown = (word) => known.includes(word.toLowerCase());
    const said = (one) => ["aria-label", "title", "placeholder", "alt"].map((name) => one.getAttribute(name) ?? "");
    // Of the library of fields, which lets nobody name it: it ends a list without choosing, for whoever does not see it.
    const itsOwn = "span[role=button][aria-label=Dismiss]";
    const texts = [document.title];
    for (const one of document.body.querySelectorAll("*")) {
      if (one.closest("script, style, kbd") || one.matches(itsOwn)) continue;
      texts.push(...said(one));
      for (const node of one.childNodes) if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
    }
    const foreign = texts.flatMap((text) => {
      const outside = text.split(mark).filter((_, at) => at % 2 === 0);
      const words = outside.join(" ").match(/\p{L}{2,}/gu) ?? [];
      return words.every(isKnown) ? [] : [text.replaceAll(mark, "|")];
    });
    return [...new Set(foreign)];
  });
}

/** What reaches out of the window, and buttons whose words do not fit into them or that lie under something else. */
export function cutOff(page) {
  return page.evaluate(() => {
    const wrong = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) wrong.push("the page scrolls");
    for (const button of document.querySelectorAll("button")) {
      const { left, right, width, height } = button.getBoundingClientRect();
      if (width === 0 || height === 0 || !button.checkVisibility()) continue;
      const name = button.getAttribute("aria-label") ?? button.innerText;
      const inGrid = button.closest("[role=grid], [aria-hidden=true]");
      if (!inGrid && (left < 0 || right > innerWidth + 0.5)) wrong.push(`“${name}” reaches out of the window`);
      const may = getComputedStyle(button).overflow !== "visible" || button.querySelector(".truncate");
      if (!may && button.scrollWidth > button.clientWidth + 1) wrong.push(`“${name}” does not fit into its button`);
    }
    return wrong;
  });
}

/** The texts in what the selector names of which some is out of the window, out of what scrolls or clips around it, or under something. */
export function hiddenIn(page, selector) {
  return page.evaluate((selector) => {
    const clips = (one) => getComputedStyle(one).overflowY !== "visible";
    const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
    const wrong = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.data.trim() === "" || !node.parentElement.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        const frames = [new DOMRect(0, 0, innerWidth, innerHeight)];
        for (let one = node.parentElement; one; one = one.parentElement)
          if (clips(one)) frames.push(one.getBoundingClientRect());
        const out = frames.some(
          (frame) =>
            left < frame.left - 0.5 ||
            right > frame.right + 0.5 ||
            top < frame.top - 0.5 ||
            bottom > frame.bottom + 0.5,
        );
        const middle = (left + right) / 2;
        const under = [top + 1, bottom - 1].some((y) => {
          const there = document.elementFromPoint(middle, y);
          return !there?.contains(node.parentElement) && !node.parentElement.contains(there);
        });
        if (out || under) wrong.push(node.data);
      }
    }
    return [...new Set(wrong)];
  }, selector);
}
