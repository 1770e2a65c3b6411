// `npm test [-- PATTERN]`: builds the tests, runs each file in a process of its own, two at a time, and counts.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";

const AT_ONCE = 2; // files; those with a kernel and a browser keep a core busy each
const FILE_LIMIT = 30 * 60 * 1000; // milliseconds: far above the slowest, so that only a hanging file meets it

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
// One backend, whatever is installed here; whole/native.test.ts runs what concerns the other one on that as well.
process.env.XORLAB_BACKEND ??= "plain";
const inCi = /^(true|1)$/.test(process.env.CI ?? "");

/**
 * @typedef {object} Outcome  of one test file
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} skipped  the reason for each
 * @property {string[]} failures  each in full
 * @property {string} printed  what the tests printed
 * @property {number} seconds
 */

/** @returns {boolean} whether the compiler was content */
function build() {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  return spawnSync(process.execPath, [compiler, "-b", "test"], { cwd: root, stdio: "inherit" }).status === 0;
}

/**
 * Runs one file.
 * @param {string} name  its path in test/, such as "figures/loss.test.ts"
 * @returns {Promise<Outcome>}
 */
async function runFile(name) {
  const file = join(root, "dist", "test", name.replace(/\.ts$/, ".js"));
  /** @type {Outcome} */
  const outcome = { name, passed: 0, failed: 0, skipped: [], failures: [], printed: "", seconds: 0 };
  const start = performance.now();
  for await (const { type, data } of run({ files: [file], timeout: FILE_LIMIT })) {
    if (type === "test:pass") countPass(outcome, data, file);
    else if (type === "test:fail") countFailure(outcome, data);
    else if (type === "test:stdout" || type === "test:stderr") outcome.printed += data.message;
  }
  if (outcome.passed + outcome.failed + outcome.skipped.length === 0) {
    outcome.failed = 1;
    outcome.failures.push("there is no test in this file");
  }
  outcome.seconds = (performance.now() - start) / 1000;
  return outcome;
}

/**
 * @param {Outcome} outcome
 * @param {any} data  of node:test's event
 * @param {string} file
 */
function countPass(outcome, data, file) {
  if (data.details.type === "suite" || data.name === file) return; // a file without tests passes under its own name
  if (data.skip !== undefined || data.todo !== undefined)
    outcome.skipped.push(`${data.name}: ${data.skip ?? data.todo}`);
  else outcome.passed++;
}

/**
 * @param {Outcome} outcome
 * @param {any} data  of node:test's event
 */
function countFailure(outcome, { name, details }) {
  const inside = details.error?.failureType === "subtestsFailed"; // told by the tests inside
  if (details.type === "suite" && inside) return;
  outcome.failed++;
  if (!inside) outcome.failures.push(`${name}\n${inspect(details.error?.cause ?? details.error)}`);
}

/** @param {Outcome} outcome */
function report({ name, passed, failed, skipped, failures, printed, seconds }) {
  const counts = [`${passed} passed`];
  if (failed > 0) counts.push(`${failed} failed`);
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  const bad = failed > 0 || (inCi && skipped.length > 0);
  console.log(
    `${bad ? "✗" : "✓"} ${name.padEnd(32)} ${`${seconds.toFixed(1)} s`.padStart(8)}   ${counts.join(", ")}`,
  );
  for (const skip of skipped) console.log(`    skipped: ${skip}`);
  for (const failure of failures) console.log(`\n  ✗ ${failure.replaceAll("\n", "\n    ")}\n`);
  if (failed > 0 && printed)
    console.log(`  it printed:\n    ${printed.trimEnd().replaceAll("\n", "\n    ")}\n`);
}

/** Says once, before anything runs, what will be left out. */
async function noteMissingBrowser() {
  const helper = join(root, "dist", "test", "support", "chromium.js");
  if (!existsSync(helper)) return;
  const { findChromium } = await import(helper);
  if (findChromium() === undefined && !inCi)
    console.log(
      "Chromium was not found: the tests that need it are skipped (Debian: sudo apt install chromium)",
    );
}

/**
 * @param {string | undefined} pattern
 * @returns {Promise<number>}  the exit code
 */
async function main(pattern) {
  const all = readdirSync(here, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".test.ts"),
  );
  const names = all.filter((name) => name.includes(pattern ?? "")).sort();
  if (names.length === 0)
    console.log(`no test file has ${inspect(pattern)} in its name: ${all.sort().join(" ")}`);
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  if (!build()) failed = 1;
  else {
    await noteMissingBrowser();
    const queue = [...names];
    const work = async () => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
        const outcome = await runFile(name);
        report(outcome);
        passed += outcome.passed;
        failed += outcome.failed + (inCi ? outcome.skipped.length : 0);
        skipped += inCi ? 0 : outcome.skipped.length;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

process.exitCode = await main(process.argv[2]);
