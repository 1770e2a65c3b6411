import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { RandomSource } from "../support/kernelRandom.js";
import { type KernelSession, rightKernel } from "../support/kernelSession.js";
import { errors, FOREIGN, resultText, tracebackText } from "../support/kernelText.js";

/** Stop, pressed while a user's own code runs: it ends, the variables are kept, the next cell runs. */

const ENDS_AT_LAST = 3; // seconds, on a machine that other tests keep busy
const TIMES = 5;

let kernel: KernelSession;
beforeEach(async () => {
  kernel = await rightKernel(kernel);
});
after(() => kernel?.close());

const WAYS = ["message", "signal"] as const;

const ON = 'console.log("on");';

/** A raw signal reaches only a thread that comes back to its event loop; Jupyter's message ends the other loops too. */
const LOOPS: readonly (readonly [what: string, code: string, ways: readonly ("message" | "signal")[]])[] = [
  ["an endless loop", `${ON}\nwhile (true) {}`, ["message"]],
  ["an endless loop after an await", `await null;\n${ON}\nwhile (true) turns++;`, ["message"]],
  [
    "an endless loop after a timer",
    `await new Promise((go) => setTimeout(go, 20));\n${ON}\nfor (;;);`,
    ["message"],
  ],
  ["a loop of short awaits", `${ON}\nfor (;;) await new Promise((go) => setTimeout(go, 1));`, WAYS],
  ["a loop of microtasks", `${ON}\nfor (;;) await null;`, ["message"]],
  ["an await that never ends", `${ON}\nawait new Promise(() => {});`, WAYS],
  [
    "an endless loop in a function",
    `${ON}\nfunction spin(): number {\n  for (;;) turns++;\n}\nspin();`,
    ["message"],
  ],
  [
    "an endless loop that catches all errors",
    `${ON}\nfor (;;) {\n  try {\n    for (;;) turns++;\n  } catch {}\n}`,
    ["message"],
  ],
];

for (const [what, code, ways] of LOOPS)
  test(`Stop ends ${what}, ${TIMES} times in a row`, { timeout: 180_000 }, async (context) => {
    const random = new RandomSource(what.length);
    const seconds: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      const way = ways[i % ways.length];
      const header = await kernel.submit(code);
      await kernel.output(header, "stream", 10_000, /on/);
      await sleep(random.below(60));
      const start = performance.now();
      await kernel.interrupt(way);
      const cell = await kernel
        .end(header, 15_000)
        .catch((error) => assert.fail(`turn ${i}, ${way}: ${error}`));
      seconds.push((performance.now() - start) / 1000);
      assert.equal(cell.reply.content.status, "error");
      const [error, ...more] = errors(cell);
      assert.equal(more.length, 0);
      assert.match(`${error?.ename} ${error?.evalue}`, /interrupt/i);
      assert.doesNotMatch(tracebackText(error), FOREIGN);
      assert.equal(resultText(await kernel.run("kept.value")), "42", `turn ${i}, ${way}`);
    }
    const last = Math.max(...seconds);
    context.diagnostic(`${what}: ends after ${median(seconds).toFixed(3)} s, at most ${last.toFixed(3)} s`);
    assert.ok(last < ENDS_AT_LAST, `${seconds}`);
  });

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
