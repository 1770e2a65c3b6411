import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Script } from "node:vm";
import { COMPILED_CODE, loadCompiled } from "../../src/kernel/compiledCode.js";
import { CHECKOUT } from "../support/checkout.js";

/** What V8 keeps of TypeScript: it is used where it fits, and never needed. */

const folder = mkdtempSync(join(tmpdir(), "xorlab-code-"));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, "module.js");
const kept = join(folder, "module.v8");
writeFileSync(
  path,
  'exports.sum = (a, b) => a + b;\nexports.text = require("node:path").basename(__filename);\n',
);

const loaded = () => require(path); // the module that loadCompiled() has put there

test("loadCompiled() loads a module, and keeps what V8 then accepts", () => {
  writeFileSync(kept, loadCompiled(path, join(folder, "none.v8"))());
  assert.equal(loaded().sum(1, 2), 3);
  assert.equal(loaded().text, "module.js");
  delete require.cache[path];
  loadCompiled(path, kept);
  assert.equal(loaded().sum(3, 4), 7);
});

test("loadCompiled() does without code that is another V8's, or cut short", () => {
  for (const wrong of [Buffer.from("no code"), readFileSync(kept).subarray(0, 60), Buffer.alloc(0)]) {
    writeFileSync(kept, wrong);
    loadCompiled(path, kept);
    assert.equal(loaded().sum(1, 1), 2);
  }
});

test("what set-up keeps of TypeScript is accepted", () => {
  execFileSync(process.execPath, [join(CHECKOUT, "dist/src/kernel/keepCode.js")], { cwd: CHECKOUT });
  const filename = require.resolve("typescript-for-cells");
  const cachedData = readFileSync(COMPILED_CODE);
  const script = new Script(Module.wrap(readFileSync(filename, "utf8")), { filename, cachedData });
  assert.equal(script.cachedDataRejected, false);
});
