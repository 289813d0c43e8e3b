// What the flows in a browser share: the built front end served under the app's own strict CSP, a Chromium with frozen prototypes, and
// the rule that a console error, a page error or a CSP violation fails the test that caused it.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../dist-fake/", import.meta.url));
const csp =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src ipc: http://ipc.localhost; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

export async function serve() {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://x").pathname);
    try {
      const name = path === "/" ? "index.html" : path;
      const body = await readFile(join(root, name));
      response.writeHead(200, {
        "content-type": `${types[extname(name)] ?? "application/octet-stream"}; charset=utf-8`,
        "content-security-policy": csp,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A zone in which it is about noon, so that an hour from now is the same day. Its sign is the other way round than one writes it. */
function zoneOfNoon() {
  const ahead = 12 - new Date().getUTCHours();
  return `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}

/** A fresh page: its own storage, frozen built-in prototypes (as Tauri's freezePrototype does), and a list of what went wrong. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.dark ? "dark" : "light",
    locale: options.locale ?? "en-GB",
    timezoneId: zoneOfNoon(),
    reducedMotion: "reduce",
    contrast: options.contrast ?? "no-preference",
    forcedColors: options.forcedColors ?? "none",
  });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`page: ${error.message}`));
  await page.exposeFunction("__wrong", (text) => wrong.push(text));
  await page.addInitScript((freeze) => {
    if (freeze)
      for (const one of [Object, Array, Function, String, Number, Boolean, Date, RegExp, Map, Set, Promise, Error])
        Object.freeze(one.prototype);
    document.addEventListener("securitypolicyviolation", (event) =>
      window.__wrong(`csp: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  }, options.frozen !== false);
  if (options.marked)
    await page.addInitScript(() => {
      window.__marked = true;
    });
  await page.goto(url + (options.query ?? ""));
  return { page, wrong, close: () => context.close() };
}
