import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cachedDataVersionTag } from "node:v8";

/** The checkout: the folder above this one. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Whether xorlab is a package that npm has installed, and no checkout. */
export const installed = basename(dirname(root)) === "node_modules";

/** The command that installs and repairs, here. */
export const SETUP = installed ? "npx xorlab setup" : "npm run setup";

const windows = process.platform === "win32";

/** Everything that set-up makes or reads, in one place. */
export const paths = {
  lock: installed ? join(root, "setup", "notebooks", "package-lock.json") : join(root, "package-lock.json"),
  nodeModules: join(root, "node_modules"),
  // What notebooks need besides the library. A package's own node_modules belongs to npm, which would remove them from there.
  notebookPackages: join(root, "setup", "notebooks"),
  notebookModules: join(root, "dist", "node_modules"),
  npmStamp: join(root, installed ? "dist" : ".", "node_modules", ".xorlab-setup.json"),
  // By its path: node_modules/.bin/tsc may be the older compiler that tslab brings with it.
  compiler: join(root, "node_modules", "typescript", "bin", "tsc"),
  packModules: join(root, "setup", "modules.mjs"),
  packPages: join(root, "setup", "page.mjs"),
  command: join(root, "dist", "src", "node", "cli", "main.js"),
  // Beside the kernel, which looks for them there.
  tensorFlowTypes: join(root, "dist", "src", "kernel", "tensorflow.d.ts"),
  snapshot: join(
    root,
    "dist",
    "src",
    "kernel",
    `kernel-${process.version}-${process.arch}-${cachedDataVersionTag()}.snapshot`,
  ),
  keepCode: join(root, "dist", "src", "kernel", "keepCode.js"),
  commandLink: join(root, "node_modules", ".bin", windows ? "xorlab.cmd" : "xorlab"),
  requirements: join(root, "requirements.txt"),
  venv: join(root, ".venv"),
  venvStamp: join(root, ".venv", "xorlab-setup.json"),
  venvPython: windows ? join(root, ".venv", "Scripts", "python.exe") : join(root, ".venv", "bin", "python"),
  jupyterSources: join(root, "jupyter"),
};

/**
 * How npm is started: with the npm that runs us if one does, so that both are the same.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string[], shell: boolean }}
 */
export function npmCommand(env) {
  const running = env.npm_execpath;
  const beside = join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js"); // Windows
  const script = running?.endsWith("npm-cli.js") ? running : existsSync(beside) ? beside : undefined;
  return script
    ? { command: [process.execPath, script], shell: false }
    : { command: ["npm"], shell: windows };
}
