import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const CURE = /Cure: npx xorlab setup|in \S+: npx xorlab setup/;

/** Each command, its exit code, and what it says: where it needs more, a cure that works in the stranger's folder. */
const COMMANDS = /** @type {const} */ ([
  [["--version"], 0, /^\d+\.\d+\.\d+\n$/],
  [["--help"], 0, /setup .*\n/],
  [["study", "--hidden", "1,2", "--trials", "16", "--epochs", "2", "--csv", "-"], 0, /^hidden,/],
  [["site", "--index-only"], 0, /^site.index\.html\n$/],
  [["doctor"], 0, CURE],
  [["export"], 1, CURE],
  [["lab"], 1, CURE],
  [["native"], 1, CURE],
  [["kernel", "install", "--prefix", "jupyter"], 1, CURE],
  [["kernel", "list", "--prefix", "jupyter"], 0, CURE],
  [["setup", "--help"], 0, /--remove/],
]);

/** @param {string} folder */
export function checkCommands(folder) {
  const program = join(folder, "node_modules", "xorlab", "dist", "src", "node", "cli", "main.js");
  for (const [argv, code, said] of COMMANDS) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], {
      cwd: folder,
      encoding: "utf8",
    });
    const told = `xorlab ${argv.join(" ")} ended with ${status} and said:\n${stdout}${stderr}`;
    if (status !== code || !said.test(stdout + stderr)) throw new Error(told);
    if (/npm (run|start)|\bat .*\.m?js:\d+/.test(stdout + stderr))
      throw new Error(`a stack, or a cure for a checkout: ${told}`);
  }
  if (existsSync(join(folder, "html"))) throw new Error("xorlab export made a folder in vain");
  return `${COMMANDS.length} calls`;
}
