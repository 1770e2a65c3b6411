import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { hostileFrames } from "../support/kernelHostile.js";
import { RandomSource } from "../support/kernelRandom.js";
import { type KernelSession, rightKernel } from "../support/kernelSession.js";
import { errors, FOREIGN, resultText, streamed, tracebackText } from "../support/kernelText.js";

/** Input: a cell asks, and the front end that ran it answers. */

let kernel: KernelSession;
beforeEach(async () => {
  kernel = await rightKernel(kernel);
});
after(() => kernel?.close());

const ASKING = { allow_stdin: true };

/** Runs a cell and gives the answers, one after the other. Returns what it was asked, its end, and what it printed. */
async function answered(code: string, answers: readonly string[]) {
  const header = await kernel.submit(code, ASKING);
  const prompts: unknown[] = [];
  for (const [i, answer] of answers.entries()) {
    const question = await kernel.asked(header, i);
    prompts.push(question.content.prompt);
    await kernel.give(question, answer);
  }
  const cell = await kernel.end(header);
  return { cell, prompts, result: resultText(cell), printed: streamed(cell) };
}

test("prompt() waits for the answer, in the midst of code, after what was printed before", async () => {
  const code = 'console.log("before");\nconst name = prompt("Your name?");\nconsole.log("after");\nname';
  const header = await kernel.submit(code, ASKING);
  const question = await kernel.asked(header);
  assert.deepEqual(question.content, { prompt: "Your name? ", password: false });
  assert.equal(question.header.msg_type, "input_request");
  await sleep(100);
  assert.match(JSON.stringify(kernel.sent(header).at(-1)?.content), /before/);
  await kernel.give(question, "Ada 🦉");
  const cell = await kernel.end(header);
  assert.deepEqual([resultText(cell), streamed(cell)], ["'Ada 🦉'", "before\nafter\n"]);
});

test("prompt(), confirm() and alert() read as in Deno", async () => {
  const code =
    '[prompt("Rate", "0.1"), prompt("Rate", "0.1"), prompt(), confirm("Sure?"), confirm("Sure?"), confirm(), alert("Look")]';
  const { result, prompts } = await answered(code, ["", "0.5", "", "y", "", "No", ""]);
  assert.equal(result, "[ '0.1', '0.5', '', true, false, false, undefined ]");
  assert.deepEqual(prompts, [
    "Rate [0.1] ",
    "Rate [0.1] ",
    "",
    "Sure? [y/N] ",
    "Sure? [y/N] ",
    "Confirm [y/N] ",
    "Look [Enter] ",
  ]);
});

test("prompt() is known to the checker of types", async () => {
  const cell = await kernel.run('const n: number = prompt("n");', ASKING);
  assert.match(errors(cell)[0]?.evalue ?? "", /Type 'string.*' is not assignable to type 'number'/);
});

test("jupyter.input() can hide what is typed", async () => {
  const header = await kernel.submit('jupyter.input("Key", { password: true })', ASKING);
  const question = await kernel.asked(header);
  assert.deepEqual(question.content, { prompt: "Key", password: true });
  await kernel.give(question, "secret");
  assert.equal(resultText(await kernel.end(header)), "'secret'");
});

const READLINE: Readonly<
  Record<string, readonly [code: string, answers: readonly string[], result: string]>
> = {
  "readline's question()": [
    `import * as readline from "node:readline";
const rl = readline.createInterface({ input: process.stdin, output: process.stdout });
await new Promise((go) => rl.question("Name? ", (name) => { rl.close(); go("hello " + name); }))`,
    ["Ada"],
    "'hello Ada'",
  ],
  "two questions of readline/promises, with work between them": [
    `import { createInterface } from "node:readline/promises";
const asks = createInterface({ input: process.stdin, output: process.stdout });
const one = await asks.question("One? ");
await new Promise((go) => setTimeout(go, 300));
const two = await asks.question("Two? ");
asks.close();
[one, two]`,
    ["1", "2"],
    "[ '1', '2' ]",
  ],
  "lines of an interface": [
    `import { createInterface } from "node:readline";
const found: string[] = [];
const lines = createInterface({ input: process.stdin });
for await (const line of lines) {
  if (line === "end") break;
  found.push(line);
}
found`,
    ["a", "b", "end"],
    "[ 'a', 'b' ]",
  ],
  "data of process.stdin": [
    `const chunk = await new Promise((go) => process.stdin.once("data", go));
process.stdin.pause();
String(chunk)`,
    ["text"],
    "'text\\n'",
  ],
};

