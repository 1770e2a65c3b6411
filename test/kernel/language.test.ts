import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, resultText, streamed } from "../support/kernelText.js";

/** The language of cells: TypeScript, with names that live on from cell to cell. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel?.close());

/** Runs cells in order, and gives the last one's result. */
async function last(...cells: string[]): Promise<unknown> {
  let text: unknown;
  for (const code of cells) {
    const cell = await kernel.run(code);
    assert.equal(cell.reply.content.status, "ok", `${code}\n${JSON.stringify(errors(cell))}`);
    text = resultText(cell) ?? streamed(cell);
  }
  return text;
}

test("objects of earlier cells are taken apart by name", async () => {
  await last("const layers = { hidden: [1, 2, 3], a: 1, b: 2 };");
  const rest = "const { hidden: [...shape], ...units } = layers;\nJSON.stringify([shape, units])";
  assert.equal(await last(rest), `'[[1,2,3],{"a":1,"b":2}]'`);
  assert.equal(await last("let first: number;\n({ hidden: [first] } = layers);\nfirst"), "1");
});

test("the short form { seed } of a name of an earlier cell works", async () => {
  await last(
    "const seed = 7;\nlet rate = 0.5;\nfunction twice(x: number) {\n  return 2 * x;\n}\nclass Box {}\nimport { join } from 'path';",
  );
  assert.equal(await last("({ seed })"), "{ seed: 7 }");
  assert.equal(
    await last("const o = { a: { seed, list: [{ rate }] } };\nJSON.stringify(o)"),
    `'{"a":{"seed":7,"list":[{"rate":0.5}]}}'`,
  );
  assert.equal(await last("(<T>(x: T): T => x)({ seed, rate })"), "{ seed: 7, rate: 0.5 }");
  assert.equal(await last("rate = 0.25;\n({ rate })"), "{ rate: 0.25 }", "today's value");
  assert.equal(await last("const make = () => ({ seed, twice });\nmake().twice(make().seed)"), "14");
  assert.equal(await last("[typeof { Box }.Box, typeof { join }.join].join()"), "'function,function'");
  assert.equal(await last("`$" + "{JSON.stringify({ seed })} { seed }`"), `'{"seed":7} { seed }'`);
  assert.equal(
    await last("const own = 1;\n({ own, seed })"),
    "{ own: 1, seed: 7 }",
    "beside a name of this cell",
  );
  assert.equal(await last("await (async () => ({ seed, wait: await rate }))()"), "{ seed: 7, wait: 0.25 }");
});

test("patterns, defaults and methods in braces stay what they are", async () => {
  await last("const seed = 7;\nconst rate = 0.5;");
  assert.equal(await last("{\n  const { seed } = { seed: 1 };\n  console.log(seed);\n}"), "1\n");
  assert.equal(
    await last("(({ seed, rate = 3 }: { seed: number; rate?: number }) => seed + rate)({ seed: 1 })"),
    "4",
  );
  assert.equal(await last("(({ rate: x = seed }: { rate?: number }) => x)({})"), "7");
  assert.equal(await last("({ seed() { return 5; } }).seed()"), "5");
  assert.equal(await last("({ get seed() { return 6; } }).seed"), "6");
  assert.equal(
    await last("(() => { const seed = 2; return { seed }; })()"),
    "{ seed: 2 }",
    "the nearer name",
  );
  assert.equal(
    await last("const words = '{ seed }';\nconst re = /{ seed }/;\nwords + re.source"),
    "'{ seed }{ seed }'",
  );
  assert.equal(
    await last("let target = 0, other = 0;\n({ target, other } = { target: 4, other: 5 });\n[target, other]"),
    "[ 4, 5 ]",
  );
  assert.equal(
    await last("let held = 0;", "({ held } = { held: 9 });\nheld"),
    "9",
    "assigned in a later cell",
  );
});

test("const, let, classes, functions, types and imports can be declared again", async () => {
  assert.equal(await last("const x = 1;", "const x = 'two';", "x"), "'two'");
  assert.equal(await last("function f() {\n  return 1;\n}", "function f() {\n  return 2;\n}", "f()"), "2");
  assert.equal(await last("class A {\n  v = 1;\n}", "class A {\n  w = 2;\n}", "new A().w"), "2");
  assert.equal(
    await last("interface P {\n  a: number;\n}", "type P = { b: string };", "const p: P = { b: 'x' };\np.b"),
    "'x'",
  );
  assert.equal(await last("import { sep } from 'path';", "const sep = '!';", "sep"), "'!'");
  assert.equal(await last("enum Colour {\n  red,\n  green,\n}", "Colour[Colour.green]"), "'green'");
  assert.equal(
    await last("let n = 0;\nconst up = () => ++n;", "up();\nup();", "n"),
    "2",
    "closures see later values",
  );
});

