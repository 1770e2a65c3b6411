import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { installed, openProject, type Project } from "../support/kernelProject.js";

/** What a notebook in a project of its own can import: the project's files, and packages. */

const PACKAGES = {
  ...installed(
    "es-only",
    {
      type: "module",
      exports: { ".": { types: "./index.d.ts", import: "./index.js" }, "./parts/*": "./parts/*.js" },
    },
    {
      "index.js":
        'export default (name) => "hello " + name;\nexport const waited = await Promise.resolve(7);',
      "index.d.ts":
        "declare const hello: (name: string) => string;\nexport default hello;\nexport const waited: number;",
      "parts/one.js": 'export const one = 1; export { waited } from "es-only";',
    },
  ),
  ...installed(
    "both",
    { exports: { import: "./both.mjs", require: "./both.cjs" } },
    { "both.mjs": 'export const how = "import";', "both.cjs": 'exports.how = "require";' },
  ),
  ...installed(
    "old",
    { main: "lib/old.js" },
    {
      "lib/old.js": "module.exports = (x) => x + 1; module.exports.extra = 2;",
      "lib/old.d.ts":
        "declare function old(x: number): number;\ndeclare namespace old { const extra: number }\nexport = old;",
      "part.js": "exports.part = 3;",
    },
  ),
  ...installed("undeclared-es", { main: "index.js" }, { "index.js": "export const undeclared = true;" }),
};

const FILES = {
  "package.json": { name: "project", imports: { "#inner": "./src/inner.ts" } },
  "src/model.ts":
    'import { scale } from "./deep/scale";\nexport interface Options { readonly units: number }\nexport class Model {\n  constructor(readonly options: Options) {}\n  run = (x: number): number => scale(x) * this.options.units;\n}',
  "src/deep/scale.ts": "export const scale = (x: number): number => x * 10;",
  "src/counter.ts": "export let count = 0;\nexport const up = (): number => ++count;",
  "src/again.ts": 'export { count as tally } from "./counter";',
  "src/inner.ts": 'export const inner = "inner";',
  "src/folder/index.ts": 'export * from "./other";\nexport type { Shape } from "./other";',
  "src/folder/other.ts": 'export interface Shape { readonly sides: 3 }\nexport const other = "other";',
  "src/circle/a.ts":
    'import { b } from "./b";\nexport const a = (): string => "a" + b();\nexport const name = "A";',
  "src/circle/b.ts": 'import { name } from "./a";\nexport const b = (): string => "b of " + name;',
  "src/waits.ts":
    'import hello from "es-only";\nexport const greeting = await Promise.resolve(hello("you"));\nexport const order = [...((globalThis as any).order ?? []), "waits"];',
  "src/needsWaits.ts": 'import { greeting } from "./waits.ts";\nexport const shout = greeting.toUpperCase();',
  "src/kind.cts": "export = { kind: 'cts' };",
  "src/kind.mts": "export const kind = 'mts';\nexport const { filename, dirname, url } = import.meta;",
  "src/ownNames.ts":
    'import { createRequire } from "node:module";\nimport { dirname } from "node:path";\nimport { fileURLToPath } from "node:url";\nconst require = createRequire(import.meta.url);\nconst __dirname = dirname(fileURLToPath(import.meta.url));\nexport const names = [require("both").how, __dirname === import.meta.dirname, (function (this: unknown) { return this; })()];',
  "src/plain.js": "exports.plain = __filename.length > 0 && this === exports;",
  "src/es.mjs": "export let count = 0;\nexport const up = () => ++count;\nexport default 'es';",
  "notebooks/side.ts": 'console.log("a side effect");',
  "notebooks/view.tsx":
    "const React = { createElement: (...all: unknown[]) => all };\ndeclare namespace JSX { interface IntrinsicElements { b: object } }\nexport const view = <b>text</b>;",
  "notebooks/data.json": { rows: [1, 2] },
};

