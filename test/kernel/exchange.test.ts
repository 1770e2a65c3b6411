import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { compileCell } from "../../src/kernel/compile.js";
import { createScope } from "../../src/kernel/scope.js";
import { entriesAt } from "../../src/kernel/services.js";
import { loadTslab } from "../../src/kernel/tslab.js";

const folder = mkdtempSync(join(tmpdir(), "xorlab-exchange-"));
after(() => rmSync(folder, { recursive: true }));
process.chdir(folder);
const tslab = loadTslab();
const scope = createScope();
let fresh = 0;

const EARLIER = { text: "declare let n: number;", name: "n", isValue: true, isType: false };

/** What becomes of a cell; `anew`: with a program that no other cell had. */
function compiled(source: string, anew = false): unknown {
  const other = { text: `type Fresh${++fresh} = 1;`, name: `Fresh${fresh}`, isValue: false, isType: true };
  const result = compileCell(tslab, scope, anew ? [EARLIER, other] : [EARLIER], source);
  return JSON.parse(JSON.stringify(result));
}

/** The program in which a cell that declares nothing was compiled. */
function programAfter(source: string) {
  compiled(source);
  return tslab.open(EARLIER.text, `${source}\nexport {}`).program;
}

test("a program that has found no fault in its cell takes the next cell", () => {
  const first = programAfter("1 + n");
  assert.equal(programAfter("2 + n"), first);
  assert.equal(programAfter("for (const one of [1, n]) String(one);"), first);
  assert.notEqual(programAfter('await import("node:path")'), first);
});

test("a program that the compiler was not done with takes no other cell", () => {
  const { program } = tslab.open(EARLIER.text, "1 + n\nexport {}");
  assert.notEqual(programAfter("2 + n"), program);
});

test("a program whose cell is empty takes the next cell", () => {
  const { program } = tslab.open(EARLIER.text, "");
  assert.equal(programAfter("2 + n"), program);
});

test("a program does not outlive a change on disk", () => {
  const importing = { ...EARLIER, text: 'import { mine } from "./mine";\ndeclare let n: number;' };
  const open = () => {
    compileCell(tslab, scope, [importing], "1 + n");
    return tslab.open(importing.text, "1 + n\nexport {}").program;
  };
  writeFileSync("mine.ts", '/// <reference path="./later.d.ts" />\nexport const mine = 1;');
  const first = open();
  compileCell(tslab, scope, [importing], "2 + n");
  assert.equal(open(), first);
  writeFileSync("later.d.ts", "declare type Later = number;");
  const second = open();
  assert.notEqual(second, first);
  writeFileSync("mine.ts", "export const mine = '2';");
  assert.notEqual(open(), second);
});

test("a program does not take cells without end", () => {
  const first = programAfter("1");
  for (let i = 0; i < 100; i++) programAfter(String(i));
  assert.notEqual(programAfter("2"), first);
});

for (const fault of [
  'const text: string = 1; "fault"',
  "// @ts-ignore\nconst text: string = 1;",
  "// @ts-expect-error\nconst text: string = 1;",
  "// @ts-expect-error\nconst text: string = 'no fault';",
  "unknownName",
])
  test(`a cell's faults are its own: ${JSON.stringify(fault)}`, () => {
    const alone = compiled(fault, true);
    assert.deepEqual(compiled("1 + n"), compiled("1 + n", true));
    assert.deepEqual(compiled(fault), alone);
    assert.deepEqual(compiled(fault), alone);
    assert.deepEqual(compiled("1 + n"), compiled("1 + n", true));
  });

test("a fault in half a cell, of which completions are asked, is not the next cell's", () => {
  compiled("1 + n");
  entriesAt(tslab.open(EARLIER.text, "const text: string = 1; text."), 29);
  const right = "const text: string = 'no fault'; text";
  assert.deepEqual(compiled(right), compiled(right, true));
});

const CELLS = [
  "n",
  "function twice(x: number) { return 2 * x; }\ntwice(n)",
  "class A<T> { #hidden = 1; constructor(readonly value: T) {} static { n; } get one() { return this.#hidden; } }\nnew A(n).value",
  'type Kind = "b" | "a"; const kind = (one: Kind) => (one === "b" ? 1 : "none"); kind("a")',
  "const { a, ...rest } = { a: 1, b: [n], c: { d: n } }; rest.c",
  "enum Colour { red, green = 'g' } Colour.red",
  "namespace Inner { export const x = n; } Inner.x",
  "await Promise.all([n, 1])",
  "function marked(value: unknown, context: ClassMethodDecoratorContext) {}\nclass B { @marked run() {} }",
  "{ using held = { [Symbol.dispose]() {} }; }",
  "var list = []; list.push(n); list",
  "for (const [i, one] of [1, 2].entries()) console.log(i + one);",
  "n = 'text'",
  "const x: { readonly a: number } = { a: 'b', c: 1 };",
  "twice(1)",
  "interface Shape { area(): number } abstract class Base implements Shape { abstract area(): number; }\nnew Base()",
  "const later = async function* () { yield n; }; for await (const one of later()) console.log(one);",
  "label: for (;;) break label;",
  "export const shown = n; export default shown",
  'export * from "node:path";',
  'export { join } from "node:path";',
  "const os = await import('node:os'); os.cpus().length",
  'let path: import("node:path").ParsedPath;',
  'import fs = require("node:fs"); fs.existsSync(".")',
  "declare global { var everywhere: number; }\neverywhere",
  "everywhere",
  'declare module "elsewhere" { export const x: number; }',
  '/// <reference lib="dom" />\ndocument.title',
  "document.title",
  "// @ts-nocheck\nconst text: string = 1; text",
  "const broken = ;",
  "[1, 2].map((one) => one.lenght)",
];

test("a cell becomes the same in a program that other cells had", () => {
  const alone = CELLS.map((cell) => compiled(cell, true));
  for (let i = 0; i < CELLS.length; i++) {
    assert.deepEqual(compiled(CELLS[i]), alone[i], CELLS[i]);
    const [other, j] = [CELLS[(7 * i + 3) % CELLS.length], (7 * i + 3) % CELLS.length];
    assert.deepEqual(compiled(other), alone[j], `${other} after ${CELLS[i]}`);
  }
});
