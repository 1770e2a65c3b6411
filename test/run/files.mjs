// Which test files run, and what each of them needs.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

export const TEST_FOLDER = dirname(dirname(fileURLToPath(import.meta.url)));

/** For files that measure time: they run when nothing else does. */
export const QUIET = "a quiet machine";

/** Files that need this wait for the cluster nearly all the time: they run beside the others. */
export const WAITING = "Slurm";

/** For files that `--quick` leaves out only because they take so long. */
const LONG = "more than ten seconds";

/** What a test file or a helper may need besides Node. */
const KNOWN_NEEDS = [
  "Python",
  "Jupyter",
  "JupyterLab",
  "requirements-test.txt",
  "Chromium",
  "Firefox",
  "tfjs-node",
  "TypeDoc",
  WAITING,
  QUIET,
  LONG,
];

/**
 * @typedef {object} TestFile
 * @property {string} name  its path in test/, such as "figures/loss/loss.test.ts"
 * @property {readonly string[]} needs
 */

/**
 * Reads the arguments of `npm test --`.
 * @param {readonly string[]} argv
 * @returns {{ patterns: readonly string[], quick: boolean }}
 * @throws {RangeError} at an unknown option
 */
export function readArguments(argv) {
  const unknown = argv.find((argument) => argument.startsWith("-") && argument !== "--quick");
  if (unknown !== undefined)
    throw new RangeError(`npm test: unknown option ${JSON.stringify(unknown)}; the only option is --quick`);
  return { patterns: argv.filter((argument) => !argument.startsWith("-")), quick: argv.includes("--quick") };
}

/**
 * The test files whose paths contain one of the patterns, or all of them.
 * @param {readonly string[]} patterns
 * @returns {TestFile[]}
 * @throws {RangeError} if no path contains a pattern
 */
export function findFiles(patterns) {
  const names = readdirSync(TEST_FOLDER, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".test.ts"))
    .sort();
  const folders = [...new Set(names.filter((name) => name.includes("/")).map((name) => name.split("/")[0]))];
  for (const pattern of patterns)
    if (!names.some((name) => name.includes(pattern)))
      throw new RangeError(
        `npm test: no test file has ${JSON.stringify(pattern)} in its path; their folders: ${folders.join(", ")}`,
      );
  const wanted = names.filter(
    (name) => patterns.length === 0 || patterns.some((pattern) => name.includes(pattern)),
  );
  return wanted.map((name) => ({ name, needs: needsOf(name) }));
}

/**
 * What a file says it needs, in lines such as "// Needs: Chromium", and what the helpers need that it imports.
 * @param {string} name
 * @param {Set<string>} [seen]
 * @returns {string[]}
 */
function needsOf(name, seen = new Set()) {
  if (seen.has(name)) return [];
  seen.add(name);
  const source = readFileSync(join(TEST_FOLDER, name), "utf8");
  const own = Array.from(source.matchAll(/^\/\/ Needs: (.+)$/gm), ([, need]) => need);
  const unknown = own.find((need) => !KNOWN_NEEDS.includes(need));
  if (unknown !== undefined)
    throw new RangeError(`${name}: unknown need ${JSON.stringify(unknown)} (${KNOWN_NEEDS.join(", ")})`);
  const helpers = Array.from(source.matchAll(/ from "(\.[^"]+)\.js"/g), ([, path]) =>
    posix.join(posix.dirname(name), `${path}.ts`),
  ).filter((path) => !path.startsWith("..")); // the sources need nothing that a test file does not
  return [...new Set([...own, ...helpers.flatMap((helper) => needsOf(helper, seen))])];
}

/**
 * What is left of the files with --quick, and a line about the others.
 * @param {readonly TestFile[]} files
 * @returns {{ kept: TestFile[], note: string }}
 */
export function quickFiles(files) {
  const kept = files.filter(({ needs }) => needs.every((need) => need === QUIET));
  const left = files.filter((file) => !kept.includes(file));
  const needs = [...new Set(left.flatMap((file) => file.needs))].filter((need) => need !== QUIET);
  const note = `--quick leaves out ${left.length} of ${files.length} files: those that need ${listed(needs)}`;
  return { kept, note: left.length === 0 ? "--quick leaves out nothing here" : note };
}

/** @param {readonly string[]} words */
function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
