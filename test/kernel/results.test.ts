import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, result, resultText, streamed, tracebackText } from "../support/kernelText.js";

/** A cell's last expression, and how it shows itself. */

const PLOTLY = "application/vnd.plotly.v1+json";

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel?.close());

async function value(code: string) {
  const cell = await kernel.run(code);
  assert.equal(cell.reply.content.status, "ok", `${code}: ${JSON.stringify(errors(cell))}`);
  return { cell, data: result(cell), text: resultText(cell) };
}

test("the last expression is the cell's result, as node writes it", async () => {
  for (const [code, text] of [
    ["1 + 1", "2"],
    ["'text'", "'text'"],
    ["false", "false"],
    ["0", "0"],
    ["''", "''"],
    ["-0", "-0"],
    ["NaN", "NaN"],
    ["10n ** 20n", "100000000000000000000n"],
    ["null", "null"],
    ["({ a: [1, { b: 2 }] })", "{ a: [ 1, { b: 2 } ] }"],
    ["[1, , 3]", "[ 1, <1 empty item>, 3 ]"],
    ["new Map([[1, 'one']])", "Map(1) { 1 => 'one' }"],
    ["const five = 5;\nfive", "5"],
    ["await Promise.resolve('awaited')", "'awaited'"],
    ["Float32Array.of(1, 0.5)", "Float32Array(2) [ 1, 0.5 ]"],
  ]) {
    const { cell, text: shown } = await value(code);
    assert.equal(shown, text, code);
    const results = cell.outputs.filter(({ header }) => header.msg_type === "execute_result");
    assert.equal(results.length, 1, code);
    assert.equal(results[0].content.execution_count, cell.reply.content.execution_count, code);
    assert.equal(streamed(cell), "", "nothing is printed besides");
  }
});

test("a cell that is an object shows it, and a block stays one; both have their places", async () => {
  for (const [code, text] of [
    ["{ a: 1, b: [2] }", "{ a: 1, b: [ 2 ] }"],
    ["{ a: 1 }", "{ a: 1 }"],
    ["\n{\n  f() { return 1; },\n  ...{ c: await Promise.resolve(3) },\n}\n", "{ f: [Function: f], c: 3 }"],
    ["{}", "{}"],
  ])
    assert.equal((await value(code)).text, text, code);
  await value("let reached = 0;\nfunction reach() {\n  reached++;\n}");
  for (const code of [
    "{ a: 1 };",
    "{ let b = 1; }",
    "{ if (1) 2 }",
    "{ reach(); }",
    "{ reach() }",
    "{ reached = 5 }",
  ])
    assert.equal((await value(code)).text, undefined, code);
  assert.equal((await value("reached")).text, "5");
  for (const [code, caret] of [
    ["{ a: 1, b: nowhere }", "      |            ^^^^^^^"],
    ["{ a: 1, b: (null as any).c }", "      |                          ^"],
  ]) {
    const [error] = errors(await kernel.run(code));
    assert.equal(tracebackText(error).split("\n").pop(), caret, tracebackText(error));
  }
});

