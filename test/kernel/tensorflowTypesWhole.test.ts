import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import type { Symbol as Named, SourceFile, TypeChecker } from "typescript-for-cells";
import { notebookCells } from "../support/cells.js";
import { CHECKOUT } from "../support/checkout.js";

// Needs: more than ten seconds

/** The one file of TensorFlow.js's types says what the packages' own 600 say, name by name. */

const ts: typeof import("typescript-for-cells") = require("typescript-for-cells");
const GENERATED = join(CHECKOUT, "dist/src/kernel/tensorflow.d.ts");
const CELL = join(CHECKOUT, "notebooks", "__cell__.ts");

const parsed = new Map<string, SourceFile | undefined>(); // by both programs: the language's library, and what both import

/** Everything that `@tensorflow/tfjs` exports, with its type in words; classes with their members. */
function exportsOf(paths: Record<string, string[]>): Map<string, string> {
  const options = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    types: [],
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  const cell = ts.createSourceFile(CELL, 'import * as tf from "@tensorflow/tfjs";', ts.ScriptTarget.ES2022);
  host.fileExists = (path) => path === CELL || fileExists.call(host, path);
  host.getSourceFile = (path, ...rest) => {
    if (path === CELL) return cell;
    if (!parsed.has(path)) parsed.set(path, getSourceFile.call(host, path, ...rest));
    return parsed.get(path);
  };
  const checker = ts.createProgram([CELL], options, host).getTypeChecker();
  const [tf] = checker.getSymbolsInScope(cell, ts.SymbolFlags.Alias).filter(({ name }) => name === "tf");
  const told = new Map<string, string>();
  tell(checker, cell, checker.getAliasedSymbol(tf), "tf", told);
  return told;
}

function tell(
  checker: TypeChecker,
  cell: SourceFile,
  module: Named,
  path: string,
  told: Map<string, string>,
) {
  const text = (type: ReturnType<TypeChecker["getTypeOfSymbolAtLocation"]>) =>
    checker.typeToString(type, cell, ts.TypeFormatFlags.NoTruncation);
  for (const found of checker.getExportsOfModule(module)) {
    const symbol = found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
    const name = `${path}.${found.name}`;
    if (symbol.flags & ts.SymbolFlags.Module) tell(checker, cell, symbol, name, told);
    if (symbol.flags & ts.SymbolFlags.Value)
      told.set(name, text(checker.getTypeOfSymbolAtLocation(symbol, cell)));
    if (!(symbol.flags & ts.SymbolFlags.Type)) continue;
    const declared = checker.getDeclaredTypeOfSymbol(symbol);
    told.set(`${name} (type)`, text(declared));
    for (const member of declared.getProperties().filter(({ name: own }) => !own.startsWith("__@")))
      told.set(`${name}#${member.name}`, text(checker.getTypeOfSymbolAtLocation(member, cell)));
  }
}

let ours: Map<string, string>;
before(() => {
  assert.ok(existsSync(GENERATED), "npm run setup writes it");
  ours = exportsOf({ "@tensorflow/tfjs*": [GENERATED] });
});

test("the one file declares what TensorFlow.js's own files declare", () => {
  const own = exportsOf({});
  assert.ok(own.size > 3000, `${own.size} names`);
  assert.match(
    own.get("tf.Tensor#matMul") ?? "",
    /^<T extends tf.Tensor>\(b: tf.Tensor \| tf.TensorLike, transposeA\?: boolean/,
  );
  assert.match(own.get("tf.layers.dense") ?? "", /DenseLayerArgs/);
  // WebGPU's own types are not in the file: only browsers have them.
  const differing = [...own].filter(([name, text]) => ours.get(name) !== text && !/\bGPU/.test(text));
  assert.deepEqual(
    differing.map(([name, text]) => [name, text, ours.get(name)]),
    [],
  );
  assert.deepEqual(
    [...ours.keys()].filter((name) => !own.has(name)),
    [],
  );
});

test("everything that TensorFlow.js has when it runs is declared", () => {
  const missing = Object.keys(require("@tensorflow/tfjs")).filter((name) => !ours.has(`tf.${name}`));
  assert.deepEqual(missing, []);
});

test("without the file, cells are checked against the packages' own types", () => {
  const cells = notebookCells(join(CHECKOUT, "dist", "not-there.d.ts"));
  assert.ok(
    cells.readAtStart.some((path) => path.endsWith("/node_modules/@tensorflow/tfjs/dist/index.d.ts")),
  );
  const mixed =
    'import * as full from "@tensorflow/tfjs";\nimport { mlp } from "xorlab";\nconst model: full.Sequential = mlp();';
  assert.deepEqual(cells.check(mixed), []);
  assert.match(cells.check("model.predct();").join(), /'predct' does not exist on type 'Sequential'/);
});
