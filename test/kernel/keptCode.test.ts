import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { Script } from "node:vm";
import type { SourceFile } from "typescript-for-cells";
import { COMPILED_CODE, loadCompiled, programOf, SNAPSHOT } from "../../src/kernel/compiledCode.js";
import { type Kept, unchanged } from "../../src/kernel/kept.js";
import { CHECKOUT } from "../support/checkout.js";

// Needs: more than ten seconds

/** What is kept of TypeScript, as V8's code and as a snapshot: it is used where it fits, and never needed. */

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

/** Starts a program by launch.sh, which looks for a snapshot in a folder. */
function launched(kernel: string, ...program: string[]): string {
  const launcher = join(CHECKOUT, "jupyter", "kernel", "launch.sh");
  return execFileSync("/bin/sh", [launcher, kernel, process.execPath, ...program], { encoding: "utf8" });
}

const KEEPER = join(CHECKOUT, "dist/src/kernel/keepCode.js");
const MAKERS = [
  KEEPER,
  join(dirname(KEEPER), "compiledCode.js"),
  join(CHECKOUT, "jupyter/kernel/snapshot.cjs"),
];

/** Whether set-up has written the snapshot since what writes it was changed. */
function isNew(): boolean {
  const written = statSync(SNAPSHOT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return MAKERS.every((path) => statSync(path).mtimeMs < written);
}

test("what set-up keeps of TypeScript is accepted, and launch.sh starts programs with it", () => {
  if (!isNew()) execFileSync(process.execPath, [KEEPER], { cwd: CHECKOUT });
  const filename = require.resolve("typescript-for-cells");
  const cachedData = readFileSync(COMPILED_CODE);
  const script = new Script(programOf(filename), { filename, cachedData });
  assert.equal(script.cachedDataRejected, false);
  assert.ok(existsSync(SNAPSHOT));
  if (process.platform === "win32") return;

  const program = join(folder, "program.cjs");
  writeFileSync(
    program,
    `const kept = require(${JSON.stringify(join(CHECKOUT, "dist/src/kernel/kept.js"))}).takeKept();
     console.log(JSON.stringify([kept?.ts.version, kept?.files.size > 100, process.argv.slice(1), process.execArgv]));`,
  );
  const { version } = require("typescript-for-cells");
  const started = (kernel: string) => JSON.parse(launched(kernel, "--no-warnings", program, "a", "b c"));
  const argv = [program, "a", "b c"];
  assert.deepEqual(started(dirname(SNAPSHOT)), [version, true, argv, ["--no-warnings"]]);
  assert.deepEqual(started(folder), [null, false, argv, ["--no-warnings"]]);
});

test("unchanged() gives files as they were parsed, but for those that have changed since", () => {
  const [same, changed] = ["same.d.ts", "changed.d.ts"].map((name) => join(folder, name));
  const source = {} as SourceFile;
  const files = new Map(
    [same, changed].map((file) => {
      writeFileSync(file, "export {};\n");
      const { mtimeMs: modified, size } = statSync(file);
      return [file, { source, modified, size }];
    }),
  );
  utimesSync(changed, 1, 1);
  assert.deepEqual([...unchanged({ files } as unknown as Kept)], [[same, source]]);
  assert.equal(unchanged(undefined).size, 0);
});
