import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Execution, type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, places, resultText, streamed, tracebackText } from "../support/kernelText.js";

/** The variables at the top of cells: the same for all cells, in functions, classes and timers too. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel?.close());

/** Runs cells in order, and gives the last one's result, or what it printed. */
async function last(...cells: string[]): Promise<unknown> {
  let text: unknown;
  for (const code of cells) {
    const cell = await kernel.run(code);
    assert.equal(cell.reply.content.status, "ok", `${code}\n${JSON.stringify(errors(cell))}`);
    text = resultText(cell) ?? streamed(cell);
  }
  return text;
}

/** Runs a cell that must fail; its error. */
async function failure(code: string): Promise<{ text: string; cell: Execution }> {
  const cell = await kernel.run(code);
  assert.equal(cell.reply.content.status, "error", code);
  return { text: tracebackText(errors(cell)[0]), cell };
}

test("a function and later cells count with the same variable, both ways", async () => {
  await last("let cnt = 0;\nfunction inc() {\n  return ++cnt;\n}", "inc(); inc()", "cnt = 100;");
  assert.equal(await last("inc()"), "101");
  assert.equal(await last("cnt"), "101");
  assert.equal(await last("cnt += 0.5;", "inc();", "cnt"), "102.5");
});

test("closures in timers, methods, getters, fields, generators and async functions see later values", async () => {
  await last(
    "let on = true;\nlet ticks = 0;\nconst timer = setInterval(() => {\n  if (!on) clearInterval(timer);\n  ticks++;\n}, 5);",
    "on = false;\nawait new Promise((go) => setTimeout(go, 60));",
  );
  const stopped = await last("ticks");
  assert.equal(await last("await new Promise((go) => setTimeout(go, 60));\nticks"), stopped);
  await last(
    "let rate = 1;\nclass Reader {\n  first = rate;\n  static made = 0;\n  #own = rate;\n  get now() {\n    return rate;\n  }\n  own() {\n    return [this.#own, rate];\n  }\n  static set(value: number) {\n    rate = value;\n  }\n}\nconst reader = new Reader();",
    "rate = 2;",
  );
  assert.equal(await last("JSON.stringify([reader.now, reader.own(), new Reader().first])"), "'[2,[1,2],2]'");
  assert.equal(await last("Reader.set(9);\nrate"), "9");
  await last(
    "function* numbers() {\n  for (;;) yield rate;\n}\nasync function* later() {\n  for (let i = 0; i < 2; i++) {\n    await null;\n    yield rate++;\n  }\n}\nconst steps = numbers();",
  );
  assert.equal(await last("rate = 3;", "steps.next().value"), "3");
  const seen =
    "const got: number[] = [];\nfor await (const r of later()) got.push(r, rate);\nJSON.stringify(got)";
  assert.equal(await last(seen), "'[3,4,4,5]'");
});

test("what is declared anew is seen by earlier cells too", async () => {
  await last(
    "function helper(x: number) {\n  return x;\n}\nconst factor = 2;\nfunction main() {\n  return helper(3) * factor;\n}",
  );
  assert.equal(await last("main()"), "6");
  assert.equal(await last("function helper(x: number) {\n  return x + 1;\n}", "main()"), "8");
  assert.equal(await last("const factor = 10;", "main()"), "40");
  await last(
    "class Shape {\n  sides = 3;\n}\nconst make = () => new Shape();",
    "class Shape {\n  sides = 4;\n}",
  );
  assert.equal(await last("make().sides"), "4");
  await last(
    "import { join } from 'node:path';\nconst put = () => join('a', 'b');",
    "const join = () => 'mine';",
  );
  assert.equal(await last("put()"), "'mine'");
  assert.equal(await last("import { join } from 'node:path';", "put()"), "'a/b'");
  await last("enum Level {\n  low,\n}\nconst level = () => Level[0];", "enum Level {\n  none,\n}");
  assert.equal(await last("level()"), "'none'");
  await last("let list = [1];\nconst size = () => list.length;", "list = [1, 2, 3];");
  assert.equal(await last("size()"), "3");
});

