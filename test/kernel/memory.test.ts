import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, resultText } from "../support/kernelText.js";

/** Cells that fill the memory: they are stopped, and the kernel with its variables lives on. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel({ NODE_OPTIONS: "--max-old-space-size=350" });
});
after(() => kernel?.close());

const FILL = "for (;;) kept.push(new Array(1e5).fill(1.5));";

for (const [what, code] of Object.entries({
  "at its top": FILL,
  "after an await": `await null;\n${FILL}`,
  "in a callback": `setTimeout(() => { ${FILL} }, 10);\nawait new Promise(() => {});`,
}))
  test(`a cell that fills the memory ${what} is stopped, and variables are kept`, async () => {
    const cell = await kernel.run(`let kept: number[][] = [];\n${code}`);
    assert.deepEqual(
      errors(cell).map(({ ename }) => ename),
      ["OutOfMemory"],
    );
    assert.equal(resultText(await kernel.run("kept.length > 100")), "true");
    if (code === FILL)
      assert.equal((await kernel.run(FILL)).reply.content.ename, "OutOfMemory", "a second time");
    assert.equal(resultText(await kernel.run("kept = [];\n6 * 7")), "42");
  });

test("a statement for a debugger does not stop a cell", async () => {
  assert.equal(resultText(await kernel.run("debugger;\n5")), "5");
});

test("a kernel whose memory was full ends when it is told to", async () => {
  await kernel.ask("shutdown_request", { restart: false }, "control");
  assert.equal(await kernel.wire.exit, 0);
});
