import { runChild } from "./child.mjs";
import { venvMissing } from "./diagnose.mjs";
import { SETUP } from "./paths.mjs";
import { Problem } from "./problem.mjs";

/** JupyterLab and nbconvert as pinned in requirements.txt need this Python or a later one. */
const OLDEST = /** @type {const} */ ([3, 10]);

/**
 * @typedef {object} Probe  what a Python said of itself
 * @property {readonly string[]} command
 * @property {string} version     such as "3.11.2"
 * @property {string} executable  where it lies
 * @property {boolean} venv       whether it can make environments
 */

/**
 * The Pythons to try, best first. One that is named by PYTHON is the only one.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {string[][]}
 */
export function pythonCandidates(env, platform) {
  if (env.PYTHON) return [[env.PYTHON]];
  if (platform === "win32") return [["py", "-3"], ["python"], ["python3"]];
  const named = ["3.14", "3.13", "3.12", "3.11", "3.10"].map((version) => [`python${version}`]);
  return [["python3"], ["python"], ...named];
}

// Readable to Python 2 as well, so that even that can be named as too old. venv is nothing without ensurepip.
const QUESTION = [
  "import sys",
  "can = 'venv'",
  "try: import venv, ensurepip",
  "except Exception: can = 'no venv'",
  "print('xorlab-probe|%d.%d.%d|%s|%s' % (sys.version_info[0], sys.version_info[1], sys.version_info[2], sys.executable, can))",
].join("\n");

/**
 * Asks a Python for its version and whether it can make environments.
 *
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Probe | undefined>}  undefined if it is not there or does not run
 */
export async function probePython(command, env) {
  const { code, output } = await runChild([...command, "-c", QUESTION], { env });
  return code === 0 ? readProbe(command, output) : undefined;
}

/**
 * @param {readonly string[]} command
 * @param {string} output
 * @returns {Probe | undefined}
 */
export function readProbe(command, output) {
  const found = /^xorlab-probe\|(\d+\.\d+\.\d+)\|(.*)\|(venv|no venv)\r?$/m.exec(output);
  if (!found) return undefined;
  return { command, version: found[1] ?? "", executable: found[2] ?? "", venv: found[3] === "venv" };
}

/** @param {string} version */
export function newEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/**
 * The first Python that will do.
 *
 * @param {readonly Probe[]} probes  those that answered, best first
 * @param {string | undefined} asked  the value of PYTHON
 * @returns {Probe}
 * @throws {Problem} if none will do: the nearest miss is explained
 */
export function choosePython(probes, asked) {
  const recent = probes.filter((probe) => newEnough(probe.version));
  const able = recent.find((probe) => probe.venv);
  if (able) return able;
  const unable = recent[0];
  if (unable) throw venvMissing(unable.version);
  const old = probes[0];
  if (old) throw tooOld(probes, old, asked);
  if (asked !== undefined)
    throw new Problem(
      `PYTHON=${asked} is not a Python that runs.`,
      "the variable PYTHON names the Python to use.",
      [
        `set it to the path of a Python 3.10 or later: PYTHON=/usr/bin/python3 ${SETUP}`,
        "or let set-up look for one itself: unset PYTHON",
      ],
    );
  throw new Problem(
    "No Python was found.",
    "JupyterLab, which shows the notebooks, runs on Python 3.10 or later.",
    [...INSTALL, `if it is installed elsewhere, name it: PYTHON=/path/to/python3 ${SETUP}`],
  );
}

const INSTALL = [
  "Debian, Ubuntu: sudo apt install python3 python3-venv      Fedora: sudo dnf install python3",
  "macOS: brew install python      Windows: winget install Python.Python.3.12",
];

/**
 * @param {readonly Probe[]} probes
 * @param {Probe} old
 * @param {string | undefined} asked
 */
function tooOld(probes, old, asked) {
  const found = probes.map((probe) => `${probe.version} (${probe.executable || probe.command.join(" ")})`);
  const named = asked === undefined ? "" : ", which PYTHON names,";
  return new Problem(
    `Python ${old.version}${named} is too old.`,
    `JupyterLab, which shows the notebooks, needs Python 3.10 or later; found ${[...new Set(found)].join(", ")}.`,
    [
      "install a newer one beside it:",
      ...INSTALL,
      `if there is one already, name it: PYTHON=/path/to/python3.12 ${SETUP}`,
    ],
  );
}
