import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { KernelSession, startKernel } from "../support/kernelSession.js";
import { startWire } from "../support/kernelWire.js";
import { family, running } from "../support/processes.js";

/** The kernel as a process: it ends when it is told to, with all that it started. */

/** The kernel's process ends by itself, with all that it started, and its ports are free again. */
async function assertEnded(kernel: KernelSession, pids: readonly number[], codes: readonly unknown[] = [0]) {
  const code = await Promise.race([kernel.wire.exit, sleep(8000, "still there", { ref: false })]);
  assert.ok(codes.includes(code), `${code}`);
  for (let i = 0; i < 40 && pids.some(running); i++) await sleep(50);
  assert.deepEqual(pids.filter(running), [], "nothing is left behind");
  for (const port of Object.values(kernel.wire.ports)) {
    const server = createServer();
    await new Promise<void>((done, failed) => {
      server.once("error", failed).listen(port, "127.0.0.1", () => server.close(() => done()));
    });
  }
}

for (const restart of [false, true])
  test(`shutdown with restart ${restart} is answered, and the process ends with all it started`, async () => {
    const kernel = await startKernel();
    try {
      await kernel.run(
        'import { study } from "xorlab";\nawait study({ hidden: 2, trials: 20, epochs: 50, workers: 2, progress: false });\nsetInterval(() => 0, 1000);\nawait import("net").then(({ createServer }) => createServer().listen(0));',
      );
      const pids = family(kernel.wire.pid);
      const reply = await kernel.ask("shutdown_request", { restart }, "control");
      assert.deepEqual([reply.header.msg_type, reply.content], ["shutdown_reply", { status: "ok", restart }]);
      await assertEnded(kernel, pids);
    } finally {
      await kernel.close();
    }
  });

test("Stop during the start breaks nothing off", async () => {
  const kernel = new KernelSession(await startWire());
  try {
    for (let i = 0; i < 3; i++) await kernel.wire.send("control", "interrupt_request", {});
    const { reply } = await kernel.end(await kernel.submit("6 * 7"), 120_000);
    assert.equal(reply.content.status, "ok", JSON.stringify(reply.content));
  } finally {
    await kernel.close();
  }
});

test("a kernel whose port is taken says so and ends", async () => {
  const first = await startKernel();
  try {
    const [command, ...args] = first.wire.process.spawnargs; // with the same connection file
    const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^xorlab: the kernel cannot start, since tcp:\S+ cannot be opened: Address already in use\n$/,
    );
  } finally {
    await first.close();
  }
});

for (const [what, code, output] of [
  ["a cell that waits", 'console.log("on");\nawait new Promise(() => {});', "stream"],
  ["an endless loop", 'console.log("on");\nfor (;;);', "stream"],
  [
    "a study",
    'import { study } from "xorlab";\nawait study({ hidden: [2, 5], trials: 1_000_000, workers: 2 });',
    "update_display_data", // its second picture: the workers work
  ],
] as const)
  test(`shutdown during ${what} ends the process all the same`, async () => {
    const kernel = await startKernel();
    try {
      await kernel.output(await kernel.submit(code), output);
      const pids = family(kernel.wire.pid);
      await kernel.wire.send("control", "shutdown_request", { restart: false });
      await assertEnded(kernel, pids, [0, null]); // null: by force, after a grace
    } finally {
      await kernel.close();
    }
  });

test("SIGTERM ends the kernel and what it started", async () => {
  const kernel = await startKernel();
  try {
    const pids = family(kernel.wire.pid);
    kernel.wire.process.kill("SIGTERM");
    await Promise.race([kernel.wire.exit, sleep(8000, undefined, { ref: false })]);
    assert.ok(!kernel.wire.alive);
    for (let i = 0; i < 40 && pids.some(running); i++) await sleep(50);
    assert.deepEqual(pids.filter(running), []);
  } finally {
    await kernel.close();
  }
});
