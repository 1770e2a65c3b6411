import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, resultText } from "../support/kernelText.js";

// Needs: a quiet machine

/** Stop, pressed while the library works: the cell ends normally, with what was done. */

const TYPICAL = 0.2; // seconds
const BUSY = 2.5; // how much slower a machine may be that runs other tests as well
const TIMES = 6;

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
  const cell = await kernel.run(
    `import { explain, mlp, study, train, xor } from "xorlab";
let work: any;
const data = xor({ rows: 200, seed: 1 });
const model = mlp({ hidden: 3, seed: 1 });
const unsolved = await train(mlp({ seed: 1 }), data, { epochs: 5, progress: false });`,
  );
  assert.equal(cell.reply.content.status, "ok", JSON.stringify(errors(cell)));
});
after(() => kernel?.close());

const LONG = "1_000_000";
const WORKS: readonly (readonly [what: string, code: string, facts: string, seen: string])[] = [
  [
    "train() of the fused engine",
    `work = await train(model, data, { epochs: ${LONG} });`,
    "[work.status, work.history.loss.length > 0]",
    "[ 'stopped', true ]",
  ],
  [
    "train() of TensorFlow.js",
    `work = await train(model, data, { epochs: ${LONG}, engine: "tfjs" });`,
    "[work.status, work.predict([[0, 1]]).length]",
    "[ 'stopped', 1 ]",
  ],
  [
    "study() on one worker",
    `work = await study({ hidden: [2, 5], activation: "relu", trials: ${LONG}, workers: 1 });`,
    "[work.status, work.rows.length]",
    "[ 'stopped', 2 ]",
  ],
  [
    "study() on two workers",
    `work = await study({ hidden: [2, 5], activation: "relu", trials: ${LONG}, workers: 2 });`,
    "[work.status, work.rows.length]",
    "[ 'stopped', 2 ]",
  ],
  [
    "several works at once",
    `work = await Promise.all([1, 2].map((seed) => train(mlp({ seed }), data, { epochs: ${LONG} })));`,
    "work.map((run: any) => run.status)",
    "[ 'stopped', 'stopped' ]",
  ],
];

/** Such work hears of Jupyter's message alone: a raw signal waits for the event loop. */
const SYNCHRONOUS: typeof WORKS = [
  [
    "explain()",
    "work = explain(unsolved, { trials: 100_000 });",
    "[work.stopped, work.untried.length > 0]",
    "[ true, true ]",
  ],
];

for (const [what, code, facts, seen] of [...WORKS, ...SYNCHRONOUS])
  test(`Stop ends ${what}, which keeps what was done`, { timeout: 180_000 }, async (context) => {
    const seconds: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      await kernel.run("work = undefined;");
      const header = await kernel.submit(code);
      await kernel.output(header, "display_data", 30_000); // its picture: it works now
      await sleep(100 * i);
      const start = performance.now();
      await kernel.interrupt(i % 2 && WORKS.some(([one]) => one === what) ? "signal" : "message");
      const cell = await kernel.end(header, 20_000);
      seconds.push((performance.now() - start) / 1000);
      assert.equal(cell.reply.content.status, "ok", JSON.stringify(errors(cell)));
      assert.deepEqual(errors(cell), []);
      assert.equal(resultText(await kernel.run(facts)), seen);
    }
    const sorted = [...seconds].sort((a, b) => a - b);
    context.diagnostic(
      `${what}: ends after ${sorted[TIMES >> 1].toFixed(3)} s, at most ${sorted.at(-1)?.toFixed(3)} s`,
    );
    assert.ok(sorted[TIMES >> 1] < TYPICAL * BUSY, `after ${seconds} s`);
  });

test("Stop ends a user's loop over trainings with the one that runs, and the kernel's own way works after the library's", {
  timeout: 120_000,
}, async () => {
  for (let i = 0; i < 4; i++) {
    const header = await kernel.submit(
      'console.log("on");\nlet done = 0;\nfor (; done < 1e6; done++) work = await train(model, data, { epochs: 300, progress: false });',
    );
    await kernel.output(header, "stream", 10_000, /on/);
    await sleep(400);
    await kernel.interrupt("message"); // ends the training: its run is "stopped"; the next one is refused
    const cell = await kernel.end(header, 10_000);
    assert.equal(cell.reply.content.status, "error");
    assert.match(`${cell.reply.content.ename} ${cell.reply.content.evalue}`, /interrupt/i);
    assert.match(
      String(resultText(await kernel.run("[work.status, done > 0]"))),
      /^\[ '(stopped|completed)', true \]$/,
    );
    const endless = await kernel.submit('console.log("on");\nawait new Promise(() => {});');
    await kernel.output(endless, "stream", 10_000, /on/);
    await kernel.interrupt("message");
    assert.equal((await kernel.end(endless, 10_000)).reply.content.status, "error");
    const run = "(await train(model, data, { epochs: 1, progress: false })).status";
    assert.equal(resultText(await kernel.run(run)), "'completed'");
  }
});
