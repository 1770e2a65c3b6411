import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type KernelSession, rightKernel } from "../support/kernelSession.js";
import { errors, resultText, streamed } from "../support/kernelText.js";
import { gone, processes, running } from "../support/processes.js";

/** Processes and threads that cells start: what they print, and Stop. */

let kernel: KernelSession;
beforeEach(async () => {
  kernel = await rightKernel(kernel);
});
after(() => kernel?.close());

const FROM = 'import { execSync, execFileSync, fork, spawn, spawnSync } from "node:child_process";\n';
const ENDS = "await new Promise((go) => child.once('close', go));";

const PRINTING: Readonly<Record<string, string>> = {
  spawn: `const child = spawn("sh", ["-c", "echo out; echo err >&2"], { stdio: "inherit" });\n${ENDS}`,
  "spawn, with a list": `const child = spawn("sh", ["-c", "echo out; echo err >&2"], { stdio: ["ignore", "inherit", process.stderr] });\n${ENDS}`,
  execSync: 'execSync("echo out; echo err >&2", { stdio: "inherit" });',
  execFileSync: 'execFileSync("sh", ["-c", "echo out; echo err >&2"], { stdio: [0, 1, 2] });',
  spawnSync: 'spawnSync("echo out; echo err >&2", { stdio: "inherit", shell: true });',
};

for (const [what, code] of Object.entries(PRINTING))
  test(`what a child of ${what} prints in place of the kernel appears in its cell`, async () => {
    const cell = await kernel.run(FROM + code);
    assert.deepEqual([streamed(cell), streamed(cell, "stderr")], ["out\n", "err\n"]);
    assert.equal(cell.reply.content.status, "ok");
  });

test("a child's output appears while it runs, under its own cell", async () => {
  const first = await kernel.submit(
    `${FROM}void spawn("sh", ["-c", "echo one; sleep 1; echo two"], { stdio: "inherit" });`,
  );
  await kernel.output(first, "stream", 10_000, /one/);
  assert.equal(streamed({ outputs: kernel.sent(first) }), "one\n");
  const next = await kernel.run("1");
  await kernel.output(first, "stream", 10_000, /two/);
  assert.equal(streamed(next), "");
});

test("what the listeners of a child print belongs to the cell that started it", async () => {
  const first = await kernel.run(`${FROM}const talking = spawn("sh", ["-c", "sleep 0.3; echo two"]);
talking.stdout.on("data", (data) => console.log("heard", String(data).trim()));
talking.on("close", (code) => console.log("ended with", code));`);
  const next = await kernel.run("1");
  await kernel.output(first.header, "stream", 10_000, /ended with 0/);
  assert.equal(streamed({ outputs: kernel.sent(first.header) }), "heard two\nended with 0\n");
  assert.equal(streamed({ outputs: kernel.sent(next.header) }), "");
});

test("a cell that runs keeps its own output while listeners hear a child of an earlier one", async () => {
  await kernel.run(`${FROM}import { readFile } from "node:fs/promises";
let heard = 0;
const noisy = spawn("sh", ["-c", "while :; do echo x; done"]);
noisy.stdout.on("data", (data) => { heard += data.length; });
await new Promise((go) => noisy.stdout.once("data", go));`);
  const cell = await kernel.run(`const earlier = heard;
for (let i = 0; i < 100; i++) { await readFile("/dev/null"); console.log(i); }
noisy.kill();
heard > earlier`);
  assert.equal(streamed(cell).split("\n").length, 101, JSON.stringify(errors(cell)));
  assert.equal(resultText(cell), "true");
});

test("a forked child, and functions that do not inherit, are as in Node", async () => {
  const cell = await kernel.run(`${FROM}import { writeFileSync } from "node:fs";
writeFileSync("forked.js", "console.log('from the fork'); process.send(process.argv[2]);");
const child = fork("./forked.js", ["sent"]);
const sent = await new Promise((go) => child.once("message", go));
${ENDS}
const inherited = spawn("true", { stdio: "inherit" });
const failed = (() => { try { execSync("echo no >&2; exit 3", { stdio: "pipe" }); } catch (error: any) { return [error.status, String(error.stderr)]; } })();
[sent, inherited.stdout, execSync("echo text", { encoding: "utf8" }), String(execFileSync("echo", ["x"])), spawnSync("cat", { input: "in" }).stdout.toString(), execSync("true", { stdio: "inherit" }), failed]`);
  assert.equal(
    String(resultText(cell)).replace(/\s+/g, " "),
    `[ 'sent', null, 'text\\n', 'x\\n', 'in', null, [ 3, 'no\\n' ] ]`,
    JSON.stringify(errors(cell)),
  );
  assert.match(streamed(cell), /from the fork/);
});

test("what prints nothing leaves no output", async () => {
  const cell = await kernel.run(`${FROM}execSync("true");\nprocess.stdout.write("");`);
  assert.deepEqual(cell.outputs, []);
});

test("what a thread prints appears in its cell", async () => {
  const cell = await kernel.run(`import { Worker } from "node:worker_threads";
const thread = new Worker("console.log('from a thread'); console.error('its trouble'); process.stdout.write('more')", { eval: true });
await new Promise((go) => thread.once("exit", go));
await new Promise((go) => setTimeout(go, 200));`);
  assert.match(streamed(cell), /from a thread\nmore/);
  assert.match(streamed(cell, "stderr"), /its trouble/);
});

const LONG = `100.${process.pid}`; // seconds that no other process of the machine sleeps

const WAITING = [
  'execSync("sleep 100")',
  'spawnSync("sh", ["-c", "sleep 100; true"])',
  'execFileSync("sleep", ["100"])',
];

for (const code of [...WAITING, `execSync("trap '' INT TERM; sleep 100; sleep 100")`])
  test(`Stop ends ${code}, and variables are kept`, { timeout: 60_000 }, async () => {
    const header = await kernel.submit(`${FROM}console.log("on");\n${code.replaceAll("100", LONG)};`);
    await kernel.output(header, "stream", 10_000, /on/);
    await sleep(500);
    await kernel.interrupt();
    const cell = await kernel.end(header, 20_000);
    assert.equal(errors(cell)[0]?.ename, "KeyboardInterrupt");
    assert.equal(resultText(await kernel.run("kept.value")), "42");
    assert.deepEqual(processes(`sleep ${LONG}`), []);
  });

test("Stop ends a loop of children, and children that a cell awaits, but not those of earlier cells", async () => {
  const server = await kernel.run(`${FROM}const server = spawn("sleep", ["101"]);\nserver.pid`);
  const pid = Number(resultText(server));
  for (const code of [
    'for (;;) { try { execSync("sleep 0.2"); } catch {} }',
    `const child = spawn("sleep", ["102"]);\n${ENDS}`,
  ]) {
    const header = await kernel.submit(`${FROM}console.log("on");\n${code}`);
    await kernel.output(header, "stream", 10_000, /on/);
    await sleep(300);
    await kernel.interrupt();
    assert.equal(errors(await kernel.end(header, 10_000))[0]?.ename, "KeyboardInterrupt", code);
  }
  await gone("sleep 102");
  assert.ok(running(pid));
  assert.equal((await kernel.run("server.kill()")).reply.content.status, "ok");
});
