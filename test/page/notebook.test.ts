import assert from "node:assert/strict";
import { test } from "node:test";
import { runInThisContext } from "node:vm";
import * as xorlab from "../../src/index.js";
import type { CellError } from "../../src/page/cells/errors.js";
import { createNotebook, type FromKernel, type Notebook } from "../../src/page/cells/notebook.js";

/** What a page's kernel makes of cells, here on Node: the scripts run in this process. */

interface Ran {
  readonly said: readonly FromKernel[];
  /** What was printed. */
  readonly text: string;
  /** The result as text. */
  readonly result: unknown;
  readonly error: CellError | undefined;
}

function newNotebook(): { notebook: Notebook; run(source: string): Promise<Ran> } {
  let said: FromKernel[] = [];
  let scripts = 0;
  let count = 0;
  const notebook = createNotebook({
    say: (message) => said.push(message),
    runScript(code) {
      scripts += 1;
      const filename = `blob:cell-${scripts}`;
      runInThisContext(code, { filename });
      return filename;
    },
    modules: { xorlab: () => xorlab, "@tensorflow/tfjs": () => xorlab.tf },
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const run = async (source: string): Promise<Ran> => {
    said = [];
    count += 1;
    await notebook.run({ run: count, count, source, cell: 0 });
    const found = { text: "", result: undefined as unknown, error: undefined as CellError | undefined };
    for (const one of said) {
      assert.equal(one.run, count);
      if (one.says === "stream") found.text += one.text;
      if (one.says === "result") found.result = one.bundle["text/plain"];
      if (one.says === "error") found.error = one.error;
    }
    assert.equal(said.at(-1)?.says, "done");
    return { said, ...found };
  };
  return { notebook, run };
}

/** The results of cells that run one after the other. */
async function resultsOf(...sources: string[]): Promise<unknown[]> {
  const { run } = newNotebook();
  const results: unknown[] = [];
  for (const source of sources) {
    const { result, error } = await run(source);
    results.push(error ? `${error.name}: ${error.message}` : result);
  }
  return results;
}

test("a cell's last expression is its result, as Node's console writes it", async () => {
  assert.deepEqual(
    await resultsOf(
      "1 + 1",
      "1; const a = 2;",
      "'text'",
      "[1, { b: 2 }] // comment",
      "const b = a\na.toFixed();", // a semicolon: nothing is shown
      "(1,\n2)",
      "undefined",
    ),
    ["2", undefined, "'text'", "[ 1, { b: 2 } ]", undefined, "2", undefined],
  );
});

test("a cell that is an object shows it, and a block stays one; both have their places", async () => {
  assert.deepEqual(
    await resultsOf(
      "{ a: 1, b: [2 as number] }",
      "{ a: 1 }",
      "\n{\n  f() { return 1; },\n  ...{ c: await Promise.resolve(3) },\n}\n",
      "{}",
      "let reached = 0;\nfunction reach() {\n  reached++;\n}",
      ...["{ a: 1 };", "{ let b = 1; }", "{ if (1) 2 }", "{ reach(); }", "{ reach() }", "{ reached = 5 }"],
      "{ reached }",
    ),
    [
      ...["{ a: 1, b: [ 2 ] }", "{ a: 1 }", "{ f: [Function: f], c: 3 }", "{}"],
      ...[undefined, undefined, undefined, undefined, undefined, undefined, undefined],
      "{ reached: 5 }",
    ],
  );
  const { error } = await newNotebook().run("{ a: 1, b: nowhere }");
  assert.deepEqual([error?.line, error?.details.at(-1)?.replace(/^.*?\|/, "")], [1, "            ^"]);
});

test("types are taken away, not checked", async () => {
  assert.deepEqual(
    await resultsOf(
      "type N = number; interface I { readonly n: N }\nconst f = <T extends I>(given: T): N => given.n as N;",
      "f({ n: 3 }!) satisfies number",
      "enum Kind { A, B = 'b' }; Kind.B",
      "const wrong: number = 'two'; wrong",
      "class P { constructor(readonly x: number, private y?: string) {} }; new P(4).x",
    ),
    [undefined, "3", "'b'", "'two'", "4"],
  );
});

test("later cells see variables as they are at present, and may set and redeclare them", async () => {
  assert.deepEqual(
    await resultsOf(
      "let count = 0; const add = () => { count += 1; }; function twice() { add(); add(); }",
      "twice(); count",
      "count = 10; add(); count",
      "const { a: [first, ...rest] = [1, 2, 3], ...others } = { b: 5 }; var old = 1;",
      "[first, rest, others, old]",
      "let count = 'new'; add(); count",
      "class Twice {}; const twice = 2; twice + count",
      "fresh = 1",
      "add = 1",
    ),
    [
      ...[undefined, "2", "11", undefined, "[ 1, [ 2, 3 ], { b: 5 }, 1 ]", "'new1'", "'2new1'"],
      "ReferenceError: fresh is not defined; if an earlier cell declares it, run that cell first",
      "TypeError: Assignment to constant variable.",
    ],
  );
});

test("earlier cells see what later ones declare anew, and what they declare at all", async () => {
  assert.deepEqual(
    await resultsOf(
      "const rate = 1; const half = () => rate / 2; function name() { return [half(), later, new Kind().x].join(' '); }",
      "const rate = 10; let later = 'a'; class Kind { x = 'k' }",
      "name()",
      "function half() { return 'half'; } later += 'b'; class Kind { x = typeof nowhere }",
      "name()",
      "for (var [later, { z }] of [['var', { z: 1 }]]) z; if (z) { var Kind = function () { this.x = z; } } name()",
      "import { mlp as half } from 'xorlab'; half.name + name().slice(0, 8)",
      "enum half { one = 1 } const { a: { b = later } = {}, ...rate } = { c: 5 }; [b, rate, typeof half]",
      "const half = () => 'again'\nhalf()\n;[later] = [half.name]\n;(half)()\nname()",
    ),
    [
      ...[undefined, undefined, "'5 a k'", undefined, "'half ab undefined'", "'half var 1'"],
      ...["'mlp[object '", "[ 'var', { c: 5 }, 'object' ]", "'again half 1'"],
    ],
  );
});

test("blocks, parameters and classes have names of their own", async () => {
  assert.deepEqual(
    await resultsOf(
      "let x = 1; { let x = 2; x += 1; } for (let x = 5; x < 6; x++) x; const f = (x = 3) => ({ x }); [x, f().x]",
      "const g = ({ x }: { x: number }) => { try { throw 7 } catch (x) { return x } }; [g({ x: 4 }), { x }.x]",
      "({ x } = { x: 9 }); [x] = [x + 1]; class C { static x = x; x = x * 2; get() { return this } } [C.x, new C().x, x++, x]",
      "function self() { return this } [self(), (() => typeof arguments)(), [1].map(String), f`t`.x]",
      "const shadowed = x => { var x; function x2() {} return x2.name + x }; shadowed(1)",
    ),
    ["[ 1, 3 ]", "[ 7, 1 ]", "[ 10, 20, 10, 11 ]", "[ undefined, 'undefined', [ '1' ], [ 't' ] ]", "'x21'"],
  );
});

test("a name has no value before its declaration, and constants none but the first", async () => {
  const { run } = newNotebook();
  const message = async (source: string) => (await run(source)).error?.message;
  assert.equal(await message("early; const early = 1;"), "Cannot access 'early' before initialization");
  assert.match((await message("early")) ?? "", /^early is not defined; if an earlier cell/);
  assert.equal(
    await message("let fine = 1; const fixed = 1; fine = 2; fixed = 2;"),
    "Assignment to constant variable.",
  );
  assert.match((await message("fine")) ?? "", /^fine is not defined/, "nothing of such a cell runs");
  await run("const fixed = 1; const set = () => { nothing(); }; let count = 1;");
  assert.equal(await message("count = 2;\nfixed++"), "Assignment to constant variable.");
  assert.equal(await message("count.x.y"), "Cannot read properties of undefined (reading 'y')");
  assert.equal(await message("count()"), "count is not a function");
  assert.match((await message("set()")) ?? "", /^nothing is not defined; if an earlier cell declares it/);
});

test("loops over a cell's variables are fast", { timeout: 20_000 }, async () => {
  const { run } = newNotebook();
  await run("const step = (n: number) => n + 1; let sum = 0;");
  const began = process.cpuUsage();
  assert.equal((await run("for (let i = 0; i < 1e7; i++) sum = step(sum);\nsum")).result, "10000000");
  const { user } = process.cpuUsage(began);
  assert.ok(user < 1.5e6, `${user} µs; a tenth of that is usual, and two seconds if each name is looked up`);
});

test("a cell that fails keeps what it has set, and the old values of what it has not", async () => {
  const { run } = newNotebook();
  await run("const a = 1, b = 2;");
  assert.equal((await run("const a = 10; null!.x; const b = 20, c = 30;")).error?.name, "TypeError");
  assert.equal((await run("[a, b, typeof c]")).result, "[ 10, 2, 'undefined' ]");
});

test("a cell may await, at its top and in its last expression", async () => {
  assert.deepEqual(
    await resultsOf(
      "const v = await Promise.resolve(7);\nfor await (const x of [v]) x;",
      "await Promise.resolve(v + 1)",
    ),
    [undefined, "8"],
  );
});

test("xorlab and TensorFlow.js can be imported, in every form, and by later cells again", async () => {
  assert.deepEqual(
    await resultsOf(
      'import { mlp, truthTable as table, type Run, Dataset } from "xorlab";\nimport type { Study } from "xorlab";',
      'import * as all from "xorlab"; import * as tf from "@tensorflow/tfjs"; import "xorlab";\n[all.mlp === mlp, tf.sequential === all.tf.sequential, table("xor").rows]',
      'import { mlp } from "xorlab"; mlp({ hidden: 3 }).countParams()',
      "const table = 1; table",
    ),
    [undefined, "[ true, true, 4 ]", "13", "1"],
  );
});

test("other packages and unknown exports are errors that say what there is", async () => {
  const { run } = newNotebook();
  const { error } = await run('const a = 1;\n  import { readFileSync } from "node:fs"; a');
  assert.equal(
    error?.message,
    '"node:fs" cannot be imported here: a page has "xorlab" and "@tensorflow/tfjs" only; JupyterLab has all packages',
  );
  assert.deepEqual([error.line, error.column], [2, 3]);
  assert.equal(error.name, "ImportError");
  const unknown = (await run('import { tarin } from "xorlab";')).error;
  assert.equal(unknown?.name, "SyntaxError");
  assert.match(unknown.message, /did you mean "train"\?/);
  assert.match(
    (await run("train()")).error?.message ?? "",
    /xorlab exports it: import \{ train \} from "xorlab"/,
  );
});

test("an error names line and column as the reader sees them, with a caret", async () => {
  const { run } = newNotebook();
  await run(
    "function fail(given: string, code: number): never {\n  throw new RangeError(given + code); // here\n}",
  );
  const { error } = await run('const text: string = "no";\n\n\tfail(text as string, 7);\ntext');
  assert.deepEqual([error?.name, error?.message, error?.line, error?.column], ["RangeError", "no7", 3, 2]);
  assert.deepEqual(error?.details, [
    "    at fail, cell [1], line 2, column 9",
    "    1 | function fail(given: string, code: number): never {",
    "  > 2 |   throw new RangeError(given + code); // here",
    "      |         ^",
    "    at cell [2], line 3, column 2",
  ]);
  const last = await run("const n: number = 1;\n\n  (n as any).x.y;");
  assert.deepEqual([last.error?.line, last.error?.column], [3, 16]);
});

test("a syntax error has its place", async () => {
  const { run } = newNotebook();
  for (const [source, line, column] of [
    ["const a: number = 1;\nconst b: string = = 2;", 2, 19],
    ["let x: number = 1;\nlet x = 2;", 2, 5],
    ["function f(a: number) {\n  return a +;\n}", 2, 13],
    ["if (1) {", 1, 9],
    ["return 1", 1, 1],
  ] as const) {
    const { error } = await run(source);
    assert.equal(error?.name, "SyntaxError", source);
    assert.deepEqual([error.line, error.column], [line, column], `${source}: ${error.message}`);
    assert.doesNotMatch(error.message, /\(\d+:\d+\)/);
  }
});

test("causes, thrown values and errors that nobody handled are shown", async () => {
  const { run } = newNotebook();
  const { error } = await run('throw new Error("outer", { cause: new TypeError("inner") });');
  assert.ok(error?.details.includes("Caused by TypeError: inner"));
  assert.deepEqual((await run("throw { a: 1 }")).error, { name: "Thrown", message: "{ a: 1 }", details: [] });
});

test("what a value's own method gives is shown; if it fails, its text and why", async () => {
  const { run } = newNotebook();
  const shown = await run(
    'const d = Symbol.for("Jupyter.display");\n({ [d]: () => ({ "text/html": "<b>" }) })',
  );
  assert.match(JSON.stringify(shown.said), /"text\/html":"<b>"/);
  assert.equal((await run("({ [d]: () => ({}) })")).result, undefined);
  const failed = await run('({ [d]() { throw new Error("no"); } })');
  assert.match(failed.text, /own display failed: Error: no/);
  assert.match(String(failed.result), /Jupyter\.display/);
});

test("stop() ends a cell that waits, and keeps its variables", {
  timeout: 20_000,
}, async () => {
  const { notebook, run } = newNotebook();
  const waiting = run("const kept = 1; await new Promise(() => {});");
  setTimeout(notebook.stop, 20);
  const { error, said } = await waiting;
  assert.equal(error?.name, "KeyboardInterrupt");
  assert.deepEqual(
    said.map(({ says }) => says),
    ["heard", "error", "done"],
  );
  assert.equal((await run("kept")).result, "1");
});
