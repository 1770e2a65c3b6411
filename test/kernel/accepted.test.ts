import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, resultText, streamed, tracebackText } from "../support/kernelText.js";

/** Code that TypeScript takes, and that a kernel might not: what the running Node has, and types that cannot be written. */

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

test("the library of the running Node is known, and not more", async () => {
  assert.equal(await last("[3, 1].toSorted().with(0, 2).findLast((x) => x > 0)"), "3");
  assert.equal(await last("/[\\p{L}--[a-z]]/v.test('A')"), "true");
  for (const [name, code] of [
    ["Object.groupBy", "Object.groupBy([1, 2, 3], (x) => (x % 2 ? 'odd' : 'even')).odd?.length"],
    ["Promise.withResolvers", "typeof Promise.withResolvers<number>().resolve"],
    ["Set.prototype.union", "new Set([1]).union(new Set([2])).size"],
    ["Array.fromAsync", "(await Array.fromAsync([Promise.resolve(1)]))[0]"],
    ["globalThis.Iterator", "Iterator.from([1, 2]).map((x) => x + 1).toArray().length"],
  ]) {
    const there = (await last(`// @ts-nocheck\n${name} !== undefined`)) === "true";
    const { content } = (await kernel.run(code)).reply;
    assert.equal(content.status, there ? "ok" : "error", `${code}: ${content.evalue}`);
    if (!there) assert.equal(content.ename, "TypeScriptError", code);
  }
});

test("what Node has without types, and what cells or packages add to globalThis, may be used by its name", async () => {
  const empty = "new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])";
  assert.equal(
    await last(
      `const { instance } = await WebAssembly.instantiate(${empty});\nObject.keys(instance.exports).length + 1`,
      "const kept = WebAssembly;\nkept.validate(new Uint8Array(1))",
    ),
    "false",
  );
  assert.equal(
    await last("crypto.subtle instanceof SubtleCrypto && performance instanceof Performance"),
    "true",
  );
  assert.equal(
    await last("globalThis.added = (n: number) => n + 1;", "added(1) + [1].map((n) => added(n))[0]"),
    "4",
  );
  assert.equal((await kernel.run("let added2 = addde(1);")).reply.content.ename, "TypeScriptError");
  assert.equal(
    (await kernel.run("const s: string = added;\nconst n: number = 'x';")).reply.content.evalue?.includes(
      "line 2",
    ),
    true,
  );
});

test("imports of all forms, and import.meta", async () => {
  await last(
    'import whole, { join as joined, default as again, type ParsedPath } from "path";\nimport alone, * as space from "node:path";\nimport { "sep" as separator } from "path";\nnamespace Deep {\n  export namespace Inner {\n    export let counter = 0;\n    export const up = () => ++counter;\n  }\n}\nimport Short = Deep.Inner;',
  );
  assert.equal(
    await last(
      'const parsed: ParsedPath = alone.parse("a");\n[whole === again, joined("a", "b"), space.sep + separator, (space as any).default === alone, parsed.name, Short.up()]',
    ),
    "[ true, 'a/b', '//', true, 'a', 1 ]",
  );
  assert.equal(await last("Deep.Inner.up();", "Short.counter"), "2");
  assert.equal(
    await last("import.meta.dirname === process.cwd() && import.meta.url.startsWith('file:')"),
    "true",
  );
});

test("classes with accessors, static blocks and decorators, generators, labels and switches", async () => {
  await last(
    'const seen: unknown[] = [];\nconst key = "dynamic";\nlet base = { v: 1 };\nfunction register(_: unknown, { name }: ClassDecoratorContext) {\n  seen.push(name);\n}\n@register\nclass Registered {\n  static self = Registered.name;\n  accessor count = base.v;\n  [key]() {\n    return base.v;\n  }\n  static {\n    seen.push(Registered.self);\n  }\n}',
    "const made = new Registered();\nmade.count += 2;\nbase = { v: 9 };",
  );
  assert.equal(await last("[made.count, made.dynamic(), seen]"), "[ 3, 9, [ 'Registered', 'Registered' ] ]");
  assert.equal(
    await last(
      "const passing = function* (): Generator<number, void, number> {\n  const got = yield base.v;\n  yield* [got, base.v];\n};\nconst it = passing();\n[it.next().value, it.next(5).value, it.next().value]",
    ),
    "[ 9, 5, 9 ]",
  );
  const functions =
    "const all: (() => number)[] = [];\nfor (let q = 0; q < 2; q++) all.push(() => q * base.v);\nfor (var u of [1, 2]) all.push(() => u);\nall.map((f) => f())";
  assert.equal(await last(functions), "[ 0, 9, 2, 2 ]");
  assert.equal(
    await last(
      "outer: for (const a of [1, 2])\n  for (;;) {\n    if (a === base.v) break outer;\n    continue outer;\n  }\nswitch (base.v) {\n  case 9:\n    var chosen = 'nine';\n}\nchosen",
    ),
    "'nine'",
  );
  assert.equal(
    await last("[base.v++, ++base.v, typeof base, -base.v, delete (base as any).w, void base]"),
    "[ 9, 11, 'object', -11, true, undefined ]",
  );
});