test("a cell that is run again, with another type for its constant, is right", async () => {
  const cell = (value: string) => `const setting = ${value};\nconst twice = () => [setting, setting];`;
  assert.equal(await last(cell("1"), "twice()"), "[ 1, 1 ]");
  assert.equal(await last(cell("'a'"), "setting.toUpperCase() + twice().length"), "'A2'");
  assert.match((await failure("setting = 'b';")).text, /Cannot assign to 'setting' because it is a constant/);
  assert.match((await failure("setting.toFixed();")).text, /'toFixed' does not exist on type/);
});

test("destructuring with defaults and rests, nested, in declarations, assignments and loops", async () => {
  await last(
    "const source = { a: 1, deep: { list: [undefined, 4, 5], more: { z: 26 } as { z: number; q?: () => number } }, x: 7, y: 8 };\nconst key = 'x';",
    "let { a, deep: { list: [first = a + 1, ...others], more: { z, q = () => z } }, [key]: computed, ...rest } = source;",
  );
  assert.equal(
    await last("JSON.stringify([a, first, others, z, computed, rest, q(), q.name])"),
    `'[1,2,[4,5],26,7,{"y":8},26,"q"]'`,
  );
  assert.equal(await last("[a, first] = [first, a];\n[a, first]"), "[ 2, 1 ]");
  assert.equal(
    await last(
      "({ a, z = 3, deep: { list: [, first = 0] } } = { a: 5, z: undefined, deep: source.deep } as any);\n[a, z, first]",
    ),
    "[ 5, 3, 4 ]",
  );
  assert.equal(
    await last(
      "for (var [name, { value: held = 1 }] of Object.entries({ n: { value: 2 } as { value?: number } })) ;",
      "name + held",
    ),
    "'n2'",
  );
  assert.equal(
    await last("for (a of [7, 8]);\nfor (const k in { only: 1 }) z = k.length;\n[a, z]"),
    "[ 8, 4 ]",
  );
  assert.equal(
    await last(
      "const {} = source, [] = [];\nfunction open({ a, z = a }: { a: number; z?: number }) {\n  return a + z;\n}\nopen({ a: 1 })",
    ),
    "2",
  );
});

test("var is known after the block that declares it, with its type", async () => {
  await last(
    "if (true) {\n  var inner = [1];\n}\nfor (var i = 0, n = 3; i < n; i++) {\n  var square = i * i;\n}\ntry {\n  throw 5;\n} catch (caught) {\n  var got = caught as number;\n}",
  );
  assert.equal(await last("const typed: number = inner[0] + i + square + got;\ntyped"), "13");
  assert.match((await failure("square.nothing;")).text, /'nothing' does not exist on type 'number'/);
  assert.equal(await last("var twice1 = 1;\nvar twice1: number;\ntwice1"), "1");
  assert.equal(
    await last("var never: number | undefined;", "[typeof never, never]"),
    "[ 'undefined', undefined ]",
  );
});

test("nearer names hide a cell's", async () => {
  await last("let hidden = 'top';\nconst see = () => hidden;");
  for (const [code, result] of [
    ["((hidden: number) => hidden)(1)", "1"],
    ["(({ hidden }: { hidden: number }) => ({ hidden }))({ hidden: 2 })", "{ hidden: 2 }"],
    ["(() => {\n  try {\n    throw 3;\n  } catch (hidden) {\n    return hidden;\n  }\n})()", "3"],
    ["(() => {\n  let hidden = 4;\n  hidden++;\n  return [hidden, see()];\n})()", "[ 5, 'top' ]"],
    ["(function hidden(): string {\n  return typeof hidden;\n})()", "'function'"],
    ["(() => {\n  class hidden {}\n  return new hidden() instanceof hidden;\n})()", "true"],
    ["(() => {\n  for (const hidden of [6]) return hidden;\n})()", "6"],
    ["hidden: for (;;) {\n  break hidden;\n}\nhidden", "'top'"],
    ["({ hidden: 7 }).hidden", "7"],
    ["({ hidden() { return hidden; } }).hidden()", "'top'"],
    ["(() => {\n  enum E {\n    hidden = 8,\n    other = hidden,\n  }\n  return E.other;\n})()", "8"],
    ["`$" + "{hidden} $" + "{((hidden) => hidden)(9)}`", "'top 9'"],
    ["hidden", "'top'"],
  ])
    assert.equal(await last(code), result, code);
  assert.equal(
    await last(
      "namespace Space {\n  export const hidden = 10;\n  export const seen = hidden;\n}\nSpace.seen",
    ),
    "10",
  );
});

