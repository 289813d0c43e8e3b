// Builds the front end with the fake backend and runs the flows in a browser; prints how many passed and fails when one did not.
// UPDATE=1 rewrites the ARIA snapshots; arguments choose files (search personas states exports keyboard access).
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const ui = fileURLToPath(new URL("..", import.meta.url));

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: ui, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

const chosen = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith(".flow.mjs"))
  .filter((name) => chosen.length === 0 || chosen.some((one) => name.startsWith(one)))
  .map((name) => `tests/${name}`);
if (process.env.SKIP_BUILD !== "1")
  run(process.execPath, ["node_modules/vite/bin/vite.js", "build", "--mode", "fake", "--logLevel", "warn"]);
run(process.execPath, ["--test", "--test-concurrency=2", "--test-reporter=spec", ...files]);
