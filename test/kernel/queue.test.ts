import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, resultText, streamed } from "../support/kernelText.js";

/** Cells that wait for one another, and what an error does to those that wait. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel?.close());

async function submitAll(codes: readonly string[], options = {}) {
  const headers = [];
  for (const code of codes) headers.push(await kernel.submit(code, options));
  return headers;
}

const FAILURES = [
  ["an error", "await new Promise((go) => setTimeout(go, 200));\nthrow new Error('stop here');"],
  ["an error at once", "throw new Error('stop here');"],
  ["a type error", "const n: number = 'stop here';"],
  ["a lost promise", "Promise.reject(new Error('stop here'));"],
] as const;

for (const [what, code] of FAILURES)
  test(`${what} aborts the cells that wait, which say so and have not run`, async () => {
    await kernel.run("let ran = 0;");
    const headers = await submitAll([code, "ran += 1;", "ran += 2;\nconsole.log('ran');", "ran += 4;"]);
    const [failed, ...waiting] = await Promise.all(headers.map((header) => kernel.end(header)));
    assert.equal(failed.reply.content.status, "error");
    for (const cell of waiting) {
      assert.deepEqual(cell.reply.content, { status: "aborted" }); // JupyterLab takes a count for one that ran
      assert.deepEqual(cell.outputs, []);
      assert.deepEqual(
        cell.messages.map(({ content }) => content.execution_state),
        ["busy", "idle"],
      );
    }
    assert.equal(resultText(await kernel.run("ran")), "0");
  });

test("with stop_on_error false every cell runs", async () => {
  await kernel.run("let all = 0;");
  const codes = [
    "all += 1;",
    "throw new Error('go on');",
    "all += 2;",
    "const n: number = 'x';",
    "all += 4;",
  ];
  const headers = await submitAll(codes, { stop_on_error: false });
  const cells = await Promise.all(headers.map((header) => kernel.end(header)));
  assert.deepEqual(
    cells.map(({ reply }) => reply.content.status),
    ["ok", "error", "ok", "error", "ok"],
  );
  assert.equal(resultText(await kernel.run("all")), "7");
});

test("a cell sent right after the reply to a failed one runs", async () => {
  for (let i = 0; i < 10; i++) {
    const failed = await kernel.submit(i % 2 ? "throw new Error('x');" : "const n: number = 'x';");
    await kernel.reply(failed);
    const next = await kernel.run(`${i} + 1`);
    assert.equal(next.reply.content.status, "ok");
    assert.equal(resultText(next), `${i + 1}`);
  }
});

test("what is not a cell is answered after an error too, not aborted", async () => {
  const [failing] = await submitAll(["await new Promise((go) => setTimeout(go, 100));\nthrow 1;"]);
  const complete = kernel.ask("complete_request", { code: "Math.hyp", cursor_pos: 8 });
  const info = kernel.ask("kernel_info_request", {});
  assert.equal((await kernel.reply(failing)).content.status, "error");
  assert.deepEqual((await complete).content.matches, ["hypot"]);
  assert.equal((await info).content.status, "ok");
});

test("fifty cells sent at once run one after the other, with the right counts", async () => {
  await kernel.run("const order: number[] = [];");
  const wait = "await new Promise((go) => setTimeout(go, 2));";
  const codes = Array.from(
    { length: 50 },
    (_, i) => `${i % 3 ? wait : ""}\norder.push(${i});\nconsole.log(${i});`,
  );
  const headers = await submitAll(codes);
  const cells = await Promise.all(headers.map((header) => kernel.end(header)));
  const first = cells[0].reply.content.execution_count!;
  cells.forEach((cell, i) => {
    assert.deepEqual(errors(cell), []);
    assert.equal(cell.reply.content.execution_count, first + i);
    assert.equal(streamed(cell), `${i}\n`);
  });
  const numbers = Array.from({ length: 50 }, (_, i) => i);
  assert.equal(resultText(await kernel.run("JSON.stringify(order)")), `'${JSON.stringify(numbers)}'`);
  const replies = kernel.wire.messages
    .filter(({ header }) => header.msg_type === "execute_reply")
    .slice(-51, -1);
  assert.deepEqual(
    replies.map(({ parent_header }) => parent_header.msg_id),
    headers.map(({ msg_id }) => msg_id),
    "replies in order",
  );
});

test("while a cell runs, the control channel answers and the heart beats", async () => {
  for (const code of ["await new Promise(() => {});", "for (;;);"]) {
    const running = await kernel.submit(`console.log("begun");\n${code}`);
    await kernel.wire.until(
      () => kernel.sent(running).some(({ header }) => header.msg_type === "stream"),
      30_000,
      "begun",
    );
    assert.equal(await kernel.wire.beat("alive?"), "alive?");
    if (code.startsWith("await"))
      assert.equal((await kernel.ask("kernel_info_request", {}, "control")).content.status, "ok");
    await kernel.interrupt();
    assert.match(JSON.stringify(errors(await kernel.end(running))), /KeyboardInterrupt/);
  }
});
