// Builds a start-up snapshot: node --snapshot-blob FILE --build-snapshot snapshot.cjs FOUND. FOUND names a JSON file in which
// src/kernel/keepCode.ts has listed what each kernel reads at its start. The snapshot then is a Node in which TypeScript is
// loaded and these declaration files are parsed: node --snapshot-blob FILE program.js ARGUMENTS runs a program in it.
// Programs that build a snapshot can load nothing but Node's own modules; and must load neither `v8` nor `crypto`, nor open a pipe:
// in threads of a Node 24 that is started from such a snapshot these do not work.
// biome-ignore-all lint/style/useNodejsImportProtocol: Node 20.0 has no such names while it builds a snapshot
const { readFileSync, statSync } = require("fs");
const { dirname } = require("path");
const { compileFunction } = require("vm");

const CELL = "/cell.ts";
const soon = setImmediate; // before a kernel makes it remember cells
const ownJson = Object.create(null, Object.getOwnPropertyDescriptors(JSON)); // as src/kernel/globals.ts
Object.defineProperty(globalThis, Symbol.for("xorlab.kept"), { value: load(), configurable: true });

/**
 * What the snapshot holds; all else in here is gone at the end. The texts of the files stay packed: of a string there would be three,
 * in the snapshot, in the process and in its thread.
 */
function load() {
  /** @type {{ typescript: { path: string, text: string }, parser: string, options: object, files: File[], cell: string }} */
  const { typescript, parser, options, files, cell } = JSON.parse(readFileSync(process.argv[2], "utf8"));
  const ts = loadModule(typescript.path, typescript.text);
  const { sourceFile } = loadModule(parser);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const textOf = new Map(
    files.map(({ path, packed }) => {
      const bytes = new Uint8Array(Buffer.from(packed, "base64"));
      const unpack = () => {
        const text = require("zlib").inflateRawSync(bytes).toString();
        texts.set(path, text);
        soon(() => texts.delete(path)); // it is often asked for several times in a row
        return text;
      };
      return [path, () => texts.get(path) ?? unpack()];
    }),
  );
  textOf.set(CELL, () => cell);
  const parsed = parse(ts, sourceFile, textOf, options);
  texts.clear();
  const { Console } = console; // in a Node that is started from a snapshot, console has none
  return { ts, Console, files: new Map(files.map(({ path }) => [path, stateOf(path, parsed.get(path))])) };
}

function loadModule(path, text = readFileSync(path, "utf8")) {
  const load = (name) => {
    if (name === "crypto") throw new Error("not here"); // TypeScript does without
    return require(name.replace(/^node:/, ""));
  };
  const module = { exports: {} };
  const parameters = ["exports", "require", "module", "__filename", "__dirname", "JSON"];
  const run = compileFunction(text, parameters, { filename: path });
  run(module.exports, load, module, path, dirname(path), ownJson);
  return module.exports;
}

/** Parses the files, and checks and writes a cell, so that V8 has compiled what a kernel needs for its first one. */
function parse(ts, sourceFile, textOf, options) {
  const sources = new Map();
  let names = new Map();
  const createSourceFile = (...given) => {
    const file = ts.createSourceFile(...given);
    return names ? withOwnNames(ts, file, names) : file;
  };
  const parser = { ...ts, createSourceFile };
  const host = {
    ...ts.sys,
    getCurrentDirectory: () => "/", // ts.sys would keep the folder of this process
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    getDefaultLibFileName: ts.getDefaultLibFileName,
    getDefaultLibLocation: () => dirname(ts.sys.getExecutingFilePath()),
    getSourceFile(path, format) {
      if (textOf.has(path) && !sources.has(path))
        sources.set(path, withoutText(sourceFile(parser, path, textOf.get(path), format), textOf.get(path)));
      return sources.get(path);
    },
    writeFile() {},
  };
  const program = ts.createProgram([...textOf.keys()], { ...options, types: [] }, host);
  const file = sources.get(CELL);
  const faults = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  if (faults.length > 0) throw new Error(ts.flattenDiagnosticMessageText(faults[0].messageText, "\n"));
  program.emit(file);
  names = undefined;
  return sources;
}

/** A parsed file without parts of its text: V8 makes of each longer name a part of the text, and so would keep all of it. */
function withOwnNames(ts, file, names) {
  const own = (text) => {
    if (!names.has(text)) names.set(text, Buffer.from(text).toString());
    return names.get(text);
  };
  const visit = (node) => {
    for (const name of ["escapedText", "text", "rawText"])
      if (node !== file && typeof node[name] === "string") node[name] = own(node[name]);
    for (const doc of node.jsDoc ?? []) visit(doc);
    if (typeof node.comment === "string") node.comment = own(node.comment);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const { referencedFiles, typeReferenceDirectives, libReferenceDirectives } = file;
  for (const one of [...referencedFiles, ...typeReferenceDirectives, ...libReferenceDirectives])
    one.fileName = own(one.fileName);
  return Object.assign(file, { identifiers: new Map(), pragmas: new Map() }); // which nobody asks for in a declaration file
}

/** A parsed file whose text is unpacked when somebody asks for it. */
function withoutText(source, textOf) {
  if (source.text !== textOf()) return source; // only the names of modules
  const set = (value) => Object.defineProperty(source, "text", { value, writable: true });
  const get = () => set(textOf()).text;
  return Object.defineProperty(source, "text", { get, set, configurable: true });
}

/** A parsed file, and by what it is seen whether the file has changed since. */
function stateOf(path, source) {
  const { mtimeMs, size } = statSync(path);
  return { source, modified: mtimeMs, size };
}
