import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { CHECKOUT } from "../support/checkout.js";

const library = join(CHECKOUT, "dist/src/index.js");

/** The files that a new process has loaded after running this code, where `xorlab` is the library. */
function loadedBy(code: string): string[] {
  const whole = `const xorlab = require(${JSON.stringify(library)});
    Promise.resolve(${code}).then(() => console.log(JSON.stringify(Object.keys(require.cache))));`;
  const printed = execFileSync(process.execPath, ["-e", whole], { encoding: "utf8" });
  return JSON.parse(printed.trim().split("\n").at(-1) ?? "");
}

const packages = (files: readonly string[]) => [
  ...new Set(
    files.flatMap(
      (file) => file.replaceAll("\\", "/").match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? [],
    ),
  ),
];

test('require("xorlab") loads no more than its own few files', () => {
  const files = loadedBy("undefined");
  assert.deepEqual(packages(files), ["fastest-levenshtein"], "only what says 'did you mean'");
  assert.ok(files.length > 50 && files.length < 230, `${files.length} files`);
});

test("neither a study in threads nor what is drawn of it loads TensorFlow.js", () => {
  const study = "xorlab.study({ trials: 40, epochs: 1, rows: 4, workers: 2, progress: false })";
  const files = loadedBy(`${study}.then((study) => String(study) + xorlab.figures.lossFloors(study))`);
  assert.deepEqual(packages(files), ["fastest-levenshtein"]);
});
