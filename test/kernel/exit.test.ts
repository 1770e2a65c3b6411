import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { type KernelSession, rightKernel } from "../support/kernelSession.js";
import { errors, places, resultText, streamed } from "../support/kernelText.js";

/** `process.exit()` in cells, as in scripts that were pasted: it ends the cell, and the kernel lives on. */

let kernel: KernelSession;
beforeEach(async () => {
  kernel = await rightKernel(kernel);
});
after(() => kernel?.close());

const SUCCESS = /^process\.exit\(0\) ended this cell; variables are kept\. [^\n]*\n$/;

test("process.exit(0) ends its cell without an error, and nothing of that cell runs or prints any more", async () => {
  const cell = await kernel.run(`let reached = "begun";
setInterval(() => { reached = "ticked"; }, 10);
try {
  console.log("on");
  process.exit(0);
} catch (error) {
  console.error("caught", error);
  process.exit(1);
}
reached = "ended";
reached`);
  assert.equal(cell.reply.content.status, "ok", JSON.stringify(errors(cell)));
  assert.equal(streamed(cell), "on\n");
  assert.match(streamed(cell, "stderr"), SUCCESS);
  await kernel.run("await new Promise((go) => setTimeout(go, 100))");
  assert.equal(resultText(await kernel.run("reached")), "'begun'");
});

for (const [what, code] of Object.entries({
  "at the top": "process.exit(3);",
  "in a function that an error brings to it":
    'async function main() {\n  throw new Error("no");\n}\nmain().catch(() => process.exit(3));',
  "in a callback": "setTimeout(() => process.exit(3), 50);\nawait new Promise(() => {});",
  "by its exitCode": "process.exitCode = 3;\nprocess.exit();",
}))
  test(`process.exit(3) ${what} fails its cell, and the kernel lives on`, async () => {
    const cell = await kernel.run(code);
    const [error, ...more] = errors(cell);
    assert.deepEqual([cell.reply.content.status, error?.ename, more], ["error", "SystemExit", []]);
    assert.match(String(error?.evalue), /^process\.exit\(3\) ended this cell; variables are kept\./);
    assert.equal(places(error)[0]?.cell, cell.reply.content.execution_count);
    assert.match(streamed(await kernel.run("process.exit()"), "stderr"), SUCCESS);
    assert.equal(resultText(await kernel.run("kept.value")), "42");
  });

test("process.exit() in a timer whose cell has ended is said under that cell", async () => {
  const [well, badly] = [
    await kernel.run("void setTimeout(() => process.exit(0), 200);"),
    await kernel.run("void setTimeout(() => process.exit(1), 200);"),
  ];
  const next = await kernel.run("await new Promise((go) => setTimeout(go, 500));\n'on'");
  assert.deepEqual([resultText(next), next.outputs.length], ["'on'", 1]);
  await kernel.output(well.header, "stream", 10_000, /process\.exit\(0\) ended this cell/);
  await kernel.output(badly.header, "error", 10_000, /process\.exit\(1\) ended this cell/);
  await kernel.run("let ticks = 0;\nvoid setInterval(() => { if (++ticks === 3) process.exit(0); }, 10);");
  const ticks = await kernel.run("await new Promise((go) => setTimeout(go, 300));\nticks");
  assert.equal(resultText(ticks), "3", "and the other timers of its cell end");
});
