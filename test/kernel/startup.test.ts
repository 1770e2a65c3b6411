import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startKernel } from "../support/kernelSession.js";
import { resultText } from "../support/kernelText.js";
import { memory, processorTime } from "../support/processes.js";

/** What a kernel's start takes: processor time, which other work on the machine changes little, and memory. */

const FIRST_RESULT = 2; // seconds of processor time; typical is half a second
const FURTHER_IMPORT = 0.6; // seconds of processor time; typical is a tenth
const MEMORY = 220; // MB, with the library imported and TensorFlow not yet used; 28 of them are the snapshot
const IDLE_MEMORY = Number.parseInt(process.versions.node, 10) < 24 ? 172 : 198; // MB, once it has waited for its user for a while; later Nodes take more
const TURNS = 150; // of 200 ms, in which it has become idle

test("a kernel starts with little work, and the library takes little memory before TensorFlow is used", async (context) => {
  const start = performance.now();
  const kernel = await startKernel();
  const { pid } = kernel.wire;
  try {
    const cell = await kernel.run("6 * 7");
    const first = processorTime(pid);
    assert.equal(resultText(cell), "42");
    context.diagnostic(
      `first result after ${((performance.now() - start) / 1000).toFixed(2)} s (${availableParallelism()} cores), ${first.toFixed(2)} s of them processor time`,
    );
    assert.ok(first < FIRST_RESULT, `${first} s`);
    const imported = await kernel.run('import { xor, study } from "xorlab";\nxor({ seed: 1 }).rows');
    assert.equal(resultText(imported), "1000");
    const used = existsSync("/proc/self/status") ? memory(pid) : 0;
    context.diagnostic(`import ${imported.seconds.toFixed(2)} s; ${used.toFixed(0)} MB`);
    assert.ok(used < MEMORY, `${used} MB`);
    const before = processorTime(pid);
    await kernel.run('import { train } from "xorlab";');
    const again = processorTime(pid) - before;
    assert.ok(again < FURTHER_IMPORT, `${again} s for a further import`);
    const least = () => (used > 0 ? memory(pid) : 0);
    for (let turn = 0; turn < TURNS && least() > IDLE_MEMORY; turn++) await sleep(200);
    assert.ok(least() < IDLE_MEMORY, `${least()} MB, idle`);
    assert.equal(resultText(await kernel.run("1 + 1")), "2");
  } finally {
    await kernel.close();
  }
});
