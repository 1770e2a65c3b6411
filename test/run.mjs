// `npm test [-- PATTERN… --quick]`: builds the tests, runs each file in a process of its own, one more at once than there
// are cores (many wait for a browser, a kernel or a cluster), and counts.
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { findFiles, QUIET, quickFiles, readArguments, TEST_FOLDER, WAITING } from "./run/files.mjs";
import { report, runFile } from "./run/outcome.mjs";
import { startShared } from "./run/shared.mjs";

// One backend, whatever is installed here; whole/native.test.ts runs what concerns the other one on that as well.
process.env.XORLAB_BACKEND ??= "plain";
const inCi = /^(true|1)$/.test(process.env.CI ?? "");

/** @returns {boolean} whether the compiler was content */
function build() {
  const root = dirname(TEST_FOLDER);
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  return spawnSync(process.execPath, [compiler, "-b", "test"], { cwd: root, stdio: "inherit" }).status === 0;
}

/**
 * Runs files side by side.
 * @param {readonly import("./run/files.mjs").TestFile[]} files
 * @param {number} atOnce
 * @param {import("./run/outcome.mjs").Outcome[]} outcomes  where each file's outcome goes
 */
async function runSideBySide(files, atOnce, outcomes) {
  const queue = [...files];
  const work = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const outcome = await runFile(file.name);
      report(outcome, inCi);
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/**
 * A number that is larger for files that take longer: those that need much, and those of whole/.
 * @param {import("./run/files.mjs").TestFile} file
 */
function expectedLength({ name, needs }) {
  return needs.length + (name.startsWith("whole/") ? 2 : 0);
}

/**
 * @param {readonly import("./run/files.mjs").TestFile[]} files
 * @returns {Promise<import("./run/outcome.mjs").Outcome[]>}
 */
async function runFiles(files) {
  /** @type {import("./run/outcome.mjs").Outcome[]} */
  const outcomes = [];
  const [alone, together] = [true, false].map((quiet) =>
    files.filter(({ needs }) => needs.includes(QUIET) === quiet),
  );
  together.sort((a, b) => expectedLength(b) - expectedLength(a)); // lest the others wait for a long one at the end
  const [waiting, working] = [true, false].map((waits) =>
    together.filter(({ needs }) => needs.includes(WAITING) === waits),
  );
  const endShared = await startShared(together);
  try {
    await Promise.all([
      runSideBySide(waiting, 1, outcomes),
      runSideBySide(working, availableParallelism() + 1, outcomes),
    ]);
  } finally {
    await endShared();
  }
  await runSideBySide(alone, 1, outcomes);
  return outcomes;
}

/**
 * @param {readonly string[]} argv
 * @returns {Promise<number>}  the exit code
 */
async function main(argv) {
  const { patterns, quick } = readArguments(argv);
  const found = findFiles(patterns);
  const { kept, note } = quick ? quickFiles(found) : { kept: found, note: undefined };
  if (note) console.log(note);
  if (!build()) {
    console.log("0 passed, 1 failed");
    return 1;
  }
  const outcomes = await runFiles(kept);
  const sum = (/** @type {(outcome: import("./run/outcome.mjs").Outcome) => number} */ count) =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0);
  const passed = sum((outcome) => outcome.passed);
  const skipped = sum((outcome) => outcome.skipped.length);
  const failed = sum((outcome) => outcome.failed) + (inCi ? skipped : 0);
  const bad = outcomes.filter((outcome) => outcome.failed > 0 || (inCi && outcome.skipped.length > 0));
  if (bad.length > 0) {
    console.log("\nWhat failed, again:"); // logs are read from their end
    for (const outcome of bad) report(outcome, inCi);
  }
  const counted = !inCi && skipped > 0 ? `, ${skipped} skipped` : "";
  console.log(`${passed} passed, ${failed} failed${counted}`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
