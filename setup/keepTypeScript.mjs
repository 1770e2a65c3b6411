import { existsSync, statSync } from "node:fs";
import { runChild } from "./child.mjs";
import { paths, root } from "./paths.mjs";
import { readStamp } from "./stamp.mjs";

/**
 * Keeps TypeScript as it is when a kernel has started, unless that is there for this Node already: kernels start sooner with it.
 *
 * @param {boolean} anew  whether the packages have been installed anew
 * @param {(line: string) => void} say
 * @returns {Promise<string>}  a word on what was done
 */
export async function keepTypeScript(anew, say) {
  if (!anew && isCurrent()) return "ready";
  const { code, output } = await runChild([process.execPath, paths.keepCode], { cwd: root, onLine: say });
  if (code === 0) return "loaded and kept, for kernels that start sooner";
  return `left out: kernels start a little later (${output.match(/^\w*Error: .*/m)?.[0]})`;
}

/** Whether the snapshot was made of the declaration files that are there now. */
function isCurrent() {
  const files = readStamp(`${paths.snapshot}.json`);
  if (!files || !existsSync(paths.snapshot)) return false;
  return Object.entries(files).every(
    ([file, modified]) => statSync(file, { throwIfNoEntry: false })?.mtimeMs === modified,
  );
}
