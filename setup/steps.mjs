import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./command.mjs";
import { checkDisk } from "./disk.mjs";
import { writeJupyterFiles } from "./jupyter.mjs";
import { keepTypeScript } from "./keepTypeScript.mjs";
import { build, linkCommand, npmFacts, npmReason, npmStamp, packagesStep } from "./packages.mjs";
import { installed, paths, root, SETUP } from "./paths.mjs";
import { Progress } from "./progress.mjs";
import { writeTensorFlowTypes } from "./tensorflowTypes.mjs";
import { findPython, installRequirements, makeVenv, venvState, venvWork } from "./venv.mjs";

const READY = "ready";
const DISK_NEEDED = 1e9; // bytes: node_modules 0.55 GB, .venv 0.32 GB

/**
 * Does what has to be done, in order.
 * @returns {Promise<number>}  the exit code
 */
export const setUp = () => runCommand("set-up", () => takeSteps(new Progress(process.stdout)));

export const HELP = `npx xorlab setup [--remove]

Installs what the library alone does not need: the kernel's npm packages, and a Python environment with JupyterLab. They are for
xorlab lab, export and kernel. Everything lies in one folder and nowhere else (0.6 GB):
  ${root}
You need Python 3.10 or later; PYTHON=/path/to/python3 chooses one. What is done already is kept, also if it was interrupted.

  --remove     takes it all away again${installed ? "" : " (only where xorlab is an installed package)"}
  -h, --help   this text
`;

const OPTIONS = /** @type {const} */ ({
  remove: { type: "boolean", default: false },
});

/**
 * `xorlab setup`.
 *
 * @param {readonly string[]} argv  the arguments after "setup"
 * @returns {Promise<number>}  the exit code
 */
export async function run(argv) {
  const { readOptions } = await import("./library.mjs"); // which is not there before the first build
  const { remove } = readOptions("xorlab setup", argv, OPTIONS).values;
  if (!remove) return setUp();
  if (!installed)
    throw new RangeError("xorlab setup: --remove is for an installed package; here: git clean -dX");
  for (const folder of [paths.notebookModules, paths.venv, join(root, ".jupyter")]) {
    if (!existsSync(folder)) continue;
    rmSync(folder, { recursive: true, force: true });
    process.stdout.write(`${folder} was removed.\n`);
  }
  return 0;
}

/** @param {Progress} progress */
async function takeSteps(progress) {
  console.log("xorlab set-up");
  const reason = npmReason(npmStamp(), npmFacts());
  const state = await venvState();
  const { work, why } = venvWork(state);
  // Before anything long begins: is there all that it needs?
  const python = work === "make" ? await findPython() : undefined;
  if (reason || python) checkDisk(DISK_NEEDED, SETUP);

  await packagesStep(progress, reason);
  if (!installed) {
    await progress.step("build", async (say) => {
      await build(say);
      await linkCommand(say);
      return READY;
    });
    await progress.step("TensorFlow.js types", async () => writeTensorFlowTypes());
  }
  await progress.step("TypeScript", (say) => keepTypeScript(reason !== undefined, say));
  await progress.step("Python environment", async (say) => {
    if (python) await makeVenv(python, say);
    const version = python ? python.version : String(state.stamp?.version);
    return `Python ${version}${why && python ? ` (recreated: ${why})` : ""}`;
  });
  await progress.step("Python packages", async (say) => {
    if (work === "nothing") return READY;
    const made = python ? { python: python.executable, version: python.version } : (state.stamp ?? {});
    await installRequirements(made, say);
    return work === "install" ? `installed (${why})` : "installed";
  });
  await progress.step("Jupyter's settings", async () => (writeJupyterFiles() ? "written" : READY));
}
