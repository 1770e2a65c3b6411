import { renameSync, writeFileSync } from "node:fs";
import { compileCell } from "./compile.js";
import { COMPILED_CODE } from "./compiledCode.js";
import { createScope } from "./scope.js";
import { loadTslab } from "./tslab.js";

/** Set-up runs this: it keeps V8's code of all that TypeScript does at a kernel's start and for a first cell. */
const tslab = loadTslab();
compileCell(
  tslab,
  createScope(),
  [],
  'import { xor } from "xorlab";\nconst { rows } = xor({ seed: 1 });\nrows',
);
const part = `${COMPILED_CODE}.${process.pid}`;
writeFileSync(part, tslab.compiledCode());
renameSync(part, COMPILED_CODE); // kernels that start meanwhile never see half a file
process.exit();