for (const [what, [code, answers, expected]] of Object.entries(READLINE))
  test(`${what} are asked of the front end`, async () => {
    const { result, cell } = await answered(code, answers);
    assert.equal(result, expected, JSON.stringify(errors(cell)));
    const all = kernel.wire.messages.filter(
      ({ channel, parent_header }) => channel === "stdin" && parent_header.msg_id === cell.header.msg_id,
    );
    assert.equal(all.length, answers.length, "and nothing else is asked");
  });

test("readline's questions come with their texts", async () => {
  const { prompts } = await answered(
    READLINE["two questions of readline/promises, with work between them"][0],
    ["1", "2"],
  );
  assert.deepEqual(prompts, ["One? ", "Two? "]);
});

test("without input at the front end, asking fails at once and says so", async () => {
  for (const code of [
    'prompt("name?")',
    "confirm()",
    'alert("x")',
    'jupyter.input("x")',
    `import { createInterface } from "readline";\nconst rl0 = createInterface({ input: process.stdin });\nawait new Promise((go) => rl0.question("x", go))`,
    `import * as later from "readline/promises";\nawait later.createInterface({ input: process.stdin }).question("x")`,
    'await new Promise((go) => process.stdin.once("data", go))',
  ]) {
    const header = await kernel.submit(code);
    if (code.includes("once")) {
      await kernel.output(header, "error");
      await kernel.interrupt(); // an error of the stream's does not end what awaits its data
    }
    const cell = await kernel.end(header, 5000);
    const [error] = errors(cell);
    assert.equal(error?.ename, "StdinNotImplementedError", code);
    assert.doesNotMatch(tracebackText(error), FOREIGN);
    const next = await kernel.run("await new Promise((go) => setTimeout(go, 50))");
    assert.deepEqual(next.outputs, [], code);
  }
});

test("Stop ends a cell that waits for an answer, and the next cell can ask", async () => {
  for (const code of [
    'prompt("name?")',
    'for (;;) { try { prompt("again?"); } catch {} }',
    READLINE["readline's question()"][0],
    'await new Promise((go) => process.stdin.resume().once("data", go))',
  ])
    for (let i = 0; i < 2; i++) {
      const header = await kernel.submit(code, ASKING);
      const question = await kernel.asked(header);
      await kernel.interrupt();
      const cell = await kernel.end(header, 10_000);
      assert.equal(errors(cell)[0]?.ename, "KeyboardInterrupt", code);
      await kernel.give(question, "too late");
      const { result } = await answered('prompt("now?") + kept.value', ["in time "]);
      assert.equal(result, "'in time 42'");
    }
});

test("only an answer of who was asked, to the question, is taken", async () => {
  const header = await kernel.submit('prompt("name?")', ASKING);
  const question = await kernel.asked(header);
  const random = new RandomSource(11);
  for (let i = 0; i < 200; i++) await kernel.wire.sendFrames("stdin", hostileFrames(kernel.wire, random));
  for (const value of [1, null, { a: 1 }, ["x"], undefined]) await kernel.give(question, value);
  const other = { ...question, header: { ...question.header, msg_id: "another" } };
  await kernel.give(other, "of another question");
  await sleep(200);
  assert.ok(!kernel.sent(header).some(({ content }) => content.execution_state === "idle"));
  await kernel.wire.send("stdin", "input_reply", { value: "right" }); // as jupyter_client: without a parent
  assert.equal(resultText(await kernel.end(header)), "'right'");
});

test("shutdown ends a kernel that waits for an answer", async () => {
  await kernel.asked(await kernel.submit('prompt("name?")', ASKING));
  await kernel.wire.send("control", "shutdown_request", { restart: false });
  assert.equal(await kernel.wire.exit, 0);
});