test("using disposes at the end of the cell, after an error too, and the variable is known later", async () => {
  const open = (name: string) => `{ name: "${name}", [Symbol.dispose]() { console.log("closed ${name}"); } }`;
  const file = `using file = ${open("a")}, second = ${open("b")};\nclass After {\n  name = file.name;\n}\nfunction seen() {\n  return file.name;\n}\nconsole.log(new After().name, second.name);`;
  assert.equal(await last(file), "a b\nclosed b\nclosed a\n");
  assert.equal(await last("[seen(), new After().name, second.name]"), "[ 'a', 'a', 'b' ]");
  const failing = await kernel.run(`using other = ${open("c")};\nthrow new Error("thrown");`);
  assert.equal(streamed(failing), "closed c\n");
  assert.equal(failing.reply.content.evalue, "thrown");
  const later =
    "await using late = { async [Symbol.asyncDispose]() { await null; console.log('late'); } };\n'value'";
  const cell = await kernel.run(later);
  assert.deepEqual([streamed(cell), resultText(cell)], ["late\n", "'value'"]);
});

test("decorators are those of the standard", async () => {
  await last(
    "function logged<T extends (...all: any[]) => unknown>(method: T, { name, kind }: ClassMethodDecoratorContext) {\n  return function (this: unknown, ...all: any[]) {\n    return [kind, name, method.apply(this, all)];\n  } as unknown as T;\n}",
    "class Decorated {\n  static count = 0;\n  @logged add(a: number, b: number): unknown {\n    Decorated.count++;\n    return a + b;\n  }\n}",
  );
  assert.equal(await last("[new Decorated().add(1, 2), Decorated.count]"), "[ [ 'method', 'add', 3 ], 1 ]");
});

test("types that cannot be written down keep no cell from running, and are usable later", async () => {
  await last(
    "function withSecret<T extends new (...all: any[]) => object>(Base: T) {\n  return class extends Base {\n    private secret = 1;\n    protected half = 2;\n    tell() {\n      return this.secret + this.half;\n    }\n  };\n}\nclass Plain {\n  y = 2;\n}\nconst Mixed = withSecret(Plain);\nnew Mixed().tell()",
  );
  assert.equal(await last("[new Mixed().tell(), new (withSecret(class {}))().tell()]"), "[ 3, 3 ]");
  await last(
    "function hidden() {\n  interface Local {\n    q: number;\n  }\n  enum Inner {\n    one = 1,\n  }\n  class Own {\n    #p = 5;\n    p = () => this.#p;\n  }\n  return { local: { q: 1 } as Local, inner: Inner.one, own: new Own() };\n}\nconst got = hidden();",
  );
  assert.equal(
    await last("const { local, inner, own } = hidden();\n[got.local.q, local.q, inner, own.p()]"),
    "[ 1, 1, 1, 5 ]",
  );
  assert.equal(await last("const anonymous = new (class {\n  z = 4;\n})();", "anonymous.z"), "4");
  assert.equal(
    await last("const unique = Symbol('u');\nconst keyed = { [unique]: 1 };", "keyed[unique]"),
    "1",
  );
});

test("declare global adds to what all cells know", async () => {
  await last(
    "declare global {\n  interface Array<T> {\n    final(): T;\n  }\n  var everywhere: number;\n}\nArray.prototype.final = function () {\n  return this[this.length - 1];\n};\nglobalThis.everywhere = 7;",
  );
  assert.equal(await last("[[1, 2].final().toFixed(), everywhere]"), "[ '2', 7 ]");
  assert.equal(
    await last("declare const everywhere2: number;\n(globalThis as any).everywhere3 = 8;\n1"),
    "1",
  );
  assert.equal(await last("declare const everywhere3: number;\neverywhere3", "everywhere3"), "8");
});

test("@ts-nocheck turns checks off, for its cell only; @ts-expect-error for a line", async () => {
  assert.equal(await last("// @ts-nocheck\nconst loose: number = 'text';\nloose.length"), "4");
  assert.equal(
    await last("/* why */\n\n// @ts-nocheck: it is a demonstration\nconst more = loose.nothing;\nmore"),
    "",
  );
  assert.equal(await last("// @ts-expect-error\nconst odd: number = 'odd';\nodd"), "'odd'");
  const { content } = (await kernel.run("const strict: number = 'text'; // @ts-nocheck")).reply;
  assert.match(content.evalue ?? "", /not assignable to type 'number'/);
  const broken = await kernel.run("// @ts-nocheck\nnonsense");
  assert.equal(broken.reply.content.ename, "ReferenceError");
  assert.match(tracebackText(errors(broken)[0]), /> 2 \| nonsense/);
});

test("a last line that sets a timer shows one line, and one that ends in a semicolon shows nothing", async () => {
  for (const code of [
    "setTimeout(() => {}, 1)",
    "const timer = setInterval(() => {}, 1000);\ntimer",
    "setImmediate(() => {})",
  ])
    assert.match(String(await last(code)), /^(Timeout|Immediate) \{.*\}$/, code);
  await last("clearInterval(timer);");
  for (const code of ["5;", "5; // five", "[1, 2].map(\n  String,\n);", "await Promise.resolve(1);", "5;;"])
    assert.equal(await last(code), "", code);
  assert.equal(await last("'a;'"), "'a;'");
  assert.equal(await last("5 // ;"), "5");
  assert.equal(await last("6;\ntype T = 1;"), "");
  assert.equal(await last("6\ninterface U {}"), "6");
});

test("a module of the usual layout, src/ beside notebooks/, can be imported, with what it imports", async () => {
  const folder = join(kernel.wire.folder, "..", `src-${process.pid}`);
  const beside = (name: string) => join(folder, name);
  mkdirSync(folder);
  after(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    beside("model.ts"),
    'import { half } from "./half";\nexport const double = (x: number): number => x / half;\n',
  );
  writeFileSync(beside("half.ts"), "export const half = 0.5;\n");
  assert.equal(await last(`import { double } from "../src-${process.pid}/model";\ndouble(4)`), "8");
  const { evalue } = (await kernel.run("double('text');")).reply.content;
  assert.match(evalue ?? "", /not assignable to parameter of type 'number'/);
});