test("await works at the top, in loops, in try, in expressions, and for await", async () => {
  const wait = "const wait = <T>(v: T) => new Promise<T>((go) => setTimeout(go, 5, v));";
  assert.equal(
    await last(wait, "let sum = 0;\nfor (const i of [1, 2]) {\n  sum += await wait(i);\n}\nsum"),
    "3",
  );
  assert.equal(
    await last(
      "let got = '';\ntry {\n  await Promise.reject(new Error('no'));\n} catch (e) {\n  got = (e as Error).message;\n} finally {\n  await wait(1);\n}\ngot",
    ),
    "'no'",
  );
  assert.equal(await last("const { a, b: [c] } = await wait({ a: 1, b: [2] });", "a + c"), "3");
  assert.equal(
    await last(
      "async function* gen() {\n  yield 1;\n  yield 2;\n}\nlet total = 0;\nfor await (const v of gen()) total += v;\ntotal",
    ),
    "3",
  );
  assert.equal(
    await last(
      "class Later {\n  v = 1;\n}\nfunction early() {\n  return 3;\n}\nawait wait(0);",
      "new Later().v + early()",
    ),
    "4",
  );
  assert.equal(await last("const answered = (await wait(20)) + 1;\nanswered"), "21");
});

test("types alone, type imports, dynamic imports and node's modules work", async () => {
  assert.equal(
    await last("type Pair = readonly [number, number];", "const pair: Pair = [1, 2];\npair[1]"),
    "2",
  );
  assert.equal(
    await last(
      "import type { Dataset } from 'xorlab';\nconst sizes: Pick<Dataset, 'rows'> = { rows: 3 };\nsizes.rows",
    ),
    "3",
  );
  assert.equal(await last("import { type Run, xor } from 'xorlab';\nxor({ rows: 4, seed: 1 }).rows"), "4");
  assert.equal(await last("const os = await import('os');\ntypeof os.cpus"), "'function'");
  assert.equal(
    await last("import * as fs from 'fs';\nimport path from 'path';\nfs.existsSync(path.join('.', 'no'))"),
    "false",
  );
  assert.equal(await last("import { basename } from 'node:path';\nbasename('/a/b')"), "'b'");
  assert.equal(await last("const lib = await import('xorlab');\ntypeof lib.train"), "'function'");
});

test("a TypeScript module beside the notebook can be imported", async () => {
  writeFileSync(
    join(kernel.wire.folder, "beside.ts"),
    "export const answer: number = 42;\nexport interface Shape {\n  sides: number;\n}\n",
  );
  assert.equal(
    await last(
      "import { answer, type Shape } from './beside';\nconst shape: Shape = { sides: answer };\nshape.sides",
    ),
    "42",
  );
});

test("a package.json that changes beside an open notebook, as with npm install, breaks no cell", async () => {
  const file = join(kernel.wire.folder, "package.json");
  writeFileSync(file, "{}");
  await last("import { other } from './other';\nother", "1").catch(() => undefined); // it looks for what is not there
  for (const text of ['{ "name": "a" }', '{ "name": "b" }']) {
    writeFileSync(file, text);
    writeFileSync(join(kernel.wire.folder, "other.ts"), "export const other = 1;\n");
    await last("await new Promise((go) => setTimeout(go, 400));"); // the compiler hears of it
    assert.equal(await last("6 * 7"), "42", text);
  }
  assert.equal(await last("import { other } from './other';\nother"), "1");
});

test("the newer forms of the language are understood", async () => {
  assert.equal(await last("const maybe: { a?: { b: number } } = {};\nmaybe.a?.b ?? 'none'"), "'none'");
  assert.equal(await last("const typed = { r: 0.5 } satisfies Record<string, number>;\ntyped.r"), "0.5");
  assert.equal(
    await last(
      "class Private {\n  #hidden = 3;\n  static made = 0;\n  get hidden() {\n    return this.#hidden;\n  }\n}\nnew Private().hidden",
    ),
    "3",
  );
  assert.equal(await last("let z: number | null = null;\nz ??= 4;\nz"), "4");
  assert.equal(await last("[3, 1, 2].at(-1)"), "2");
  assert.equal(await last("label: for (;;) {\n  break label;\n}\n1_000"), "1000");
});

test("names that the kernel might use itself are the user's", async () => {
  for (const name of ["module", "run", "code", "cell", "ts", "display", "result", "kernel"])
    assert.equal(await last(`const ${name} = 5;`, `${name} + 1`), "6", name);
  assert.equal(await last("const require2 = typeof require;\nrequire2"), "'function'");
});
