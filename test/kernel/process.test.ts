import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { resultText } from "../support/kernelText.js";

/** The kernel as a process: how soon it is there, what memory it takes, and that it ends when it is told to. */

const FIRST_RESULT = 2.5; // seconds, on a machine that does nothing else
const MEMORY = 250; // MB, with the library imported and TensorFlow not yet used
const BUSY = process.env.CI === "true" ? 3 : 2; // how much slower while other tests run on the same cores

/** A process and all that it started, by Linux's own account; elsewhere itself alone. */
function family(pid: number): number[] {
  if (!existsSync("/proc/self/stat")) return [pid];
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry)))
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {} // it ended meanwhile
  const found = [pid];
  for (const one of found) for (const [child, parent] of parents) if (parent === one) found.push(child);
  return found;
}

/** Resident memory in MB of a process and its children. */
function memory(pid: number): number {
  return family(pid).reduce((sum, one) => {
    const [, kilobytes = "0"] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/status`, "utf8")) ?? [];
    return sum + Number(kilobytes) / 1000;
  }, 0);
}

function running(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

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
    } finally {
      await kernel.close();
    }
  }
});

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

for (const [what, code] of [
  ["a cell that waits", "await new Promise(() => {});"],
  ["an endless loop", "for (;;);"],
  [
    "a study",
    'import { study } from "xorlab";\nawait study({ hidden: [2, 5], trials: 1_000_000, workers: 2 });',
  ],
] as const)
  test(`shutdown during ${what} ends the process all the same`, async () => {
    const kernel = await startKernel();
    try {
      await kernel.submit(code);
      await sleep(1500);
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

test("process.exit() in a cell ends the process, so that the front end sees it and restarts", async () => {
  const kernel = await startKernel();
  try {
    await kernel.submit("process.exit(3);");
    await Promise.race([kernel.wire.exit, sleep(8000, undefined, { ref: false })]);
    assert.ok(!kernel.wire.alive);
  } finally {
    await kernel.close();
  }
});
