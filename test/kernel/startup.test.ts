import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startKernel } from "../support/kernelSession.js";
import { resultText } from "../support/kernelText.js";
import { memory } from "../support/processes.js";

// Needs: a quiet machine

/** How soon a kernel is there, and what memory it takes. */

const FIRST_RESULT = 2.5; // seconds, on a machine that does nothing else
const MEMORY = 220; // MB, with the library imported and TensorFlow not yet used; 28 of them are the snapshot
const IDLE_MEMORY = Number.parseInt(process.versions.node, 10) < 24 ? 172 : 198; // MB, once it has waited for its user for a while; later Nodes take more
const BUSY = process.env.CI === "true" ? 3 : 2; // how much slower a machine may be

test("a kernel is there soon, and the library takes little memory before TensorFlow is used", async (context) => {
  const times: number[] = [];
  for (let i = 0; i < 2; i++) {
    const start = performance.now();
    const kernel = await startKernel();
    try {
      const cell = await kernel.run("6 * 7");
      times.push((performance.now() - start) / 1000);
      assert.equal(resultText(cell), "42");
      if (i === 0) continue; // the first one also reads the files into the machine's memory
      const imported = await kernel.run('import { xor, study } from "xorlab";\nxor({ seed: 1 }).rows');
      assert.equal(resultText(imported), "1000");
      const used = existsSync("/proc/self/status") ? memory(kernel.wire.pid) : 0;
      context.diagnostic(
        `first result after ${times.map((time) => time.toFixed(2)).join(" and ")} s; import ${imported.seconds.toFixed(2)} s; ${used.toFixed(0)} MB (${availableParallelism()} cores)`,
      );
      assert.ok(times[1] < FIRST_RESULT * BUSY, `${times[1]} s`);
      assert.ok(used < MEMORY, `${used} MB`);
      const again = await kernel.run('import { train } from "xorlab";');
      assert.ok(again.seconds < 0.3 * BUSY, `${again.seconds} s for a further import`);
      const least = () => (used > 0 ? memory(kernel.wire.pid) : 0);
      for (let turn = 0; turn < 50 && least() > IDLE_MEMORY; turn++) await sleep(200);
      assert.ok(least() < IDLE_MEMORY, `${least()} MB, idle`);
      assert.equal(resultText(await kernel.run("1 + 1")), "2");
    } finally {
      await kernel.close();
    }
  }
});
