import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { attempt } from "./attempt.js";
import { COMPILED_CODE, loadCompiled, SNAPSHOT } from "./compiledCode.js";
import type { Tslab } from "./tslab.js";

/**
 * Set-up runs this for the Node that runs: `node keepCode.js`. It keeps V8's code of all that TypeScript does at a kernel's
 * start and for a first cell; and the snapshot of a process that has done so, with which kernels start sooner still.
 * What this cell needs of TensorFlow.js's types, and V8's code for it, is in the snapshot.
 */
const CELL = `import * as xorlab from "xorlab";
import { mlp, xor } from "xorlab";
const { rows } = xor({ seed: 1 });
const model = mlp({ hidden: [2] });
rows`;
const compiler = require.resolve("typescript-for-cells");
const compiledCode = loadCompiled(compiler); // before anything imports it
const { compileCell }: typeof import("./compile.js") = require("./compile.js");
const { hideDocs }: typeof import("./docs.js") = require("./docs.js");
const { createScope }: typeof import("./scope.js") = require("./scope.js");
const { loadTslab }: typeof import("./tslab.js") = require("./tslab.js");
const PACKAGE = join(__dirname, "..", "..", "..");

/** Writes a file elsewhere first, so that kernels that start meanwhile never see half of it. */
function replace(file: string, write: (part: string) => void): void {
  const part = `${file}.${process.pid}`;
  try {
    write(part);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
}

/** A program's text without what only readers need, for as long as a kernel runs it is in its memory three times. */
function smaller(text: string): string {
  const minified = attempt(() => {
    const { transformSync }: typeof import("esbuild") = require("esbuild");
    return transformSync(text, { minify: true, platform: "node", legalComments: "none" }).code;
  });
  return minified ?? text; // esbuild may not be installed, or not for this machine
}

function writeSnapshot(part: string, { open }: Tslab): void {
  const folder = mkdtempSync(join(tmpdir(), "xorlab-snapshot-"));
  try {
    const { program } = open("", CELL);
    const found = join(folder, "found.json");
    const declarations = program.getSourceFiles().filter(({ fileName }) => !/\/__\w+__\./.test(fileName));
    const files = declarations.map(({ fileName: path }) => {
      const text = hideDocs(readFileSync(path, "utf8"));
      return { path, text, packed: deflateRawSync(text).toString("base64") };
    });
    const typescript = { path: compiler, text: smaller(readFileSync(compiler, "utf8")) };
    const cell = CELL.replaceAll('"xorlab"', JSON.stringify(join(PACKAGE, "dist/src/index.js")));
    const options = program.getCompilerOptions();
    const parser = join(__dirname, "ambient.js");
    writeFileSync(found, JSON.stringify({ typescript, parser, options, files, cell }));
    const node = (...args: string[]) => execFileSync(process.execPath, args, { stdio: "pipe" });
    const [builder, proof] = ["snapshot", "snapshotProof"].map((name) =>
      join(PACKAGE, "jupyter/kernel", `${name}.cjs`),
    );
    node("--no-warnings", "--snapshot-blob", part, "--build-snapshot", builder, found);
    node("--snapshot-blob", part, proof);
    // Set-up makes another one when one of these files is different.
    const states = [...files.map(({ path }) => path), parser, builder].map((path) => [
      path,
      statSync(path).mtimeMs,
    ]);
    writeFileSync(`${SNAPSHOT}.json`, JSON.stringify(Object.fromEntries(states)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const tslab = loadTslab();
compileCell(tslab, createScope(), [], CELL);
replace(COMPILED_CODE, (part) => writeFileSync(part, compiledCode()));
replace(SNAPSHOT, (part) => writeSnapshot(part, tslab));
process.exit();
