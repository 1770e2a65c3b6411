// Builds a start-up snapshot: node --snapshot-blob FILE --build-snapshot snapshot.cjs FOUND. FOUND names a JSON file in which
// src/kernel/keepCode.ts has listed what each kernel reads at its start. The snapshot then is a Node in which TypeScript is
// loaded and these declaration files are parsed: node --snapshot-blob FILE program.js ARGUMENTS runs a program in it.
// Programs that build a snapshot can load nothing but Node's own modules.
// biome-ignore-all lint/style/useNodejsImportProtocol: Node 20.0 has no such names while it builds a snapshot
const { readFileSync, statSync } = require("fs");
const { dirname, resolve } = require("path");
const { startupSnapshot } = require("v8");
const { compileFunction } = require("vm");

/** @type {{ typescript: string, options: object, files: { path: string, text: string }[], cell: string }} */
const { typescript, options, files, cell } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const CELL = "/cell.ts";

const ts = loadTypeScript();
const parsed = parse();
const kept = { ts, files: new Map(files.map(({ path }) => [path, stateOf(path)])) };
Object.defineProperty(globalThis, Symbol.for("xorlab.kept"), { value: kept, configurable: true });

startupSnapshot.setDeserializeMainFunction(() => {
  const { createRequire } = require("module");
  const program = resolve(process.argv[1]);
  process.argv[1] = program;
  process.execArgv = process.execArgv.filter(
    (option, i, all) => ![option, all[i - 1]].includes("--snapshot-blob"),
  );
  createRequire(program)(program);
});

function loadTypeScript() {
  const module = { exports: {} };
  const parameters = ["exports", "require", "module", "__filename", "__dirname"];
  const load = compileFunction(readFileSync(typescript, "utf8"), parameters, { filename: typescript });
  load(module.exports, require, module, typescript, dirname(typescript));
  return module.exports;
}

/** Parses the files, and checks and writes a cell, so that V8 has compiled what a kernel needs for its first one. */
function parse() {
  const texts = new Map([...files, { path: CELL, text: cell }].map(({ path, text }) => [path, text]));
  const sources = new Map();
  const host = {
    ...ts.sys,
    getCurrentDirectory: () => "/", // ts.sys would keep the folder of this process
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    getDefaultLibFileName: ts.getDefaultLibFileName,
    getDefaultLibLocation: () => dirname(typescript),
    getSourceFile(path, format) {
      if (texts.has(path) && !sources.has(path))
        sources.set(path, ts.createSourceFile(path, texts.get(path), format));
      return sources.get(path);
    },
    writeFile() {},
  };
  const program = ts.createProgram([...texts.keys()], { ...options, types: [] }, host);
  const file = sources.get(CELL);
  const faults = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  if (faults.length > 0) throw new Error(ts.flattenDiagnosticMessageText(faults[0].messageText, "\n"));
  program.emit(file);
  return sources;
}

/** A parsed file, and by what it is seen whether the file has changed since. */
function stateOf(path) {
  const { mtimeMs, size } = statSync(path);
  return { source: parsed.get(path), modified: mtimeMs, size };
}
