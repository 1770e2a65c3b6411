import { renameSync, writeFileSync } from "node:fs";
import { COMPILED_CODE } from "./compiledCode.js";
import { loadTslab } from "./tslab.js";

/** Set-up runs this: it keeps V8's code of all that TypeScript does at a kernel's start and for a first cell. */
const { converter, compiledCode } = loadTslab();
converter.convert("", 'import { xor } from "xorlab";\nconst { rows } = xor({ seed: 1 });\nrows');
const part = `${COMPILED_CODE}.${process.pid}`;
writeFileSync(part, compiledCode());
renameSync(part, COMPILED_CODE); // kernels that start meanwhile never see half a file
process.exit();