test("a function or a class without a name is shown without one, and a line for a shell is a comment", async () => {
  assert.equal((await value("(x: number) => x")).text, "[Function (anonymous)]");
  assert.equal((await value("(class {})")).text, "[class (anonymous)]");
  assert.equal((await value("Math.max(1), 2 + 3")).text, "5");
  const cell = await kernel.run('await new Promise((_, fail) => fail(new Error("no")))');
  assert.match(
    tracebackText(errors(cell)[0]),
    /^Error: no\n {4}at cell \[/,
    "no name that only the kernel gives",
  );
  assert.equal((await value("(function own() {})")).text, "[Function: own]");
  assert.equal((await value("#!/usr/bin/env node\n3")).text, "3");
});

test("undefined and statements are no result", async () => {
  for (const code of [
    "undefined",
    "void 0",
    "const nothing = 1;",
    "console.log",
    "if (true) {\n  1;\n}",
    "function f() {}",
    "type T = 1;",
    "",
    "// a remark",
    "  \n\n",
  ]) {
    const { cell, data } = await value(code);
    if (code !== "console.log") assert.equal(data, undefined, code);
    assert.equal(cell.outputs.filter(({ header }) => header.msg_type === "stream").length, 0, code);
  }
});

test("circular, huge and hostile values are shown briefly, and quickly", async () => {
  assert.match(String((await value("const c: any = {};\nc.self = c;\nc")).text), /\[Circular/);
  const many = await value("Array.from({ length: 1_000_000 }, (_, i) => i)");
  assert.match(String(many.text), /more items/);
  const long = await value("'x'.repeat(50_000_000)");
  assert.ok(String(long.text).length < 1_000_000, `${String(long.text).length} characters`);
  const deep = await value("let d: any = {};\nfor (let i = 0; i < 10000; i++) d = { d };\nd");
  assert.match(String(deep.text), /\[Object\]/);
  const typed = await value("new Float64Array(1_000_000)");
  assert.ok(String(typed.text).length < 10_000);
  for (const { cell } of [many, long, deep, typed]) assert.ok(cell.seconds < 5, `${cell.seconds} s`);
  for (const code of [
    "({ get bad() { throw new Error('getter'); } })",
    "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('inspect'); } })",
    "new Proxy({}, { get() { throw new Error('proxy'); }, ownKeys() { throw new Error('keys'); } })",
    "(() => { const p = Proxy.revocable({}, {}); p.revoke(); return p.proxy; })()",
    "Object.create(null)",
    "({ then: 5 })",
  ])
    await kernel.run(code); // whatever they show, they do not end the kernel
  assert.equal((await value("6 * 7")).text, "42");
});

const DISPLAY = '[Symbol.for("Jupyter.display")]';

test("a value with Jupyter.display gives its own bundle", async () => {
  const { data } = await value(
    `({ ${DISPLAY}: () => ({ "text/markdown": "**b**", "application/json": { a: [1] } }) })`,
  );
  assert.equal(data?.["text/markdown"], "**b**");
  assert.deepEqual(data?.["application/json"], { a: [1] });
  assert.equal(typeof data?.["text/plain"], "string", "there is text for terminals in any case");
  const own = await value(`({ ${DISPLAY}: () => ({ "text/plain": "mine" }) })`);
  assert.deepEqual(own.data, { "text/plain": "mine" });
  const later = await value(
    `({ async ${DISPLAY}() { await new Promise((go) => setTimeout(go, 50)); return { "text/markdown": "late" }; } })`,
  );
  assert.equal(later.data?.["text/markdown"], "late");
  const inherited = await value(
    `class Shape {\n  sides = 3;\n  ${DISPLAY}() {\n    return { "text/markdown": \`\${this.sides}\` };\n  }\n}\nnew Shape()`,
  );
  assert.equal(inherited.data?.["text/markdown"], "3");
});

test("a Jupyter.display that throws or gives nonsense falls back to text", async () => {
  for (const body of [
    "throw new Error('display')",
    "return Promise.reject(new Error('display'))",
    "return undefined",
    "return null",
    "return 5",
    "return 'text'",
    "return []",
    "return { 'text/plain': 5 }",
    "return { 'text/plain': undefined }",
    "return { 'text/markdown': () => 1 }",
    "return { 'text/plain': 10n }",
    "const c: any = {}; c.c = c; return { 'application/json': c }",
    "return { get 'text/plain'() { throw new Error('x'); } }",
    "return { 'text/plain': Symbol('s') }",
  ]) {
    const cell = await kernel.run(`({ mark: 'here', ${DISPLAY}(): any { ${body}; } })`);
    assert.equal(
      typeof resultText(cell),
      "string",
      `${body}: ${JSON.stringify(cell.outputs.map((o) => o.content))}`,
    );
    assert.equal(cell.reply.content.status, "ok", body);
  }
  for (const odd of ["5", "'x'", "null", "undefined", "{}"])
    assert.equal(typeof (await value(`({ ${DISPLAY}: ${odd} as any })`)).text, "string", odd);
  assert.equal((await value("6 * 7")).text, "42");
});

const SETUP =
  'import { figures, mlp, show, study, train, xor } from "xorlab";\nconst run = await train(mlp({ seed: 2 }), xor({ seed: 2 }), { epochs: 5, seed: 2, progress: false });\nconst s = await study({ hidden: [1, 2], trials: 3, epochs: 2, seed: 1, progress: false });';

test("a figure as the last expression draws itself, once, also when it is shown", async () => {
  await value(SETUP);
  const { data } = await value("figures.loss(run)");
  assert.deepEqual(Object.keys(data ?? {}).sort(), [PLOTLY, "text/plain"]);
  assert.match(String(data?.["text/plain"]), /loss/i);
  const { cell } = await value("show(figures.loss(run))");
  const drawn = cell.outputs.filter(({ content }) => content.data?.[PLOTLY]);
  assert.equal(drawn.length, 1);
  assert.equal(cell.outputs.length, 1, JSON.stringify(cell.outputs.map(({ header }) => header.msg_type)));
});

test("a run and a study as the last expression are Markdown tables, with text beside, and no HTML", async () => {
  for (const [code, content] of [
    ["run", /2 sigmoid units/],
    ["s", /\|.*hidden/],
  ] as const) {
    const { data } = await value(code);
    assert.deepEqual(Object.keys(data ?? {}).sort(), ["text/markdown", "text/plain"], code);
    const markdown = String(data?.["text/markdown"]);
    assert.match(markdown, content);
    assert.match(markdown, /^\|.*\|\n\|[ :|-]+\|\n\|.*\|/m, markdown);
    assert.doesNotMatch(markdown, /<\w/);
  }
});
