import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { shortText } from "../../src/kernel/shortText.js";
import { membersOf } from "../../src/kernel/values.js";
import { offeredAt, saidOf } from "../support/kernelAsk.js";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { resultText } from "../support/kernelText.js";

/** What the kernel tells of values as they are now, and without running any of their code. */

class Box {
  width = 2;
  get area(): number {
    throw new Error("a getter ran");
  }
  grow() {
    return this.width;
  }
}

const trap = () => {
  throw new Error("a trap ran");
};
const TRAPS = { get: trap, ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap, has: trap };

test("shortText() says a value in one or a few lines", () => {
  for (const [value, text] of [
    [0.5, "0.5"],
    [-0, "-0"],
    ["a\nb", '"a\\nb"'],
    ["x".repeat(100), `"${"x".repeat(59)}…"`],
    [12n, "12n"],
    [undefined, "undefined"],
    [null, "null"],
    [Symbol("s"), "Symbol(s)"],
    [[1, "two", [3]], '[ 1, "two", [ 3 ] ]'],
    [[], "[ ]"],
    [[[[1]]], "[ [ Array(1) ] ]"],
    [Array(2), "[ empty, empty ]"],
    [new Float32Array(1000), "Float32Array(1000) [ 0, 0, 0, 0, 0, 0, 0, 0, … 992 more ]"],
    [{ a: 1, "b c": { d: {} } }, '{ a: 1, "b c": { d: {} } }'],
    [{ a: { b: { c: 1 } } }, "{ a: { b: {…} } }"],
    [Object.create(null), "{ }"],
    [new Box(), "Box { width: 2 }"],
    [Box, "class Box"],
    [() => 1, "function"],
    [shortText, "function shortText"],
    [new Map([["a", { b: 1 }]]), 'Map(1) { "a" => { b: 1 } }'],
    [new Set([1, 2]), "Set(2) { 1, 2 }"],
    [new Set(), "Set(0)"],
    [
      Array.from({ length: 100 }, (_, i) => i / 7),
      "[ 0, 0.14285714285714285, 0.2857142857142857, … 97 more ]",
    ],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
    [new Date(Number.NaN), "Invalid Date"],
    [/a+/g, "/a+/"],
    [new TypeError("no"), 'TypeError: "no"'],
    [Promise.resolve(1), "a promise"],
  ] as const)
    assert.equal(shortText(value), text);
  const long = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`property${i}`, i]));
  assert.equal(
    shortText({ narrow: [1, 2], wide: [long, "x".repeat(59)], long }),
    "{ narrow: [ 1, 2 ], wide: [ {…}, … 1 more ], long: {…} }",
  );
  assert.match(shortText(long), /^\{\n {2}property0: 0,\n[\s\S]*property7: 7,\n {2}… 4 more,\n\}$/);
});