test("a function called by name alone has no this, a method its object", async () => {
  await last(
    "function self(this: unknown) {\n  return this === undefined;\n}\nconst tag = function (this: unknown, parts: TemplateStringsArray) {\n  return parts[0] + (this === undefined);\n};\nconst holder = { self };",
  );
  assert.equal(
    await last("[self(), (self)(), self?.(), self!(), tag`t`, holder.self()]"),
    "[ true, true, true, true, 'ttrue', false ]",
  );
  assert.equal(
    await last("function counted() {\n  return arguments.length;\n}\ncounted(...([1, 2] as unknown as []))"),
    "2",
  );
  assert.equal(await last("this === undefined"), "true");
});

test("functions and classes have the names of their variables", async () => {
  assert.equal(
    await last(
      "const arrow = () => 1, Made = class {}, plain = function () {}, kept = function other() {};\nlet assigned: () => void;\nassigned = () => {};",
      "[arrow, Made, plain, kept, assigned].map((f) => f.name).join()",
    ),
    "'arrow,Made,plain,other,assigned'",
  );
});

test("any name that the language allows is a variable's", async () => {
  const names = [
    "exports",
    "require",
    "constructor",
    "__proto__",
    "toString",
    "hasOwnProperty",
    "__x",
    "globalThis2",
    "$",
    "_",
    "ünïcode",
    "async",
    "of",
    "get",
    "process",
    "console2",
    "Page",
    "value",
  ];
  const each = (text: (name: string) => string) => names.map(text).join("\n");
  await last(
    each((name) => `let ${name} = 5;\nconst read_${name} = () => ${name};`),
    each((name) => `${name}++;`),
  );
  const seen = names.map((name) => `[${name}, read_${name}(), { ${name} }.${name}, typeof ${name}].join()`);
  const right = names.map(() => "6,6,6,number").join(" | ");
  assert.equal(await last(`[${seen.join(", ")}].join(" | ")`), `'${right}'`);
  assert.match((await failure("undeclared + 1")).text, /Cannot find name 'undeclared'/);
  assert.equal(await last("// @ts-ignore\ntypeof undeclared"), "'undefined'");
});

test("types, overloads, generics, abstract classes and merged declarations live on", async () => {
  await last(
    "interface Both {\n  a: number;\n}\nconst Both = { a: 1 };\nfunction pick(x: number): number;\nfunction pick(x: string): string;\nfunction pick(x: unknown) {\n  return x;\n}\nnamespace pick {\n  export const tag = 't';\n}\nclass Box<T> {\n  constructor(readonly held: T) {}\n}\nnamespace Box {\n  export const size = 2;\n}\nabstract class Base {\n  abstract go(): number;\n  run = () => this.go();\n}\ntype Pair<T> = [T, T];\nconst enum Speed {\n  slow = 1,\n  fast = slow + 1,\n}",
  );
  await last("class Mine extends Base {\n  go() {\n    return pick(4);\n  }\n}");
  assert.equal(
    await last(
      "const both: Both = Both;\nconst pair: Pair<string> = [pick('s'), pick.tag];\n[new Mine().run(), both.a, pair, new Box(pair).held.length + Box.size, Speed.fast]",
    ),
    "[ 4, 1, [ 's', 't' ], 4, 2 ]",
  );
  await last("const Both = 'text';");
  assert.equal(await last("const still: Both = { a: 3 };\n[still.a, Both.length]"), "[ 3, 4 ]");
  await last("type Base = string;");
  assert.equal(await last("const base: Base = 'x';\ntypeof Base"), "'function'");
});

