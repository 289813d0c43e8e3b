// One window under WebKitWebDriver: opens it, presses its keys, runs scripts in its page. Speaks the protocol itself: it is a few
// requests in JSON. Used by the other scripts of this folder, which `cargo xtask bench window` runs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** How long anything may take to appear, in ms. */
const patience = 60_000;
/** How WebDriver names an element in JSON. */
const elementName = "element-6066-11e4-a52e-4f735466cecf";

/** How WebDriver names the key. */
export const pageDown = "\uE00F";

export class Window {
  #driver;
  #session;

  /** Opens the program's window; the data folder and the display are in our own environment. */
  static async open(binary) {
    const window = new Window();
    const port = await freePort();
    window.#driver = spawn("WebKitWebDriver", [`--port=${port}`], {
      env: { ...process.env, TAURI_WEBVIEW_AUTOMATION: "true" },
      stdio: ["ignore", "ignore", "inherit"],
      // A group of its own, with the program and all that comes of it.
      detached: true,
    });
    const origin = `http://127.0.0.1:${port}/session`;
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args: [] } } };
    const { sessionId } = await until("a window", () => ask("POST", origin, { capabilities }).catch(() => null));
    window.#session = `${origin}/${sessionId}`;
    await window.#post("timeouts", { script: patience });
    return window;
  }

  async close() {
    await ask("DELETE", this.#session);
    const ended = once(this.#driver, "exit");
    // The driver has the program end and does not wait for it: on the screen it would stand in the way of what is measured next.
    process.kill(-this.#driver.pid, "SIGKILL");
    await ended;
  }

  /** Shows another page. */
  async go(url) {
    await this.#post("url", { url });
  }

  /** Runs the body of a function in the page; a promise that it answers is waited for. */
  async run(body, ...given) {
    return this.#post("execute/sync", { script: body, args: given });
  }

  /** Waits until an expression in the page holds something. */
  async until(expression, ...given) {
    return until(expression, () => this.run(`return ${expression};`, ...given));
  }

  /** Has Foray show everybody, from the first on. */
  async showEverybody() {
    await this.until("document.querySelector('fieldset input[name=shown]') !== null");
    await this.run("[...document.querySelectorAll('fieldset input[name=shown]')].at(-1).click();");
    await this.until("document.querySelector('[role=grid][aria-label=Everyone]')?.ariaBusy === null");
    await this.run("document.querySelector('[role=grid]').scrollTop = 0;");
  }

  async click(css) {
    await this.#post(`element/${await this.#find(css)}/click`, {});
  }

  /** Presses these keys in a field, one after the other. */
  async type(css, text) {
    await this.#post(`element/${await this.#find(css)}/value`, { text });
  }

  /** Presses a key so many times, each `every` ms. */
  async repeat(key, times, every) {
    const once = [
      { type: "keyDown", value: key },
      { type: "keyUp", value: key },
      { type: "pause", duration: every },
    ];
    const actions = Array.from({ length: times }, () => once).flat();
    await this.#post("actions", { actions: [{ type: "key", id: "keys", actions }] });
  }

  async #find(css) {
    await this.until("document.querySelector(arguments[0]) !== null", css);
    const found = await this.#post("element", { using: "css selector", value: css });
    return found[elementName];
  }

  async #post(what, body) {
    return ask("POST", `${this.#session}/${what}`, body);
  }
}

/** Prints a series of figures for the benchmark to read. */
export function tell(name, values) {
  if (values.length > 0) console.log(JSON.stringify({ name, values: values.map((value) => Math.round(value)) }));
}

/** Milliseconds as the nanoseconds that are told. */
export const nanoseconds = (ms) => ms * 1e6;

async function ask(method, url, body) {
  const answer = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${url}: ${value?.error}: ${value?.message}`);
  return value;
}

async function until(what, look) {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`there never was: ${what}`);
    await pause(20);
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}