test("neither shortText() nor membersOf() runs getters, traps or methods of a value", () => {
  const hostile = {
    get now(): number {
      return trap();
    },
    toString: trap,
    toJSON: trap,
    [Symbol.toPrimitive]: trap,
    [Symbol.for("nodejs.util.inspect.custom")]: trap,
    get [Symbol.toStringTag](): string {
      return trap();
    },
    get constructor(): () => void {
      return trap();
    },
  };
  assert.match(shortText(hostile), /^\{\n? *now: a getter/);
  assert.ok(membersOf(hostile).includes("now"));
  const proxies = [new Proxy({}, TRAPS), new Proxy(() => 1, TRAPS), Object.create(new Proxy({}, TRAPS))];
  assert.deepEqual(proxies.map(shortText), ["a proxy", "a proxy of a function", "{ }"]);
  assert.deepEqual(
    proxies.map((one) => membersOf(one)),
    [[], [], []],
  );
  const date = Object.assign(new Date(0), { toISOString: trap });
  assert.equal(shortText(date), "1970-01-01T00:00:00.000Z");
  assert.match(shortText(Object.assign(new Error("x"), { name: { toString: trap } })), /^Error: "x"$/);
  class Sly extends Map {
    override get size(): number {
      return trap();
    }
    static override get [Symbol.hasInstance]() {
      return trap();
    }
    override entries() {
      return trap();
    }
    override [Symbol.iterator]() {
      return trap();
    }
  }
  assert.equal(shortText(new Sly()), "Map(0)");
});

test("membersOf() names what can stand behind a dot", () => {
  assert.deepEqual(membersOf(new Box()), ["width", "area", "grow"]);
  assert.deepEqual(membersOf({ a: 1, "b c": 2 }), ["a"]);
  assert.ok(membersOf("text").includes("trim"));
  assert.ok(membersOf(new Float64Array(1e6)).includes("subarray"));
  assert.deepEqual(membersOf(undefined), []);
});

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
  const { folder } = kernel.wire;
  mkdirSync(join(folder, "parts"));
  writeFileSync(
    join(folder, "parts", "shape.ts"),
    "export const sides = 4;\n\n/** Twice as many. */\nexport function twice(sides: number): number {\n  return 2 * sides;\n}\n",
  );
  writeFileSync(join(folder, "data.json"), "{}");
  writeFileSync(join(folder, "package.json"), '{ "dependencies": { "a-package": "1.0.0" } }');
  const packages = join(folder, "node_modules", "a-package");
  mkdirSync(join(packages, "lib"), { recursive: true });
  writeFileSync(
    join(packages, "package.json"),
    '{ "name": "a-package", "exports": { ".": "./lib/index.js", "./extra": "./lib/extra.js", "./parts/*": "./lib/*.js" } }',
  );
  for (const name of ["index", "extra"]) writeFileSync(join(packages, "lib", `${name}.js`), "exports.x = 1;");
  for (const cell of [
    'const parsed: any = JSON.parse(\'{ "rows": [{ "height": 1 }], "total": 3 }\');',
    "let ran = 0;\nconst unknowable: unknown = { get ran() { return ++ran; }, deep: { deeper: 'x' } };",
    "/** Grows. */\nclass Plant {\n  height = 1;\n  /** Taller. */\n  grow(by: number): void {\n    this.height += by;\n  }\n}",
    "const plant = new Plant();\n// Adds.\nconst add = (a: number, b: number): number =>\n  a + b; const other = 1;",
    'import { twice } from "./parts/shape";\nimport { mlp } from "xorlab";\nimport { dirname } from "node:path";',
  ]) {
    const { reply } = await kernel.run(cell);
    assert.equal(reply.content.status, "ok", JSON.stringify(reply.content));
  }
});
after(() => kernel?.close());

const offered = async (marked: string) => (await offeredAt(kernel, marked)).matches;

test("Tab offers the members that a value of type any or unknown has", async () => {
  assert.deepEqual(await offered("parsed.|"), ["rows", "total"]);
  assert.deepEqual(await offered("const n = parsed.to| + 1;"), ["total"]);
  assert.deepEqual(await offered("parsed.rows[0].|"), ["height"]);
  assert.deepEqual(await offered('parsed?.["rows"]![0].h|'), ["height"]);
  assert.deepEqual(await offered("(unknowable as any).|"), ["ran", "deep"]);
  assert.deepEqual(await offered("unknowable.deep.|"), ["deeper"]);
  assert.deepEqual(await offered('parsed["t|"] + 1'), ["total"]);
  assert.deepEqual(await offered("parsed.rows[0]['|"), ["height"]);
  await kernel.run('const prices: Record<string, number> = { "green tea": 3, coffee: 2 };');
  assert.deepEqual(await offered("prices['green t|']"), ["green tea"]);
  assert.deepEqual(await offered("prices.|"), ["coffee"]);
  assert.ok((await offered("process.env.PA|")).includes("PATH"));
  for (const marked of ["// parsed.|", "'parsed.|'", "parsed.none.|", "parsed.rows().|", "unknowable.ran.|"])
    assert.deepEqual(await offered(marked), [], marked);
  assert.equal(resultText(await kernel.run("ran")), "0", "no getter ran");
});

