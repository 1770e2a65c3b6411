import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CHECKOUT } from "../support/checkout.js";
import { freshCheckout } from "../support/setupCheckout.js";

/** Set-up writes TensorFlow.js's types as one file, once. test/kernel/tensorflowTypesWhole.test.ts looks at what is in it. */

const folder = freshCheckout();
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, "dist", "src", "kernel", "tensorflow.d.ts");

async function write(): Promise<string> {
  const { writeTensorFlowTypes } = await import(
    pathToFileURL(join(folder, "setup", "tensorflowTypes.mjs")).href
  );
  return writeTensorFlowTypes();
}

test("without TensorFlow.js the file is left out, and set-up goes on", async () => {
  assert.match(await write(), /^left out: .*tfjs.package\.json/);
});

test("TensorFlow.js's types are written once, the same each time", async () => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(CHECKOUT, "node_modules", "@tensorflow"), join(folder, "node_modules", "@tensorflow"));
  assert.match(await write(), /^written/);
  const text = readFileSync(file, "utf8");
  assert.equal(await write(), "ready");
  assert.match(text, /^\/\/ .*Apache License 2\.0/);
  assert.ok(text === readFileSync(join(CHECKOUT, "dist", "src", "kernel", "tensorflow.d.ts"), "utf8"));
});

test("a file that was cut short, or is of another version, is written again", async () => {
  truncateSync(file, 100_000);
  assert.match(await write(), /^written/);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/\/\/ 4\.\d+/, "// 4.1"));
  assert.match(await write(), /^written/);
  assert.ok(readFileSync(file, "utf8") === text);
});
