import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, resultText, streamed } from "../support/kernelText.js";

/** What the protocol wants around a cell: status, input, counts, parents, dates; silent cells; user expressions. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel?.close());

test("around a cell come busy, its input and idle, each with the cell as its parent", async () => {
  const code = "console.log(1);\n2";
  const cell = await kernel.run(code);
  const { content } = cell.reply;
  const kinds = cell.messages.map(({ header, content }) => content.execution_state ?? header.msg_type);
  assert.deepEqual(kinds, ["busy", "execute_input", "stream", "execute_result", "idle"]);
  assert.deepEqual(cell.messages[1].content, { code, execution_count: content.execution_count });
  assert.equal(content.status, "ok");
  assert.deepEqual([content.user_expressions, content.payload], [{}, []]);
  const ids = new Set<string>();
  for (const message of [...cell.messages, cell.reply]) {
    assert.deepEqual(message.parent_header, cell.header);
    assert.match(message.header.date, /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/);
    assert.match(message.header.version, /^5\.\d$/);
    assert.equal(typeof message.metadata, "object");
    ids.add(message.header.msg_id);
  }
  assert.equal(ids.size, cell.messages.length + 1, "ids of their own");
  assert.equal(cell.reply.header.msg_type, "execute_reply");
  assert.deepEqual(kernel.wire.refused, []);
});

test("the dates of busy, input and idle tell when the cell began and ended, as JupyterLab's timing reads them", async () => {
  const cell = await kernel.run("await new Promise((go) => setTimeout(go, 400));");
  const [busy, input] = cell.messages.map(({ header }) => Date.parse(header.date));
  const idle = Date.parse(cell.messages.at(-1)!.header.date);
  assert.ok(input - busy >= 0 && input - busy < 400, `${input - busy} ms`);
  assert.ok(idle - input >= 390 && idle - input < 3000, `${idle - input} ms`);
  const second = await kernel.submit("1");
  const waits = await kernel.submit("2"); // its busy must not come while it only waits
  await kernel.end(second);
  await kernel.end(waits);
  const order = kernel.wire.messages
    .filter(({ channel }) => channel === "iopub")
    .filter(({ content }) => content.execution_state)
    .slice(-4)
    .map(({ parent_header, content }) => [
      parent_header.msg_id === second.msg_id ? 1 : 2,
      content.execution_state,
    ]);
  assert.deepEqual(order, [
    [1, "busy"],
    [1, "idle"],
    [2, "busy"],
    [2, "idle"],
  ]);
});

test("counts go up by one with each cell, failed ones included", async () => {
  const first = (await kernel.run("1")).reply.content.execution_count!;
  assert.equal((await kernel.run("throw 1;")).reply.content.execution_count, first + 1);
  assert.equal((await kernel.run("const n: number = 'x';")).reply.content.execution_count, first + 2);
  assert.equal((await kernel.run("2")).reply.content.execution_count, first + 3);
});

test("a silent cell runs and shows nothing; without history it is not counted", async () => {
  const before = (await kernel.run("let hidden = 0;")).reply.content.execution_count!;
  const silent = await kernel.run("hidden = 1;\nhidden", { silent: true });
  assert.equal(silent.reply.content.status, "ok");
  assert.deepEqual(
    silent.messages.map(({ content }) => content.execution_state),
    ["busy", "idle"],
  );
  const unrecorded = await kernel.run("hidden", { store_history: false });
  assert.equal(resultText(unrecorded), "1", "not recorded, but shown");
  const failing = await kernel.run("throw new Error('quiet');", { silent: true });
  assert.equal(failing.reply.content.status, "error");
  assert.equal(failing.reply.content.evalue, "quiet");
  assert.equal((await kernel.run("hidden")).reply.content.execution_count, before + 1);
});

test("user expressions are evaluated after the cell, one by one, and may fail", async () => {
  const { reply } = await kernel.run("const base = 20;", {
    user_expressions: {
      good: "base + 1",
      bad: "base.nothing.there",
      typed: "missingName",
      wait: "await 5",
    },
  });
  assert.equal(reply.content.status, "ok");
  const answers = reply.content.user_expressions ?? {};
  assert.equal(answers.good?.status, "ok");
  assert.equal(answers.good?.data?.["text/plain"], "21");
  for (const name of ["bad", "typed"]) {
    assert.equal(answers[name]?.status, "error", name);
    assert.equal(typeof answers[name]?.ename, "string", name);
  }
  assert.equal(resultText(await kernel.run("base")), "20");
});

test("console.clear() clears the cell's output, console.table and friends print text", async () => {
  const cell = await kernel.run("console.log('before');\nconsole.clear();\nconsole.log('after');");
  assert.deepEqual(
    cell.outputs.map(({ header }) => header.msg_type),
    ["stream", "clear_output", "stream"],
  );
  assert.equal(typeof cell.outputs[1].content.wait, "boolean");
  const table = await kernel.run("console.table([{ a: 1 }]);\nconsole.dir({ deep: 1 });\nconsole.info('i');");
  assert.match(streamed(table), /│[\s\S]*deep: 1[\s\S]*i\n$/);
});

test("output keeps its order and its stream", async () => {
  const cell = await kernel.run(
    'console.log("a");\nconsole.error("b");\nprocess.stdout.write("c\\n");\nconsole.warn("d");\nprocess.stderr.write(Buffer.from("é 🦉\\n"));\nconsole.log("e");\n"f"',
  );
  const order = cell.outputs.map(({ header, content }) => [content.name ?? header.msg_type, content.text]);
  const joined = order.reduce<(string | undefined)[][]>((list, [name, text]) => {
    const last = list.at(-1);
    if (last && last[0] === name && text !== undefined) last[1] += text;
    else list.push([name, text]);
    return list;
  }, []);
  assert.deepEqual(joined, [
    ["stdout", "a\n"],
    ["stderr", "b\n"],
    ["stdout", "c\n"],
    ["stderr", "d\né 🦉\n"],
    ["stdout", "e\n"],
    ["execute_result", undefined],
  ]);
});

test("what a timer, a promise or a child prints after the cell ended goes to the cell that made it", async () => {
  const first = await kernel.run(
    'setTimeout(() => console.log("from the first"), 300);\nvoid new Promise<void>((go) => setTimeout(go, 350)).then(() => console.error("and its promise"));',
  );
  const second = await kernel.run('setTimeout(() => console.log("from the second"), 100);');
  const third = await kernel.run('await new Promise((go) => setTimeout(go, 700));\nconsole.log("third");');
  await kernel.output(first.header, "stream", 5000, /from the first/);
  await kernel.output(first.header, "stream", 5000, /and its promise/);
  await kernel.output(second.header, "stream", 5000, /from the second/);
  assert.equal(streamed(third), "third\n");
});

test("what is written to the descriptors 1 and 2, past the streams, is the cell's as well", async () => {
  const cell = await kernel.run(`import fs from "node:fs";
import { promisify } from "node:util";
const bytes = Buffer.from("-é-");
const counts = [fs.writeSync(1, "a\\n"), fs.writeSync(process.stdout.fd, bytes, 1, 2), (fs.writeSync as any)(1, bytes, { offset: 3, length: 1 })];
counts.push((await promisify(fs.write)(1, "\\nb")).bytesWritten);
fs.write(1, bytes, 0, 1, null, (error, count) => counts.push(count));
fs.writeFileSync(1, "c");
fs.writeSync(2, "wrong");
fs.writeFileSync("1", "a file's name");
counts.push(fs.statSync("1").size);
fs.rmSync("1");
await new Promise((go) => setTimeout(go, 20));
counts.join()`);
  assert.equal(streamed(cell), "a\né-\nb-c", JSON.stringify(errors(cell)));
  assert.equal(streamed(cell, "stderr"), "wrong");
  assert.equal(resultText(cell), "'2,2,1,2,13,1'");
});

test("what is printed is shown although the cell computes right after it", async () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join("");
  const header = await kernel.submit("for (let i = 0; i < 20; i++) console.log('line', i);\nfor (;;);");
  await kernel.output(header, "stream", 30_000, /line 19/);
  await kernel.interrupt();
  assert.equal(streamed(await kernel.end(header)), lines);
});

test("ten thousand lines arrive whole, in order, and do not take long", async () => {
  const cell = await kernel.run("for (let i = 0; i < 10_000; i++) console.log(i);");
  assert.equal(streamed(cell), Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join(""));
  assert.ok(cell.seconds < 10, `${cell.seconds} s`);
  assert.deepEqual(errors(cell), []);
});

test("a cell that prints without end is cut short and says so; the next prints again", {
  timeout: 60_000,
}, async () => {
  const cell = await kernel.run('for (let i = 0; i < 400_000; i++) console.log("line", i);\n"done"');
  const text = streamed(cell);
  assert.ok(text.length < 1_000_200, `${text.length} characters`);
  assert.match(text, /nothing beyond 1,000,000 characters is shown\.\n$/);
  assert.equal(resultText(cell), "'done'");
  assert.equal(streamed(await kernel.run('console.log("again")')), "again\n");
});

test("a promise as a value says that it must be awaited", async () => {
  const value = resultText(await kernel.run("new Promise(() => {})"));
  assert.equal(value, "Promise { <pending> } (await it to get its value)");
  assert.equal(resultText(await kernel.run("Promise.resolve(3)")), "Promise { 3 }");
});

test("an unclosed console.group ends with its cell", async () => {
  const first = await kernel.run(
    'console.group("one");\nconsole.group();\nconsole.log("inside");\nconsole.time("t");',
  );
  assert.equal(streamed(first), "one\n    inside\n");
  const next = await kernel.run('console.groupEnd();\nconsole.log("after");\nconsole.timeEnd("t");');
  assert.match(streamed(next), /^after\nt: /);
  await kernel.run('console.groupCollapsed("two");\nthrow new Error("on purpose");');
  assert.equal(streamed(await kernel.run('console.log("after");')), "after\n");
});

test("garbage is collected while nobody waits, not while a cell waits for its work", async () => {
  const wait = "await new Promise((go) => setTimeout(go, 3000));";
  const within = await kernel.run(`const held = new WeakRef({});\n${wait}\nheld.deref() !== undefined`);
  assert.equal(resultText(within), "true");
  await new Promise((go) => setTimeout(go, 4000));
  assert.equal(resultText(await kernel.run("held.deref() !== undefined")), "false");
});
