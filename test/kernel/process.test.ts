import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { KernelSession, startKernel } from "../support/kernelSession.js";
import { errors } from "../support/kernelText.js";
import { startWire } from "../support/kernelWire.js";
import { family, gone, processes, running } from "../support/processes.js";

/** The kernel as a process: it ends when it is told to, with all that it and its cells have started. */

/** The kernel's process ends by itself, with all that it started, and its ports are free again. */
async function assertEnded(kernel: KernelSession, pids: readonly number[], codes: readonly unknown[] = [0]) {
  const code = await Promise.race([kernel.wire.exit, sleep(8000, "still there", { ref: false })]);
  assert.ok(codes.includes(code), `${code}`);
  for (let i = 0; i < 100 && pids.some(running); i++) await sleep(50);
  assert.deepEqual(pids.filter(running), [], "nothing is left behind");
  for (const port of Object.values(kernel.wire.ports)) {
    const server = createServer();
    await new Promise<void>((done, failed) => {
      server.once("error", failed).listen(port, "127.0.0.1", () => server.close(() => done()));
    });
  }
}

const THREADS = `import { study } from "xorlab";
await study({ hidden: 2, trials: 20, epochs: 50, workers: 2, progress: false });`;

/**
 * A timer, a server, a child, a grandchild of a shell, and children in groups of their own, which carry a number that nothing else has.
 */
const starting = (seconds: number) => `import { execSync, spawn } from "node:child_process";
import { createServer } from "node:net";
setInterval(() => 0, 1000);
createServer().listen(0);
spawn("sleep", ["${seconds}"]);
spawn("sh", ["-c", "sleep ${seconds} & sleep ${seconds}; true"]);
spawn("sh", ["-c", "sleep ${seconds}; true"], { detached: true, stdio: "ignore" }).unref();
spawn("sh", ["-c", "trap '' TERM; sleep ${seconds}; sleep ${seconds}"], { detached: true, stdio: "ignore" });
await new Promise((go) => setTimeout(go, 500));
execSync("sleep ${seconds} > /dev/null 2>&1 &");`;

const ENDINGS: Readonly<Record<string, (kernel: KernelSession) => unknown>> = {
  async shutdown(kernel) {
    const { header, content } = await kernel.ask("shutdown_request", { restart: false }, "control");
    assert.deepEqual([header.msg_type, content], ["shutdown_reply", { status: "ok", restart: false }]);
  },
  async restart(kernel) {
    const { header, content } = await kernel.ask("shutdown_request", { restart: true }, "control");
    assert.deepEqual([header.msg_type, content], ["shutdown_reply", { status: "ok", restart: true }]);
  },
  SIGTERM: (kernel) => kernel.wire.process.kill("SIGTERM"),
  "a kill by force": (kernel) => kernel.wire.process.kill("SIGKILL"),
};

for (const [i, [what, end]] of Object.entries(ENDINGS).entries())
  test(`${what} ends the kernel, and leaves nothing of what it and its cells have started`, {
    skip: !existsSync("/proc/self/environ") && "processes are looked for in Linux's own account",
  }, async () => {
    const kernel = await startKernel();
    const seconds = 20_000 + 100 * (process.pid % 1000) + i;
    try {
      if (what === "shutdown") await kernel.run(THREADS);
      const cell = await kernel.run(starting(seconds));
      assert.equal(cell.reply.content.status, "ok", JSON.stringify(errors(cell)));
      assert.ok(processes(`sleep ${seconds}`).length >= 6, processes(`sleep ${seconds}`).join("\n"));
      const pids = family(kernel.wire.pid);
      await end(kernel);
      await assertEnded(
        kernel,
        pids,
        what.startsWith("S") ? [0, null] : what.includes("kill") ? [null] : [0],
      );
      await gone(`sleep ${seconds}`);
    } finally {
      await kernel.close();
    }
  });

for (const [what, code, output] of [
  [
    "an endless loop", // that never returns to the event loop, but leaves the processor to others
    'console.log("on");\nfor (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);',
    "stream",
  ],
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

test("Stop during the start breaks nothing off; another kernel with the same ports says so and ends; shutdown during a cell that waits ends the process", async () => {
  const kernel = new KernelSession(await startWire());
  try {
    for (let i = 0; i < 3; i++) await kernel.wire.send("control", "interrupt_request", {});
    const { reply } = await kernel.end(await kernel.submit("6 * 7"), 120_000);
    assert.equal(reply.content.status, "ok", JSON.stringify(reply.content));

    const [command, ...args] = kernel.wire.process.spawnargs; // with the same connection file
    const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^xorlab: the kernel cannot start, since tcp:\S+ cannot be opened: Address already in use\n$/,
    );

    await kernel.output(
      await kernel.submit('console.log("on");\nawait new Promise(() => {});'),
      "stream",
      60_000,
      /on/,
    );
    const pids = family(kernel.wire.pid);
    await kernel.wire.send("control", "shutdown_request", { restart: false });
    await assertEnded(kernel, pids, [0, null]);
  } finally {
    await kernel.close();
  }
});