test("Tab offers packages, what they export, and files in an import", async () => {
  const first = await offeredAt(kernel, 'import x from "a-p|');
  assert.deepEqual([first.matches, first.replaced], [["a-package"], "a-p"]);
  assert.deepEqual(await offered('import { y } from "a-package/|";'), ["a-package/extra", "a-package/parts"]);
  assert.deepEqual(await offered('require("a-package/e|")'), ["a-package/extra"]);
  assert.deepEqual(await offered('await import("node:fs/|")'), ["node:fs/promises"]);
  assert.deepEqual(await offered('import "xorl|"'), ["xorlab"]);
  const all = await offered('import "|"');
  assert.ok(all.includes("fs/promises") && all.includes("a-package"), String(all));
  assert.deepEqual(
    all.filter((name) => /\w\/dist/.test(name)),
    [],
    "parts of packages are not offered yet",
  );
  assert.deepEqual(await offered('import { z } from "./|"'), ["./data.json", "./package.json", "./parts/"]);
  const inside = await offeredAt(kernel, 'export * from "./parts/s|ha"; const a = "b";');
  assert.deepEqual([inside.matches, inside.replaced], [["./parts/shape"], "./parts/sha"]);
  assert.deepEqual(await offered('const from = "./|"'), []);
});

const said = async (marked: string, detail = 0) => (await saidOf(kernel, marked, detail)).text;

test("Shift-Tab tells the value beside the type", async () => {
  assert.equal(await said("par|sed"), "const parsed: any\n\nValue: { rows: [ {…} ], total: 3 }");
  assert.match(await said("parsed.tot|al"), /Value: 3$/);
  assert.match(await said("plant.hei|ght + 1"), /Plant\.height: number\n\nValue: 1$/);
  assert.match(await said("({ plant|, add })"), /Value: Plant \{ height: 1 \}$/);
  assert.match(await said("unknow|able"), /unknown\n\nValue: \{ ran: a getter, deep: \{ deeper: "x" \} \}$/);
  assert.doesNotMatch(await said("mlp({ other|: 3 })"), /Value/, "an option");
  assert.doesNotMatch(await said("((other: string) => oth|er)('a')"), /Value/, "a parameter");
  assert.doesNotMatch(await said("ad|d(1, 2)"), /Value/, "a function");
  await kernel.run("plant.grow(2)");
  assert.match(await said("plant.height|"), /Value: 3$/, "today's value");
  assert.equal((await saidOf(kernel, "// pl|ant")).found, false);
  assert.equal(resultText(await kernel.run("ran")), "0", "no getter ran");
});

/** What the pager shows for a cell such as `name?`. */
async function paged(code: string): Promise<string> {
  const { reply } = await kernel.run(code);
  assert.equal(reply.content.status, "ok");
  return String(reply.content.payload?.[0]?.data?.["text/plain"]);
}

test("name? tells type and value, name?? the source as it was written", async () => {
  assert.match(await paged("plant?"), /const plant: Plant\n\nValue: Plant/);
  assert.match(await paged("?plant.height"), /Value: \d/);
  await kernel.run("type Pace = 'fast' | 'slow';");
  assert.match(await paged("Pace?"), /^type Pace = "fast" \| "slow"$/);
  assert.match(
    await paged("Plant??"),
    /class Plant\n\nGrows\.\n\nSource, cell \[3\]:\n\n\/\*\* Grows\. \*\/\nclass Plant \{\n {2}height = 1;[\s\S]*\n\}$/,
  );
  assert.match(
    await paged("add??"),
    /Source, cell \[4\]:\n\n\/\/ Adds\.\nconst add = \(a: number, b: number\): number =>\n {2}a \+ b;$/,
  );
  assert.match(
    await paged("??plant.grow"),
    /Source, cell \[3\]:\n\n {2}\/\*\* Taller\. \*\/\n {2}grow\(by: number\): void \{\n {4}this\.height \+= by;\n {2}\}$/,
  );
  assert.match(
    await paged("twice??"),
    /Source, parts\Wshape\.ts:\n\n\/\*\* Twice as many\. \*\/\nexport function twice\(sides: number\): number \{\n {2}return 2 \* sides;\n\}$/,
  );
  assert.match(await paged("mlp??"), /Source, \S+src\Wmodel\W\w+\.ts:\n\n\/\*\*[\s\S]*export function mlp\(/);
  assert.match(await paged("dirname??"), /Source, node:path:\n\n(function )?dirname\(path\)/);
  assert.doesNotMatch(await paged("plant??"), /Source/);
  assert.match(await said("add|(1, 2)", 1), /Source, cell/, "as detail_level asks");
  assert.equal(resultText(await kernel.run("add(20, 1)")), "21", "it runs as before");
});
