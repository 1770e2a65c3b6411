import { execFileSync } from "node:child_process";
import { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileCell } from "./compile.js";
import { COMPILED_CODE, SNAPSHOT } from "./compiledCode.js";
import { createScope } from "./scope.js";
import { loadTslab, type Tslab } from "./tslab.js";

/**
 * Set-up runs this for the Node that runs: `node keepCode.js`. It keeps V8's code of all that TypeScript does at a kernel's
 * start and for a first cell; and the snapshot of a process that has done so, with which kernels start sooner still.
 */
const CELL = 'import { xor } from "xorlab";\nconst { rows } = xor({ seed: 1 });\nrows';
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

function writeSnapshot(part: string, { open }: Tslab): void {
  const folder = mkdtempSync(join(tmpdir(), "xorlab-snapshot-"));
  try {
    const { program } = open("", CELL);
    const found = join(folder, "found.json");
    const declarations = program.getSourceFiles().filter(({ fileName }) => !/\/__\w+__\./.test(fileName));
    const files = declarations.map(({ fileName: path, text }) => ({ path, text }));
    const typescript = createRequire(__filename).resolve("typescript-for-cells");
    const cell = CELL.replace('"xorlab"', JSON.stringify(join(PACKAGE, "dist/src/index.js")));
    const options = program.getCompilerOptions();
    writeFileSync(found, JSON.stringify({ typescript, options, files, cell }));
    const node = (...args: string[]) => execFileSync(process.execPath, args, { stdio: "pipe" });
    const programs = join(PACKAGE, "jupyter", "kernel");
    node("--snapshot-blob", part, "--build-snapshot", join(programs, "snapshot.cjs"), found);
    node("--snapshot-blob", part, join(programs, "snapshotProof.cjs"));
    // Set-up makes another one when one of these files is different.
    const states = files.map(({ path }) => [path, statSync(path).mtimeMs]);
    writeFileSync(`${SNAPSHOT}.json`, JSON.stringify(Object.fromEntries(states)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const tslab = loadTslab();
compileCell(tslab, createScope(), [], CELL);
replace(COMPILED_CODE, (part) => writeFileSync(part, tslab.compiledCode?.() ?? ""));
replace(SNAPSHOT, (part) => writeSnapshot(part, tslab));
process.exit();
