import { existsSync } from "node:fs";
import { runChild } from "./child.mjs";
import { paths, root } from "./paths.mjs";

/**
 * Keeps TypeScript as V8 compiles it, unless it is there for this Node already: kernels start sooner with it.
 *
 * @param {boolean} anew  whether the packages have been installed anew
 * @param {(line: string) => void} say
 * @returns {Promise<string>}  a word on what was done
 */
export async function compileTypeScript(anew, say) {
  if (!anew && existsSync(paths.compiledCode)) return "ready";
  const { code, output } = await runChild([process.execPath, paths.keepCode], { cwd: root, onLine: say });
  if (code === 0) return "compiled, for kernels that start sooner";
  return `left out: kernels start a little later (${output.match(/^\w*Error: .*/m)?.[0]})`;
}