let project: Project;
before(async () => {
  project = await openProject({ ...PACKAGES, ...FILES });
});
after(() => project?.close());

test("files of one's own: above the notebook, with and without extension, folders, circles", async () => {
  assert.equal(
    await project.value(
      'import { Model, type Options } from "../src/model";\nconst options: Options = { units: 2 };\nnew Model(options).run(4)',
    ),
    "80",
  );
  assert.equal(
    await project.value(
      'import { scale } from "../src/deep/scale";\nimport b = require("../src/deep/scale.js");\nimport { scale as c } from "../src/deep/scale.ts";\nscale === b.scale && scale === c',
    ),
    "true",
  );
  assert.equal(await project.value("import { kind } from '../src/kind.mjs';\nkind"), "'mts'");
  assert.equal(await project.value('import { other, type Shape } from "../src/folder";\nother'), "'other'");
  assert.equal(await project.value('import { a } from "../src/circle/a";\na()'), "'ab of A'");
  assert.equal(await project.value('import { inner } from "#inner";\ninner'), "'inner'");
});

test("every kind of file: .mts, .cts, .js, .mjs, .tsx, .json, and an import for its side effect", async () => {
  assert.equal(
    await project.value(
      'import cts from "../src/kind.cjs";\nimport { kind, filename, dirname, url } from "../src/kind.mjs";\n[cts.kind, kind, filename.endsWith("/src/kind.mts"), dirname.endsWith("/src"), url.startsWith("file:///")].join()',
    ),
    "'cts,mts,true,true,true'",
  );
  assert.equal(await project.value('import { plain } from "../src/plain";\nplain'), "true");
  assert.equal(
    await project.value('import es, * as whole from "../src/es.mjs";\nwhole.up();\n[es, whole.count].join()'),
    "'es,1'",
  );
  assert.equal(
    await project.value('import { view } from "./view";\nJSON.stringify(view)'),
    `'["b",null,"text"]'`,
  );
  assert.equal(
    await project.value(
      'import data from "./data.json";\nimport same from "./data.json" with { type: "json" };\nconst later = await import("./data.json", { with: { type: "json" } });\n[data.rows[1], same.rows[0], later.default.rows.length].join()',
    ),
    "'2,1,2'",
  );
  const { outputs } = await project.succeed('import "./side";');
  assert.deepEqual(
    outputs.map(({ content }) => content.text),
    ["a side effect\n"],
  );
});

test("what a module exports by let is as it is now, in this cell and in later ones, until it is declared anew", async () => {
  const both = `import { count, up } from "../src/counter";
import { tally as same } from "../src/again";
up();
up();
[count, same].join()`;
  assert.equal(await project.value(both), "'2,2'");
  assert.equal(await project.value("up();\n[count, same].join()"), "'3,3'");
  assert.equal(await project.value("let count = 10;\nup();\n[count++, count, same].join()"), "'10,11,4'");
});

test("an ES module may declare the names of CommonJS, and is strict", async () => {
  const code = 'import { names } from "../src/ownNames";\nnames.join()';
  assert.equal(await project.value(code), "'require,true,'");
});

test("modules that wait at the top, directly or not, are awaited before the cell begins", async () => {
  assert.equal(await project.value('import { shout } from "../src/needsWaits";\nshout'), "'HELLO YOU'");
  assert.equal(await project.value('import { greeting } from "../src/waits";\ngreeting'), "'hello you'");
});

