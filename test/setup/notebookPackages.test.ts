import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CHECKOUT } from "../support/checkout.js";

/** What notebooks need besides the library: in a checkout a workspace, in an installed package by a lock file of its own. */

const read = (...path: string[]) => JSON.parse(readFileSync(join(CHECKOUT, ...path), "utf8"));
const wanted: Record<string, string> = read("setup", "notebooks", "package.json").dependencies;
const lock = read("setup", "notebooks", "package-lock.json").packages;
const library: Record<string, string> = read("package.json").dependencies;

test("the lock file for packages has what setup/notebooks/package.json pins, in the versions of the checkout", () => {
  assert.deepEqual(lock[""].dependencies, wanted);
  const checkout = read("package-lock.json").packages;
  for (const name of Object.keys(wanted))
    assert.equal(
      lock[`node_modules/${name}`].version,
      checkout[`node_modules/${name}`].version,
      `${name}; make the lock file again, as CONTRIBUTING.md says`,
    );
});

test("it leaves out the parts of TensorFlow.js that the library has, so that there is one TensorFlow.js", () => {
  const parts = Object.keys(library).filter((name) => name.startsWith("@tensorflow/"));
  assert.equal(parts.length, 3);
  for (const [path, { dependencies, peerDependencies }] of Object.entries<typeof lock>(lock))
    for (const part of parts)
      assert.ok(
        !path.endsWith(part) && !(part in { ...dependencies, ...peerDependencies }),
        `${path || "the root"} brings ${part}`,
      );
  assert.equal(wanted["@tensorflow/tfjs"], library["@tensorflow/tfjs-core"]);
});