test("export is allowed, and means nothing", async () => {
  await last(
    "export const shown = 1;\nexport function told() {\n  return shown;\n}\nexport class Out {}\nexport type Kind = number;\nexport { shown as other };\nexport default told;\nexport * from 'path';",
  );
  assert.equal(await last("const kind: Kind = told();\n[kind, shown, new Out()]"), "[ 1, 1, Out {} ]");
  assert.equal(await last("export default 5"), "5");
});

test("what a cell has assigned before it fails has its value and its type, the rest what it had", async () => {
  await last("const first = 'old';\nconst second = 'old';\nfunction third() {\n  return 'old';\n}");
  const { text } = await failure(
    "const first = 1;\nconst fresh: number | undefined = undefined;\nfunction third() {\n  return 3;\n}\nthrow new Error('half-way');\nconst second = 2;\nclass Never {}",
  );
  assert.match(text, /half-way/);
  assert.equal(
    await last("[first.toFixed(1), second.toUpperCase(), third().toFixed(), fresh]"),
    "[ '1.0', 'OLD', '3', undefined ]",
  );
  assert.match((await failure("new Never();")).text, /Cannot find name 'Never'/);
});

test("errors name the exact line and column, and variables as the cell has them", async () => {
  await last(
    "let nothing: any = null;\nlet notFunction: any = 5;\nfunction outer() {\n  return inner();\n}\nfunction inner(): never {\n  throw new Error('deep');\n}",
  );
  for (const [code, message, line, column] of [
    ["const x1 = 1;\n  notFunction();", "notFunction is not a function", 2, 3],
    ["1 + notFunction.missing.deeper;", "Cannot read properties of undefined (reading 'deeper')", 1, 25],
    ["\n\nnew notFunction();", "notFunction is not a constructor", 3, 1],
    ["for (const x of notFunction) x;", "notFunction is not iterable", 1, 17],
    ["notFunction.go(1);", "notFunction.go is not a function", 1, 13],
    ["`$" + "{nothing.field}`;", "Cannot read properties of null (reading 'field')", 1, 12],
  ] as const) {
    const { cell } = await failure(code);
    const [error] = errors(cell);
    assert.equal(error.evalue?.split(" (and")[0].replace(/^\(intermediate value\)/, ""), message, code);
    assert.deepEqual([places(error)[0].line, places(error)[0].column], [line, column], code);
  }
  const { cell } = await failure("{\n  outer();\n}");
  const [error] = errors(cell);
  assert.deepEqual(
    places(error).map(({ line, column }) => [line, column]),
    [
      [7, 9],
      [4, 10],
      [2, 3],
    ],
  );
  assert.match(tracebackText(error), /at inner, cell[\s\S]*at outer, cell/);
});

test("eval() sees and sets the variables of all cells, as they are when it runs", async () => {
  await last(
    "let seen = 1;\nclass Seen {}\nimport { join } from 'node:path';",
    "const look = (text: string) => eval(text);",
    "seen = 2;\nconst since = 3;",
  );
  assert.equal(await last("look('[seen, since, new Seen(), join(`a`, `b`)]')"), "[ 2, 3, Seen {}, 'a/b' ]");
  assert.equal(await last("await null;\neval('seen = 4');\nseen"), "4");
  assert.equal(await last("const inside = (seen: number) => eval('seen * 2');\ninside(5)"), "10");
  const { text } = await failure("\n  eval('unseen')");
  assert.match(text, /^ReferenceError: unseen is not defined\n {4}at cell \[\d+\], line 2, column 3\n/);
});

test("thousands of variables are as good as few", async () => {
  const names = Array.from({ length: 2000 }, (_, i) => `v${i}`);
  await last(
    names.map((name, i) => `let ${name} = ${i};`).join("\n"),
    "function sum() {\n  v1999 += v0;\n  return v1999;\n}\nv0 = 0.5;",
  );
  assert.equal(await last("sum()"), "1999.5");
  const loop =
    "let total = 0;\nconst start = globalThis.process.cpuUsage();\nfor (let i = 0; i < 1e7; i++) total += v0;\n[total, globalThis.process.cpuUsage(start).user < 2e6]";
  assert.equal(await last(loop), "[ 5000000, true ]");
});