test("packages: ES modules only, with conditions, CommonJS, parts, and without types", async () => {
  assert.equal(
    await project.value(
      'import hello, { waited } from "es-only";\nimport { one } from "es-only/parts/one";\n[hello("you"), waited, one].join()',
    ),
    "'hello you,7,1'",
  );
  assert.match(await project.failure('import hello from "es-only";\nhello(1);'), /TypeScript error 2345/);
  assert.equal(
    await project.value(
      'import { how } from "both";\nimport second = require("both");\nconst third = await import("both");\n[how, second.how, third.how, require("both").how].join()',
    ),
    "'import,require,import,require'",
  );
  assert.equal(
    await project.value(
      'import old, { extra } from "old";\nimport { part } from "old/part";\nimport again = require("old");\n[old(1), extra, part, again === old].join()',
    ),
    "'2,2,3,true'",
  );
  assert.equal(await project.value('import { undeclared } from "undeclared-es";\nundeclared'), "true");
  assert.equal(await project.value('typeof (await import("es-only")).default'), "'function'");
  const both = 'const [x, y] = await Promise.all([import("es-only"), import("es-only")]);\nx === y';
  assert.equal(await project.value(both), "true");
});

test("require() and import() of one's own TypeScript", async () => {
  assert.equal(await project.value('require("../src/deep/scale").scale(2)'), "20");
  assert.equal(await project.value('(await import("../src/deep/scale.ts")).scale(3)'), "30");
  assert.match(
    (await project.value('require.resolve("../src/deep/scale")')) as string,
    /src\/deep\/scale\.ts'$/,
  );
  project.write({ "src/waitsToo.ts": "export const x = await Promise.resolve(1);" });
  assert.match(
    await project.failure('require("../src/waitsToo")'),
    /require cannot load "\.\.\/src\/waitsToo".*await import\("\.\.\/src\/waitsToo"\)/,
  );
  assert.equal(
    await project.value('(await import("../src/waitsToo")).x'),
    "1",
    "a vain attempt leaves nothing behind",
  );
});

test("import.meta in a cell", async () => {
  assert.equal(
    await project.value(
      'import { basename } from "node:path";\n[basename(import.meta.dirname), import.meta.url.startsWith("file:///"), import.meta.resolve("../src/model").endsWith("/src/model.ts")].join()',
    ),
    "'notebooks,true,true'",
  );
});

test("a cell has what scripts of CommonJS have, and no arguments", async () => {
  assert.equal(
    await project.value(
      'import { basename, join } from "node:path";\nimport { parseArgs } from "node:util";\nmodule.exports = { main: 1 };\nexports.more = 2;\n[require.main === module, module.exports.main, join(__dirname, "x") === join(process.cwd(), "x"), basename(__filename), parseArgs().positionals.length].join()',
    ),
    "'true,1,true,cell.ts,0'",
  );
  assert.equal(
    await project.value('const __dirname = "own", module = "also";\n[__dirname, module].join()'),
    "'own,also'",
  );
});

test("xorlab and TensorFlow.js come with the kernel", async () => {
  assert.equal(
    await project.value(
      'import { mlp } from "xorlab";\nimport * as tf from "@tensorflow/tfjs";\nconst model: { readonly layers: readonly object[] } = mlp({ hidden: 2 });\n[model.layers.length, tf.tensor([1, 2]).shape[0]].join()',
    ),
    "'2,2'",
  );
  assert.match(await project.failure('import { mlp } from "xorlab";\nmlp({ hiden: 2 });'), /hiden/);
});

test("a cell that stands for a module", async () => {
  await project.succeed("/** @module shapes */\nexport const sides: number = 3;");
  assert.equal(await project.value('import { sides } from "./shapes";\nsides'), "3");
  await project.succeed("/** @module shapes */\nexport const sides: number = 4;");
  assert.equal(await project.value('import { sides } from "./shapes";\nsides'), "4");
});

test("modules that were stopped or failed while they loaded are loaded anew", async () => {
  project.write({ "src/endless.ts": "await new Promise(() => {});\nexport const done = 1;" });
  const header = await project.kernel.submit('import { done } from "../src/endless";\ndone');
  await new Promise((go) => setTimeout(go, 500));
  await project.kernel.interrupt();
  assert.equal((await project.kernel.end(header)).reply.content.ename, "KeyboardInterrupt");
  project.write({ "src/endless.ts": "export const done = 2;" });
  assert.equal(await project.value('import { done } from "../src/endless";\ndone'), "2");
});
