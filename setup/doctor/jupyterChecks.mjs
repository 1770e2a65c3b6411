import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runChild } from "../child.mjs";
import { KERNEL_NAME, kernelspec, nodeOf } from "../kernelspec.mjs";
import { jupyterEnvironment } from "../library.mjs";
import { paths, root } from "../paths.mjs";
import { readStamp } from "../stamp.mjs";
import { pythonEnvironment, venvState, venvWork } from "../venv.mjs";
import { ok, problem } from "./finding.mjs";
import { wrongVersion } from "./nodeChecks.mjs";

/** @typedef {import("./finding.mjs").Finding} Finding */

/** Does .venv run, and is it the one that set-up would make? @returns {Promise<Finding>} */
export async function checkPython() {
  if (!existsSync(paths.venvPython)) return problem("the environment .venv is missing");
  const state = await venvState();
  const { work, why } = venvWork(state);
  return work === "nothing" ? ok(`${state.runs} in .venv`) : problem(why || "set-up was not finished");
}

const VERSIONS =
  "import json; from importlib.metadata import distributions; print(json.dumps({d.name: d.version for d in distributions()}))";

/** Are the packages there that requirements.txt pins? @returns {Promise<Finding>} */
export async function checkRequirements() {
  const pins = readPins(readFileSync(paths.requirements, "utf8"));
  const env = pythonEnvironment(process.env);
  const { code, output } = await runChild([paths.venvPython, "-I", "-c", VERSIONS], { env });
  if (code !== 0) return problem("the environment .venv does not run");
  const versions = JSON.parse(lastLine(output));
  const wrong = pins.flatMap(([project, pin]) => wrongVersion(project, pin, versions[project]));
  if (wrong.length === 0) return ok(pins.map((pin) => pin.join(" ")).join(", "));
  return problem(wrong.join("; "), `${paths.venvPython} -m pip install -r ${paths.requirements}`);
}

/**
 * The projects and versions of lines such as "plotly==7.1.0".
 * @param {string} requirements
 * @returns {[project: string, version: string][]}
 */
export function readPins(requirements) {
  const lines = requirements.matchAll(/^([\w.-]+)==([\w.]+)/gm);
  return Array.from(lines, ([, project = "", version = ""]) => [project, version]);
}

/** Does JupyterLab itself start? @returns {Promise<Finding>} */
export async function checkJupyterLab() {
  const { code, output } = await runJupyter("-m", "jupyterlab", "--version");
  return code === 0 ? ok(lastLine(output)) : problem(`it does not start: ${lastLine(output)}`);
}

/** Is the notebooks' kernel known to Jupyter, and does it start the one of this checkout? @returns {Promise<Finding>} */
export async function checkKernelspec() {
  const file = join(paths.venv, "share", "jupyter", "kernels", KERNEL_NAME, "kernel.json");
  if (!existsSync(file)) return problem(`${file} is missing`);
  const { argv, display_name } = /** @type {{ argv?: string[], display_name?: string }} */ (
    readStamp(file) ?? {}
  );
  if (argv === undefined) return problem(`${file} cannot be read`);
  const node = nodeOf(argv);
  if (node !== undefined && !existsSync(node)) return problem(`it starts ${node}, which no longer exists`);
  if (node === undefined || JSON.stringify(argv) !== JSON.stringify(kernelspec(node).argv))
    return problem("it points to another checkout, or was written by an earlier version");
  return ok(`${display_name}, with ${node}`);
}

const TRY_KERNEL = fileURLToPath(new URL("try_kernel.py", import.meta.url));
const FIRST_CELL = 'import { truthTable } from "xorlab";\nconsole.log(truthTable("xor").rows);';

/** Does the kernel start, and can a first cell import xorlab? @returns {Promise<Finding>} */
export async function checkKernel() {
  const folder = join(root, "notebooks");
  const { code, output } = await runJupyter(TRY_KERNEL, KERNEL_NAME, folder, FIRST_CELL, "4");
  if (code === 0) return ok(`imports xorlab and answers after ${lastLine(output)} s`);
  return problem(`it does not work: ${lastLine(output)}`);
}

/** @param {string[]} args  for .venv's Python, in the environment that `xorlab lab` gives JupyterLab */
const runJupyter = (...args) => runChild([paths.venvPython, ...args], { env: jupyterEnvironment() });

/** @param {string} output */
const lastLine = (output) => output.trim().split("\n").at(-1)?.trim() ?? "";
