import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import ts from "typescript-for-cells";
import { sourceFile } from "../../src/kernel/ambient.js";
import { CHECKOUT } from "../support/checkout.js";

/** Modules that are declared by name, parsed when they are needed: the compiler sees the same as if all were parsed. */

const NODE = join(dirname(require.resolve("@types/node/package.json")), "index.d.ts");
const TENSORFLOW = join(CHECKOUT, "dist/src/kernel/tensorflow.d.ts");
const options = { module: ts.ModuleKind.Preserve, lib: ["lib.es2022.d.ts"], types: [], skipLibCheck: true };
const MINE = "/mine.ts";
const TEXT = `export {};
declare module "node:zlib" { interface ZlibOptions { mine?: 1 } }
declare module "zlib" { interface ZlibOptions { mine?: 1 } }
import { createGzip } from "node:zlib";
import * as core from "@tensorflow/tfjs-core";
createGzip({ mine: 2 });
const rank: string = core.tensor([1]).add(2).rank;
const code: string = new URL("https://a.b").port + process.stdout.columns;
`;

type Parse = (path: string, textOf: () => string, format: ts.CreateSourceFileOptions) => ts.SourceFile;

function programBy(parse: Parse): ts.Program {
  const host = ts.createCompilerHost(options);
  host.getSourceFile = (path, format) => {
    const text = path === MINE ? TEXT : ts.sys.readFile(path);
    return text === undefined ? undefined : parse(path, () => text, format as ts.CreateSourceFileOptions);
  };
  return ts.createProgram([NODE, TENSORFLOW, MINE], options, host);
}

const parsed: string[] = [];
const counting = {
  ...ts,
  createSourceFile: (...given: Parameters<typeof ts.createSourceFile>) => {
    parsed.push(given[1]);
    return ts.createSourceFile(...given);
  },
} as typeof ts;
const lazy = programBy((path, textOf, format) => sourceFile(counting, path, textOf, format));
const whole = programBy((path, textOf, format) => ts.createSourceFile(path, textOf(), format));

const length = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length, 0);

test("sourceFile() leaves most of Node's and of TensorFlow.js's declarations unread", () => {
  lazy.getTypeChecker();
  const files = whole.getSourceFiles().map(({ text }) => text);
  assert.ok(length(parsed) < length(files) / 2, `${length(parsed)} of ${length(files)} characters`);
  const http2 = parsed.filter((text) => text.includes('declare module "http2"'));
  assert.deepEqual(
    http2.map((text) => text.trim()),
    ['declare module "http2" {}\ndeclare module "node:http2" {}'],
  );
});

test("what cells may be told about types is the same", () => {
  const told = (program: ts.Program) =>
    ts
      .sortAndDeduplicateDiagnostics(program.getSemanticDiagnostics(program.getSourceFile(MINE)))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  assert.deepEqual(told(lazy), told(whole));
  assert.equal(told(lazy).length, 2, told(lazy).join("\n"));
});

test("every module has the same exports; in a twentieth of them their types are compared", () => {
  const described = (program: ts.Program) => {
    const checker = program.getTypeChecker();
    const from = program.getSourceFile(MINE)!;
    const describe = (one: ts.Symbol, isWhole: boolean) => {
      const type = isWhole && checker.typeToString(checker.getTypeOfSymbolAtLocation(one, from), from);
      const declared = isWhole && checker.typeToString(checker.getDeclaredTypeOfSymbol(one), from);
      return `${one.name} ${one.flags} ${one.declarations?.length}: ${type}; ${declared}`;
    };
    const modules = checker.getAmbientModules().sort((a, b) => (a.name < b.name ? -1 : 1));
    return modules.map((one, i) => [
      one.name,
      checker.getExportsOfModule(one).map((exported) => describe(exported, i % 20 === 0)),
    ]);
  };
  const [found, wanted] = [described(lazy), described(whole)];
  assert.ok(found.length > 500, String(found.length));
  assert.deepEqual(found, wanted);
});

test("sourceFile() parses any other file whole", () => {
  const format = { languageVersion: ts.ScriptTarget.ES2022 };
  for (const text of [
    "export const n: number;",
    'declare module "a" { const n: number; }\ndeclare const other: 1;\n',
    'declare module "a" {\n  global {\n    var n: 1;\n  }\n}\n',
    'declare module "a" {\n  import { n } from "elsewhere";\n}\n',
    'import "b";\ndeclare module "a" {\n}\n',
    'declare module "*.svg" {\n  const url: string;\n}\n',
  ])
    assert.equal(sourceFile(ts, "/some.d.ts", () => text, format).text, text);
  assert.notEqual(readFileSync(TENSORFLOW, "utf8").length, lazy.getSourceFile(TENSORFLOW)?.text.length);
});
