import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Execution, type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, FOREIGN, places, resultText, streamed, tracebackText } from "../support/kernelText.js";

/** What is thrown in a cell, as the reader of the notebook sees it. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel?.close());

/** The one error of a cell that failed, the same in its output and its reply, with nothing foreign in it. */
async function failure(code: string) {
  const cell = await kernel.run(code);
  return { ...onlyError(cell), cell };
}

function onlyError(cell: Execution) {
  assert.equal(
    cell.reply.content.status,
    "error",
    JSON.stringify(cell.outputs.map(({ content }) => content)),
  );
  const [error, ...more] = errors(cell);
  assert.ok(error, "an error message was sent");
  assert.deepEqual(more, []);
  const { ename, evalue, traceback } = cell.reply.content;
  assert.deepEqual({ ename, evalue, traceback }, { ...error });
  assert.equal(streamed(cell, "stderr"), "");
  const text = tracebackText(error);
  assert.doesNotMatch(text, FOREIGN);
  return { error, text, count: cell.reply.content.execution_count ?? -1 };
}

test("an error has its name, its message, and the line of the cell", async () => {
  const { error, text, count } = await failure(
    'const one: number = 1;\n\n/** a remark */\nconst two = one + 1;\nthrow new RangeError("too " + two);\nconsole.log("never");',
  );
  assert.equal(error.ename, "RangeError");
  assert.equal(error.evalue, "too 2");
  assert.match(text, /RangeError: too 2/);
  assert.deepEqual(places(error), [{ cell: count, line: 5, column: 7 }]);
});

test("an error after imports, types and multi-line statements names the right lines", async () => {
  const code = [
    'import { mlp } from "xorlab";', // 1
    'import type { Dataset } from "xorlab";',
    "",
    "interface Pair {",
    "  readonly a: number;", // 5
    "}",
    "const pair: Pair = {",
    "  a: 1,",
    "};",
    "function fail(", // 10
    "  { a }: Pair,",
    "): never {",
    "  const model = mlp;",
    '  throw new Error("a is " + a + ", " + typeof model);',
    "}", // 15
    "for (const x of [1]) {",
    "  fail(pair);",
    "}",
  ].join("\n");
  const { error, count } = await failure(code);
  assert.equal(error.evalue, "a is 1, function");
  assert.deepEqual(
    places(error).map(({ cell, line }) => [cell, line]),
    [
      [count, 14],
      [count, 17],
    ],
  );
});

test("a function of an earlier cell fails in that cell's line, called from a later cell's", async () => {
  const defined = await kernel.run(
    "\n\nfunction divide(a: number, b: number): number {\n  if (b === 0) {\n    throw new Error('division by zero');\n  }\n  return a / b;\n}",
  );
  const { error, count, text } = await failure("const quotient =\n  divide(1, 0);");
  const [inner, outer] = places(error);
  assert.deepEqual([inner.cell, inner.line], [defined.reply.content.execution_count, 5], text);
  assert.deepEqual([outer.cell, outer.line], [count, 2], text);
  assert.match(text, /divide/);
});

test("async functions and classes of earlier cells keep their lines after an await", async () => {
  const defined = await kernel.run(
    "class Lamp {\n  async light(): Promise<void> {\n    await null;\n    throw new TypeError('no bulb');\n  }\n}",
  );
  const { error, text, count } = await failure("const lamp = new Lamp();\n\nawait lamp.light();");
  assert.equal(error.ename, "TypeError");
  const found = places(error).map(({ cell, line }) => `${cell}:${line}`);
  assert.equal(found[0], `${defined.reply.content.execution_count}:4`, text);
  assert.equal(found.at(-1), `${count}:3`, text);
});

test("what V8 itself throws has its place too", async () => {
  const { error, count } = await failure("const none: any = null;\n  none.field;");
  assert.equal(error.ename, "TypeError");
  assert.match(error.evalue ?? "", /Cannot read properties of null \(reading 'field'\)/);
  assert.deepEqual([places(error)[0].cell, places(error)[0].line], [count, 2]);
  const endless = await failure("function again(): number {\n  return again() + 1;\n}\nagain();");
  assert.equal(endless.error.ename, "RangeError");
  assert.ok(endless.text.length < 20_000, `${endless.text.length} characters`);
});

test("errors of node and of libraries are told without their insides", async () => {
  const missing = await failure('import { readFileSync } from "fs";\nreadFileSync("no-such-file.csv");');
  assert.match(missing.error.evalue ?? "", /ENOENT.*no-such-file\.csv/);
  assert.deepEqual(
    places(missing.error).map(({ line }) => line),
    [2],
  );
  const ours = await failure('import { mlp } from "xorlab";\n\nmlp({ activation: "rleu" as any });');
  assert.match(ours.error.evalue ?? "", /^mlp: unknown activation "rleu"; did you mean "relu"\?/);
  assert.deepEqual(
    places(ours.error).map(({ line }) => line),
    [3],
  );
  const later = await failure(
    'import { train, xor } from "xorlab";\nawait train(mlp(), xor(), { epochs: 0.5 });',
  );
  assert.equal(later.error.evalue, "train: epochs must be a whole number ≥ 1, got 0.5");
  assert.equal(places(later.error).at(-1)?.line, 2);
});

test("an error class of one's own keeps its name; code and cause are told", async () => {
  const { error, text } = await failure(
    'class Broken extends Error {\n  name = "Broken";\n}\nthrow new Broken("outer", { cause: new RangeError("inner", { cause: "innermost" }) });',
  );
  assert.equal(error.ename, "Broken");
  assert.match(text, /Broken: outer[\s\S]*RangeError: inner[\s\S]*innermost/);
});

test("a class of one's own without a name is called as in Node", async () => {
  const { error } = await failure("class LoadError extends Error {}\nthrow new LoadError('lost');");
  assert.equal(error.ename, "LoadError");
  const { text } = await failure(
    "class Late extends RangeError {}\nthrow new Error('outer', { cause: new Late('x') });",
  );
  assert.match(text, /^Error: outer\n[\s\S]*Caused by Late \[RangeError\]: x\n/);
});

test("an AggregateError tells each of its errors", async () => {
  const { error, text } = await failure(
    'await Promise.any([Promise.reject(new Error("first")), Promise.reject(new RangeError("second"))]);',
  );
  assert.equal(error.ename, "AggregateError");
  assert.match(text, /All promises were rejected[\s\S]*first[\s\S]*second/);
});

test("a printed error names cells and their lines too, and nothing of the kernel", async () => {
  await kernel.run("function fails(): never {\n  throw new Error('inside');\n}");
  const printed = await kernel.run("try {\n  fails();\n} catch (error) {\n  console.log(error);\n}");
  const text = streamed(printed);
  assert.match(text, /^Error: inside\n {4}at fails \(cell \[\d+\]:2:\d+\)\n {4}at cell \[\d+\]:2:\d+/);
  assert.doesNotMatch(text, FOREIGN);
  const value = await kernel.run('new Error("as a value")');
  assert.match(String(resultText(value)), /^Error: as a value\n {4}at cell \[\d+\]:1:\d+$/);
});
