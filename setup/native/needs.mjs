import { existsSync, readFileSync } from "node:fs";
import { runChild } from "../child.mjs";
import { paths, SETUP } from "../paths.mjs";
import { Problem } from "../problem.mjs";
import { OLDEST_GLIBC, WHEELS } from "./pins.mjs";
import { MACHINE } from "./places.mjs";

/**
 * What is looked at before anything long begins. Tests put other machines in.
 *
 * @typedef {object} Machine
 * @property {string} name
 * @property {string | undefined} glibc  undefined where the C library is another one, as on Alpine
 * @property {string | undefined} flags  of the processor, as Linux lists them; undefined where it does not
 * @property {readonly string[]} compilers
 * @property {string} python
 */

/** @returns {Machine} */
export function thisMachine(env = process.env) {
  const { header } = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (
    process.report.getReport()
  );
  const cpu = existsSync("/proc/cpuinfo") ? readFileSync("/proc/cpuinfo", "utf8") : "";
  return {
    name: MACHINE,
    glibc: header?.glibcVersionRuntime,
    flags: /^flags\s*:(.*)$/m.exec(cpu)?.[1],
    compilers: env.CXX ? [env.CXX] : ["g++", "c++", "clang++"],
    python: paths.venvPython,
  };
}

/**
 * Finds what the build against a wheel needs.
 *
 * @throws {Problem} that names what is missing and the command that fixes it
 */
export async function wheelNeeds(machine = thisMachine()) {
  const wheel = WHEELS[machine.name];
  if (!wheel)
    throw unfit(
      `there is a wheel for ${Object.keys(WHEELS).join(" and ")}, this is ${machine.name}, and tfjs-node's own download failed or cannot be reached.`,
      "where that download can be reached (a network without a firewall): npx xorlab native --from stock",
    );
  checkMachine(machine);
  const compiler = await findCompiler(machine.compilers);
  if (!(await runs([machine.python, "-I", "-m", "pip", "--version"])))
    throw new Problem(
      "The Python environment .venv does not run here.",
      "its pip downloads TensorFlow's library.",
      [SETUP, "npx xorlab native"],
    );
  return { wheel, compiler };
}

/** @param {Machine} machine */
function checkMachine({ name, glibc, flags }) {
  const [major = 0, minor = 0] = (glibc ?? "").split(".").map(Number);
  if (major < OLDEST_GLIBC[0] || (major === OLDEST_GLIBC[0] && minor < OLDEST_GLIBC[1]))
    throw unfit(
      `it needs the GNU C library ${OLDEST_GLIBC.join(".")} or later, this system has ${glibc ?? "another one, as Alpine does"}.`,
      "use a system such as Debian, Ubuntu or Fedora",
    );
  if (name === "linux-x64" && flags !== undefined && !/\bavx\b/.test(flags))
    throw unfit(
      "it needs a processor with AVX, which this one lacks.",
      "use another machine, or let the virtual machine see its host's processor",
    );
}

/**
 * @param {string} why
 * @param {string} cure
 */
function unfit(why, cure) {
  const what = "TensorFlow's library is not available for this machine.";
  return new Problem(what, why, [cure, "xorlab works without it, on the plain backend"]);
}

/** @param {readonly string[]} names */
async function findCompiler(names) {
  for (const name of names) if (await runs([name, "--version"])) return name;
  throw new Problem(
    names.length > 1 ? "No C++ compiler was found." : `CXX=${names[0]} is not a compiler that runs.`,
    "tfjs-node's addon is compiled on this machine.",
    [
      "Debian, Ubuntu: sudo apt install g++      Fedora: sudo dnf install gcc-c++",
      "if there is one already, name it: CXX=/path/to/g++ npx xorlab native",
    ],
  );
}

/** @param {readonly string[]} command */
const runs = async (command) => (await runChild(command)).code === 0;
