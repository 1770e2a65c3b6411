import { existsSync } from "node:fs";
import { runChecked, runChild } from "./child.mjs";
import { pipProblem, venvProblem } from "./diagnose.mjs";
import { paths, root } from "./paths.mjs";
import { choosePython, probePython, pythonCandidates } from "./python.mjs";
import { fingerprint, readStamp, removeStamp, writeStamp } from "./stamp.mjs";

/**
 * @typedef {object} VenvState  what there is, and what there should be
 * @property {Record<string, unknown> | undefined} stamp  of the last success
 * @property {string} root          the checkout's folder now: an environment holds it in absolute paths
 * @property {string | undefined} runs   the version that .venv's Python answers; undefined if it does not run
 * @property {string | undefined} asked  the Python that PYTHON names, by its full path
 * @property {string} requirements  fingerprint of requirements.txt
 *
 * @typedef {"make" | "install" | "nothing"} VenvWork
 * make: a new environment and its packages; install: its packages only
 */

/**
 * What must be done, and why.
 * @param {VenvState} state
 * @returns {{ work: VenvWork, why: string }}
 */
export function venvWork({ stamp, root, runs, asked, requirements }) {
  if (!stamp) return { work: "make", why: "" };
  if (stamp.root !== root) return { work: "make", why: "the checkout was moved" };
  if (runs === undefined) return { work: "make", why: "its Python is gone" };
  if (minor(runs) !== minor(String(stamp.version))) return { work: "make", why: "its Python was replaced" };
  if (asked !== undefined && asked !== stamp.python) return { work: "make", why: "PYTHON names another" };
  if (stamp.requirements !== requirements) return { work: "install", why: "requirements.txt changed" };
  return { work: "nothing", why: "" };
}

/** @param {string} version */
const minor = (version) => version.split(".").slice(0, 2).join(".");

/** What there is now. @returns {Promise<VenvState>} */
export async function venvState() {
  const env = pythonEnvironment(process.env);
  const there = existsSync(paths.venvPython);
  const [own, asked] = await Promise.all([
    there
      ? runChild([paths.venvPython, "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], { env })
      : undefined,
    env.PYTHON ? probePython([env.PYTHON], env) : undefined,
  ]);
  return {
    stamp: readStamp(paths.venvStamp),
    root,
    runs: own?.code === 0 ? own.output.trim() : undefined,
    asked: asked?.executable,
    requirements: fingerprint(paths.requirements),
  };
}

/** The Python to make the environment with. @throws {Problem} if there is none */
export async function findPython() {
  const env = pythonEnvironment(process.env);
  const probes = [];
  for (const command of pythonCandidates(env, process.platform)) {
    const probe = await probePython(command, env);
    if (probe) probes.push(probe);
  }
  return choosePython(probes, env.PYTHON);
}

/**
 * Makes .venv; whatever was there is cleared.
 * @param {import("./python.mjs").Probe} python
 * @param {(line: string) => void} say
 */
export async function makeVenv(python, say) {
  removeStamp(paths.venvStamp);
  const command = [...python.command, "-m", "venv", "--clear", paths.venv];
  const env = pythonEnvironment(process.env);
  await runChecked(command, { env, onLine: say }, (output) => venvProblem(output, python.version));
}

/** So that pip prints what it does and nothing else. */
export const PIP_OPTIONS = /** @type {const} */ ([
  "--disable-pip-version-check",
  "--no-input",
  "--no-color",
  "--progress-bar=off",
]);

/**
 * Installs what requirements.txt names, and stamps the environment as done.
 * @param {Record<string, unknown>} made  the Python it was made with: its `python` and `version`
 * @param {(line: string) => void} say
 */
export async function installRequirements(made, say) {
  removeStamp(paths.venvStamp);
  const command = [paths.venvPython, "-m", "pip", "install", ...PIP_OPTIONS, "-r", paths.requirements];
  await runChecked(command, { cwd: root, env: pythonEnvironment(process.env), onLine: say }, pipProblem);
  const { python, version } = made;
  writeStamp(paths.venvStamp, { root, python, version, requirements: fingerprint(paths.requirements) });
}

/**
 * The environment for Python's own programs: without what would lead them out of .venv.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function pythonEnvironment(env) {
  const { PYTHONHOME, PYTHONPATH, PIP_TARGET, PIP_PREFIX, __PYVENV_LAUNCHER__, ...kept } = env;
  return { ...kept, PIP_USER: "0" };
}
