import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, FOREIGN, places, resultText, streamed, tracebackText } from "../support/kernelText.js";

/** Errors that nobody catches: of promises nobody awaits, of timers, of event emitters. None may be lost. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel?.close());

const SOON: readonly (readonly [what: string, code: string])[] = [
  ["a rejected promise", 'Promise.reject(new RangeError("lost"));'],
  ["a rejected promise in a variable", 'const p = Promise.reject(new RangeError("lost"));'],
  [
    "a floating async call",
    'async function work() {\n  throw new RangeError("lost");\n}\nwork();\nconsole.log("on");',
  ],
  [
    "a floating async call that fails a few turns later",
    'async function slow() {\n  await null;\n  await null;\n  throw new RangeError("lost");\n}\nslow();',
  ],
  ["a floating call in an awaited cell", 'await null;\nPromise.reject(new RangeError("lost"));\nawait null;'],
  ["the executor of a new Promise", 'void new Promise(() => {\n  throw new RangeError("lost");\n});'],
  ["a promise among many", 'void Promise.all([1, Promise.reject(new RangeError("lost"))]);'],
];

for (const [what, code] of SOON)
  test(`${what} that nobody awaits fails its cell`, async () => {
    const cell = await kernel.run(code);
    assert.equal(cell.reply.content.status, "error");
    const [error, ...more] = errors(cell);
    assert.deepEqual([error?.ename, error?.evalue, more.length], ["RangeError", "lost", 0]);
    assert.doesNotMatch(tracebackText(error), FOREIGN);
    assert.equal(places(error)[0]?.cell, cell.reply.content.execution_count);
    assert.equal(resultText(await kernel.run("6 * 7")), "42");
  });

test("a rejection that is handled, also a moment later, is no error", async () => {
  for (const code of [
    'Promise.reject(new Error("caught")).catch(() => 1);',
    'const q = Promise.reject(new Error("caught"));\ntry {\n  await q;\n} catch {}',
    'await Promise.allSettled([Promise.reject(new Error("caught"))]);',
    'const r = Promise.reject(new Error("caught"));\nawait null;\nr.catch(() => 1);',
  ]) {
    const cell = await kernel.run(code);
    assert.equal(cell.reply.content.status, "ok", code);
    assert.deepEqual(errors(cell), [], code);
  }
});

const LATE: readonly (readonly [what: string, code: string])[] = [
  [
    "a promise that is rejected",
    'void new Promise((_, fail) => setTimeout(() => fail(new Error("late")), 300));',
  ],
  [
    "an async function that throws",
    'void (async () => {\n  await new Promise((go) => setTimeout(go, 300));\n  throw new Error("late");\n})();',
  ],
  ["a timer that throws", 'setTimeout(() => {\n  throw new Error("late");\n}, 300);'],
  [
    "an emitter's error",
    'import { EventEmitter } from "events";\nconst emitter = new EventEmitter();\nsetTimeout(() => emitter.emit("error", new Error("late")), 300);',
  ],
  [
    "a microtask that throws",
    'setTimeout(() => queueMicrotask(() => {\n  throw new Error("late");\n}), 300);',
  ],
  [
    "a listener of a process",
    'import { exec } from "child_process";\nexec("sleep 0.3; exit 3", () => {\n  throw new Error("late");\n});',
  ],
];

for (const [what, code] of LATE)
  test(`${what} after the cell ended is shown as an error of that cell`, async () => {
    const cell = await kernel.run(code);
    assert.equal(cell.reply.content.status, "ok");
    const next = await kernel.run("1 + 1"); // so that another cell is the last one when it happens
    const { content } = await kernel.output(cell.header, "error", 5000);
    assert.deepEqual([content.ename, content.evalue], ["Error", "late"]);
    assert.doesNotMatch(tracebackText(content), FOREIGN);
    assert.deepEqual(errors({ outputs: kernel.sent(next.header) }), []);
    assert.equal(resultText(await kernel.run("6 * 7")), "42");
  });

test("errors that come while another cell runs belong to the cell that made them, and leave the other alone", async () => {
  const maker = await kernel.run('setTimeout(() => {\n  throw new Error("from the first");\n}, 200);');
  const other = await kernel.run("await new Promise((go) => setTimeout(go, 600));\n'done'");
  assert.equal(other.reply.content.status, "ok");
  assert.equal(resultText(other), "'done'");
  await kernel.output(maker.header, "error", 2000, /from the first/);
});

test("while its own cell still waits, a timer's error ends that cell", async () => {
  const cell = await kernel.run(
    'setTimeout(() => {\n  throw new Error("meanwhile");\n}, 50);\nawait new Promise((go) => setTimeout(go, 1000));',
  );
  assert.deepEqual(
    errors(cell).map(({ evalue }) => evalue),
    ["meanwhile"],
  );
  assert.equal(cell.reply.content.status, "error");
});

test("a thousand lost promises neither end the kernel nor flood the cell", async () => {
  const cell = await kernel.run("for (let i = 0; i < 1000; i++) Promise.reject(new Error(String(i)));");
  assert.equal(cell.reply.content.status, "error");
  assert.ok(errors(cell).length <= 20, `${errors(cell).length} error messages`);
  const late = await kernel.run(
    "for (let i = 0; i < 1000; i++) setTimeout(() => {\n  throw undefined;\n}, 20);",
  );
  await kernel.output(late.header, "error", 5000);
  await sleep(300);
  assert.equal(resultText(await kernel.run("6 * 7")), "42");
});

test("a cell that runs keeps its own output while timers of an earlier one go on", async () => {
  await kernel.run(
    'import { readFile } from "node:fs/promises";\nlet ticks = 0;\nconst timer = setInterval(() => { ticks++; }, 1);',
  );
  const cell =
    await kernel.run(`for (let i = 0; i < 500; i++) { await readFile("/dev/null"); console.log(i); }
clearInterval(timer);
ticks > 5`);
  assert.equal(streamed(cell).split("\n").length, 501);
  assert.equal(resultText(cell), "true");
});

test("errors are shown, and the kernel lives on, whatever a cell does with listeners for them", async () => {
  const late =
    'setTimeout(() => { throw new RangeError("late"); }, 10);\nawait new Promise((go) => setTimeout(go, 100));';
  for (const code of [
    "process.removeAllListeners();",
    'process.on("uncaughtException", ({ message }) => console.log(message));',
    'process.on("uncaughtException", () => { throw new Error("worse"); });',
  ]) {
    const cell = await kernel.run(`${code}\n${late}`);
    assert.deepEqual(
      errors(cell).map(({ ename }) => ename),
      ["RangeError"],
      code,
    );
    if (code.includes("log")) assert.equal(streamed(cell), "late\n");
  }
  await kernel.run('process.removeAllListeners("uncaughtException");');
  const cell = await kernel.run('Promise.reject(new RangeError("lost"));');
  assert.equal(errors(cell)[0]?.ename, "RangeError");
  assert.equal(resultText(await kernel.run("6 * 7")), "42");
});

test("the module domain works, and errors outside of its domains are still shown", async () => {
  const inside = await kernel.run(`const domain = require("domain").create();
domain.on("error", ({ message }: Error) => console.log("caught", message));
domain.run(() => setTimeout(() => { throw new Error("inside"); }, 5));
await new Promise((go) => setTimeout(go, 100));`);
  assert.deepEqual([streamed(inside), errors(inside)], ["caught inside\n", []]);
  const outside = await kernel.run(`domain.exit();
setTimeout(() => { throw new RangeError("outside"); }, 5);
await new Promise((go) => setTimeout(go, 100));`);
  assert.equal(errors(outside)[0]?.evalue, "outside");
});

for (const [what, code] of [
  ["of a callback", 'setTimeout(() => {\n  throw new RangeError("lost");\n}, 10);'],
  ["of a promise", 'void Promise.reject(new RangeError("lost"));'],
] as const)
  test(`an error ${what} is shown, once, while its cell waits for something else`, async () => {
    const header = await kernel.submit(`${code}\nawait new Promise(() => {});`);
    await kernel.output(header, "error", 10_000, /lost/);
    await kernel.interrupt();
    assert.equal(
      errors(await kernel.end(header))
        .map(({ ename }) => ename)
        .join(),
      "RangeError,KeyboardInterrupt",
    );
    const cell = await kernel.run(
      `${code}\nawait new Promise((go) => setTimeout(go, 1500));\nlet after = 1;`,
    );
    assert.deepEqual([cell.reply.content.ename, errors(cell).length], ["RangeError", 1]);
    assert.equal(resultText(await kernel.run("after")), "1");
  });
