import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { newHeader, signedFrames } from "../support/kernelFrames.js";
import { hostileFrames, UNSIGNED } from "../support/kernelHostile.js";
import { RandomSource } from "../support/kernelRandom.js";
import { type Execution, type KernelSession, startKernel } from "../support/kernelSession.js";
import { resultText, streamed } from "../support/kernelText.js";

/** Messages that are malformed, unsigned, replayed or meant to harm: the kernel lives on, and is right after each. */

const BATCHES = 10;
const BATCH = 20;

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
  await kernel.run("const kept = [1, 2, 3];");
});
after(() => kernel?.close());

/** All that a user relies on still holds. */
async function assertRight(where: string): Promise<void> {
  assert.ok(kernel.wire.alive, `${where}: the process lives; it printed ${kernel.wire.printed.slice(-2000)}`);
  const cell = await runAfterAll(
    "console.log(typeof (globalThis as any).intruder, ({} as any).polluted);\nkept.length",
  );
  assert.equal(cell.reply.content.status, "ok", where);
  assert.equal(resultText(cell), "3", where);
  assert.equal(streamed(cell), "undefined undefined\n", where);
  const { content } = await kernel.ask("complete_request", { code: "Math.hyp", cursor_pos: 8 });
  assert.deepEqual(content.matches, ["hypot"], where);
  assert.equal((await kernel.ask("kernel_info_request", {}, "control")).content.status, "ok", where);
  assert.deepEqual(kernel.wire.refused, [], `${where}: all it sends is well-formed and signed`);
}

/** Runs a cell; again, if a message before it that was a cell, and failed, or an interrupt, took it along. */
async function runAfterAll(code: string): Promise<Execution> {
  for (let tries = 0; ; tries++) {
    const cell = await kernel.run(code);
    if (cell.reply.content.status === "ok" || tries === 10) return cell;
    await sleep(100);
  }
}

for (const channel of ["shell", "control"] as const)
  test(`${BATCHES * BATCH} hostile messages on ${channel} leave the kernel alive and right`, {
    timeout: 300_000,
  }, async () => {
    for (let batch = 0; batch < BATCHES; batch++) {
      const seed = 1000 * (channel === "shell" ? 1 : 2) + batch;
      const random = new RandomSource(seed);
      for (let i = 0; i < BATCH; i++)
        await kernel.wire.sendFrames(channel, hostileFrames(kernel.wire, random));
      await assertRight(`seed ${seed} on ${channel}`);
    }
  });

test("what is not signed with the key is not answered and does nothing", async () => {
  const random = new RandomSource(3);
  for (const channel of ["shell", "control"] as const) {
    await assertRight(channel);
    await sleep(100);
    const known = kernel.wire.messages.length;
    for (const make of UNSIGNED) await kernel.wire.sendFrames(channel, make(kernel.wire, random));
    await sleep(500);
    assert.deepEqual(kernel.wire.messages.slice(known), [], channel);
    await assertRight(channel);
  }
});

test("a message that comes a second time is not run a second time", async () => {
  await kernel.run("let times = 0;");
  const header = newHeader("execute_request", kernel.wire.session);
  const content = JSON.stringify({ code: "times += 1;", silent: false, store_history: true });
  const frames = signedFrames(kernel.wire.key, [JSON.stringify(header), "{}", "{}", content]);
  await kernel.wire.sendFrames("shell", frames);
  await kernel.end(header);
  for (const channel of ["shell", "shell", "control"] as const) await kernel.wire.sendFrames(channel, frames);
  await sleep(300);
  assert.equal(resultText(await kernel.run("times")), "1");
});

test("code that is no text is refused with an error, and other wrong fields with an answer", async () => {
  for (const code of [5, null, { a: 1 }, ["1"], undefined]) {
    const reply = await kernel.ask("execute_request", { code, silent: false });
    assert.equal(reply.content.status, "error", JSON.stringify(code));
    assert.equal(typeof reply.content.evalue, "string");
  }
  for (const cursor_pos of [-1, 1e9, 0.5, null, "3", {}])
    for (const type of ["complete_request", "inspect_request"]) {
      const { content } = await kernel.ask(type, { code: "Math.", cursor_pos, detail_level: 0 });
      assert.ok(["ok", "error"].includes(String(content.status)), `${type} ${cursor_pos}`);
      if (type === "complete_request" && content.status === "ok")
        for (const place of [content.cursor_start, content.cursor_end])
          assert.ok(
            Number.isInteger(place) && Number(place) >= 0 && Number(place) <= 5,
            `${cursor_pos}: ${place}`,
          );
    }
  await assertRight("wrong fields");
});

test("code of a megabyte, of deep nesting and of odd characters is run or refused", {
  timeout: 180_000,
}, async () => {
  for (const code of [
    `"${"x".repeat(1_000_000)}".length`,
    `${"(".repeat(3000)}1${")".repeat(3000)}`,
    `${"[".repeat(20_000)}`,
    `${"1+".repeat(20_000)}1`,
    "\u0000\u0001\u2028\u2029\ufeff1",
    "\ud800",
    "#!/usr/bin/env node\n1",
    "%%html\n<b>1</b>",
    "// @ts-nocheck\nnonsense",
    "\r\n\r\n1\r\n",
  ]) {
    const { reply } = await kernel.run(code, {}, 60_000);
    assert.ok(["ok", "error"].includes(String(reply.content.status)), code.slice(0, 40));
  }
  await assertRight("odd code");
});

test("frames on the stdin channel are let be", async () => {
  const random = new RandomSource(9);
  for (let i = 0; i < 20; i++) await kernel.wire.sendFrames("stdin", hostileFrames(kernel.wire, random));
  await assertRight("stdin");
});
