import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { offeredAt } from "../support/kernelAsk.js";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, places, resultText, streamed } from "../support/kernelText.js";

/** What cells make of JavaScript's own functions, as tests and mocks do, is their affair: the kernel goes on. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
  await kernel.run("const all = globalThis as any;\nconst { stringify, parse } = JSON;");
});
after(() => kernel?.close());

for (const [code, restore] of [
  ["all.JSON.stringify = () => 'gone';", "JSON.stringify = stringify;"],
  [
    "JSON.stringify = JSON.parse = () => { throw new Error('no'); };",
    "Object.assign(JSON, { stringify, parse });",
  ],
  ["const { JSON: json } = all;\nall.JSON = undefined;", "all.JSON = json;"],
  ["const { Date: date } = all;\nall.Date = class { getTime() { return 0; } };", "all.Date = date;"],
  ["const { Buffer: buffer } = all;\nall.Buffer = undefined;", "all.Buffer = buffer;"],
] as const)
  test(`a cell may say: ${code}`, async () => {
    try {
      assert.equal((await kernel.run(code, {}, 5000)).reply.content.status, "ok");
      assert.equal(resultText(await kernel.run("const n: number = 4;\nn + 1", {}, 5000)), "5");
      assert.equal(streamed(await kernel.run("console.log('text', [n]);", {}, 5000)), "text [ 4 ]\n");
      const [error] = errors(await kernel.run("const none: any = null;\nnone.field;", {}, 5000));
      assert.deepEqual([error.ename, places(error)[0]?.line], ["TypeError", 2]);
      assert.ok((await offeredAt(kernel, "[].ma|")).matches.includes("map"));
    } finally {
      await kernel.run(restore, {}, 5000);
    }
  });

test("a cell that takes away what the kernel cannot do without is told so, and the kernel goes on", async () => {
  const cell = await kernel.run(
    'const { Set: set } = all;\nall.Set = class { constructor() { throw new Error("no set"); } };\nsetTimeout(() => { all.Set = set; }, 200);',
    {},
    5000,
  );
  assert.deepEqual(
    [cell.reply.content.status, errors(cell)[0]?.evalue],
    ["error", "the kernel failed on this cell: no set"],
  );
  await sleep(300);
  assert.equal(resultText(await kernel.run("6 * 7", {}, 5000)), "42");
});

test("a cell may replace console within a group", async () => {
  await kernel.run("console.group();\nconst { console: own } = all;\nall.console = {};", {}, 5000);
  await kernel.run("all.console = own;", {}, 5000);
  assert.equal(streamed(await kernel.run("console.log('text');", {}, 5000)), "text\n");
});

test("console.Console makes consoles", async () => {
  const cell = await kernel.run(
    'import { Console } from "node:console";\nnew console.Console(process.stdout, process.stderr).log("one");\nnew Console({ stdout: process.stdout }).error("two");\nconsole.Console === Console',
  );
  assert.deepEqual([streamed(cell), resultText(cell)], ["one\ntwo\n", "true"], JSON.stringify(errors(cell)));
});
