import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openProject, type Project } from "../../support/kernelProject.js";
import { streamed } from "../../support/kernelText.js";

/** What goes wrong in one's own modules, and with imports, as the reader of the notebook sees it. */

let project: Project;
before(async () => {
  project = await openProject({
    "package.json": { name: "project" },
    "src/boom.ts":
      'interface Given {\n  readonly x: number;\n}\n\nexport function boom({ x }: Given): never {\n  // it goes wrong\n  const text: string = "too " +\n    String(x);\n  throw new RangeError(text);\n}\n\nexport const later = (): void => {\n  setTimeout(() => boom({ x: 3 }), 0);\n};',
    "src/uses.ts":
      'import { boom } from "./boom";\nexport class Uses {\n  run(): void {\n    boom({ x: 2 });\n  }\n}',
    "src/atOnce.ts": 'export const n = 1;\nJSON.parse("{");',
    "src/wrong.ts": 'export const n: number =\n  "text";\nexport const missing: string = "".nothing;',
    "src/lacks.ts": 'import { x } from "./nothing-there";\nexport { x };',
    "notebooks/bad.mjs": "export const a = 1;\nexport const = 2;",
    "notebooks/bad.json": '{ "a": }',
  });
});
after(() => project?.close());

test("an error thrown in one's own module shows its file, line and TypeScript, and the way to the cell", async () => {
  const text = await project.failure('import { Uses } from "../src/uses";\nnew Uses().run();');
  assert.equal(
    text.replace(/cell \[\d+\]/, "cell [n]"),
    [
      "RangeError: too 2",
      "    at boom, ../src/boom.ts, line 9, column 9",
      "    8 |     String(x);",
      "  > 9 |   throw new RangeError(text);",
      "      |         ^",
      "    at Uses.run, ../src/uses.ts, line 4, column 9",
      "    at cell [n], line 2, column 12",
    ].join("\n"),
  );
});

test("so do error.stack, an error of a timer, and one that is thrown while a module loads", async () => {
  const cell = await project.succeed(
    'import { boom } from "../src/boom";\ntry {\n  boom({ x: 1 });\n} catch (error) {\n  console.log((error as Error).stack);\n}',
  );
  assert.match(
    streamed(cell),
    /^RangeError: too 1\n {4}at boom \(\.\.\/src\/boom\.ts:9:9\)\n {4}at cell \[\d+\]:3:3\n$/,
  );
  const header = await project.kernel.submit('import { later } from "../src/boom";\nlater();');
  const error = await project.kernel.output(header, "error");
  assert.match(error.content.traceback!.join("\n"), /boom\.ts, line 9, column 9/);
  await project.kernel.end(header);
  const loading = await project.failure('\nimport { n } from "../src/atOnce";\nn');
  assert.match(loading, /^SyntaxError: .*\n {4}at \.\.\/src\/atOnce\.ts, line 2, column 6\n/);
  assert.match(loading, /at cell \[\d+\], line 2, column 19$/);
});

test("type errors in one's own modules have file, line and excerpt", async () => {
  const text = await project.failure('import { n } from "../src/wrong";\nn');
  assert.match(
    text,
    /TypeScript error 2322: Type 'string' is not assignable to type 'number'\. \(\.\.\/src\/wrong\.ts, line 1\)\n {2}> 1 \| export const n: number =\n {4} {2}\| {14}\^\n/,
  );
  assert.match(
    text,
    /Property 'nothing' does not exist.*wrong\.ts, line 3\)\n {4}2 \| {3}"text";\n {2}> 3 \| /,
  );
});

test("what is no JavaScript or JSON is said with its file and line", async () => {
  assert.match(
    await project.failure('import { a } from "./bad.mjs";'),
    /bad\.mjs, line 2\)\n.*1 \| export const a = 1;\n {2}> 2 \| export const = 2;/,
  );
  assert.match(
    await project.failure('await import("./bad.mjs" as string);'),
    /SyntaxError: .*\(bad\.mjs, line 2, column 14\)/,
  );
  assert.match(
    await project.failure('await import("./bad.json" as string);'),
    /SyntaxError: bad\.json is not JSON/,
  );
});

test("an import that cannot work says the cure, in a cell, in a module, and when the code runs", async () => {
  for (const [name, cure] of [
    ["npm:lodash@4/fp", /Run "npm install lodash@4" in .*, and import "lodash\/fp"\./],
    ["jsr:@std/path", /Run "npx jsr add @std\/path"/],
    ["https://esm.sh/x.js", /nothing from the web/],
    ["file:///some/place.mjs", /Write its path instead: "\/some\/place\.mjs"/],
    ["data:text/javascript,0", /save the text as a file/],
    ["nothere/part", /Run "npm install nothere" in \S+; no restart is needed/],
    ["node:fss", /Did you mean "node:fs"\?/],
    ["fss", /Did you mean "fs"\?/],
    ["../src/bom", /Did you mean "\.\.\/src\/boom"\?/],
  ] as const) {
    assert.match(await project.failure(`import x from "${name}";\nx`), cure);
    assert.match(await project.failure(`import "${name}";`), cure);
    const thrown = await project.failure(`await import("${name}" as string);`);
    assert.match(thrown, cure);
    assert.match(thrown, /cell \[\d+\], line 1/);
  }
  assert.match(
    await project.failure('import { x } from "../src/lacks";'),
    /nothing-there.*\(\.\.\/src\/lacks\.ts, line 1\)/,
  );
});
