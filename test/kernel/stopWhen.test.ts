import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { RandomSource } from "../support/kernelRandom.js";
import { type KernelSession, rightKernel } from "../support/kernelSession.js";
import { errors, resultText } from "../support/kernelText.js";

/** Stop at odd moments: nothing runs, a cell begins or ends, the compiler works, callbacks of ended cells run. */

let kernel: KernelSession;
beforeEach(async () => {
  kernel = await rightKernel(kernel);
});
after(() => kernel?.close());

const WAYS = ["message", "signal"] as const;

const ON = 'console.log("on");';

/** They begin when their cell has been answered. */
const LEFTOVERS: readonly (readonly [what: string, code: string])[] = [
  ["a timer's", `setTimeout(() => {\n  ${ON}\n  for (;;);\n}, 300);`],
  [
    "a promise's",
    `void new Promise<void>((go) => setTimeout(go, 300)).then(() => {\n  ${ON}\n  for (;;);\n});`,
  ],
  ["an immediate's", `setTimeout(() => setImmediate(() => {\n  ${ON}\n  for (;;);\n}), 300);`],
];

for (const [what, code] of LEFTOVERS)
  test(`Stop ends ${what} endless loop of a cell that has ended`, { timeout: 120_000 }, async () => {
    for (let i = 0; i < 2; i++) {
      const cell = await kernel.run(code);
      assert.equal(cell.reply.content.status, "ok");
      await kernel.output(cell.header, "stream", 10_000, /on/);
      const next = await kernel.submit("kept.value");
      await sleep(50);
      await kernel.interrupt("message");
      const after = await kernel.end(next, 15_000);
      // It may have been taken to mean the waiting cell as well: then the one after it must run.
      if (after.reply.content.status !== "ok") assert.match(String(after.reply.content.ename), /interrupt/i);
      assert.equal(resultText(await kernel.run("kept.value")), "42");
    }
  });

test("Stop while nothing runs does nothing, now or later", async () => {
  for (const way of WAYS)
    for (let turn = 0; turn < 10; turn++) {
      for (let i = 0; i < 5; i++) await kernel.interrupt(way);
      if (turn % 2) await kernel.ask("kernel_info_request", {});
      const cell = await kernel.run(
        "await new Promise((go) => setTimeout(go, 20));\nlet i = 0;\nfor (; i < 1e6; i++);\ni",
      );
      assert.equal(resultText(cell), "1000000", `${way}, ${turn}`);
    }
});

test("a signal right when a cell ends harms no later cell", { timeout: 120_000 }, async () => {
  const random = new RandomSource(6);
  for (let i = 0; i < 40; i++) {
    const header = await kernel.submit("for (let j = 0; j < 3e5; j++);\n1");
    await sleep(random.below(8));
    await kernel.interrupt("signal");
    await kernel.end(header);
    const next = await kernel.run("await new Promise((go) => setTimeout(go, 5));\nkept.value");
    assert.equal(resultText(next), "42", JSON.stringify(errors(next)));
  }
});

test("Stop right when a cell begins or ends harms no later cell", { timeout: 120_000 }, async () => {
  const random = new RandomSource(5);
  for (let i = 0; i < 25; i++) {
    const header = await kernel.submit("for (let j = 0; j < 3e6; j++);\nawait null;\n'done'");
    await sleep(random.below(25));
    await kernel.interrupt("message");
    const cell = await kernel.end(header, 15_000);
    if (cell.reply.content.status === "ok") assert.equal(resultText(cell), "'done'");
    const next = await kernel.run("await new Promise((go) => setTimeout(go, 5));\nkept.value");
    assert.equal(resultText(next), "42", JSON.stringify(errors(next)));
  }
});

test("Stop while the compiler works ends or lets run that cell, and no other", {
  timeout: 120_000,
}, async () => {
  const lines = Array.from(
    { length: 250 },
    (_, i) => `const v${i} = [{ a: ${i}, b: ["x", ${i}] }].map((o) => ({ ...o, c: o.a }));`,
  );
  for (let i = 0; i < 2; i++) {
    const header = await kernel.submit(`${lines.join("\n")}\nv7[0].c`);
    await kernel.wire.until(() => kernel.sent(header).length > 0, 10_000, "busy");
    await sleep(60);
    await kernel.interrupt("message");
    const cell = await kernel.end(header, 30_000);
    if (cell.reply.content.status === "ok") assert.equal(resultText(cell), "7");
    else assert.match(`${cell.reply.content.ename} ${cell.reply.content.evalue}`, /interrupt/i);
    assert.equal(resultText(await kernel.run("kept.value")), "42");
  }
});

test("Stop aborts the cells that wait behind the stopped one", async () => {
  const running = await kernel.submit("for (;;) await null;");
  const waiting = await kernel.submit("turns = -1;");
  await kernel.wire.until(() => kernel.sent(running).length > 1, 10_000, "the cell to begin");
  await kernel.interrupt();
  assert.equal((await kernel.end(running, 15_000)).reply.content.status, "error");
  assert.equal((await kernel.end(waiting, 15_000)).reply.content.status, "aborted");
  assert.notEqual(resultText(await kernel.run("turns")), "-1");
});

test("interrupt_request is answered on the control channel with ok", async () => {
  const reply = await kernel.ask("interrupt_request", {}, "control");
  assert.deepEqual(
    [reply.channel, reply.header.msg_type, reply.content],
    ["control", "interrupt_reply", { status: "ok" }],
  );
});
