import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runChecked } from "../child.mjs";
import { pipProblem, problemOf } from "../diagnose.mjs";
import { paths } from "../paths.mjs";
import { readStamp, writeStamp } from "../stamp.mjs";
import { PIP_OPTIONS, pythonEnvironment } from "../venv.mjs";
import { WHEEL_PYTHON } from "./pins.mjs";
import { places } from "./places.mjs";

/**
 * @typedef {import("./pins.mjs").Wheel} Wheel
 * @typedef {(line: string) => void} Say
 */

const UNPACK = fileURLToPath(new URL("unpack_wheel.py", import.meta.url));
const LOOK_EVERY = 300; // milliseconds between two looks at how much was fetched
const MEGABYTE = 1e6;

/**
 * Puts TensorFlow's library and headers where tfjs-node looks for them, out of a wheel that .venv's pip fetches.
 *
 * @param {Wheel} wheel
 * @param {Say} say
 * @returns {Promise<string>}  a word on what was done
 */
export async function unpackWheel(wheel, say) {
  const word = `${wheel.project} ${wheel.version}`;
  if (libraryIsWhole(wheel)) return `${word}, already unpacked`;
  // The addon too: it was linked with another library.
  for (const folder of [places.library, places.addonFolder]) rmSync(folder, { recursive: true, force: true });
  const file = await fetchWheel(wheel, say);
  const command = [paths.venvPython, "-I", UNPACK, file, places.library];
  const output = await runChecked(command, { onLine: say }, unpackProblem);
  const sizes = JSON.parse(output.trim().split("\n").at(-1) ?? "");
  writeStamp(places.libraryStamp, { sha256: wheel.sha256, sizes });
  return `${word}, ${Math.round(wheel.size / MEGABYTE)} MB downloaded`;
}

/**
 * Whether it was unpacked from this wheel, and every file still has its size.
 * @param {Wheel} wheel
 */
function libraryIsWhole(wheel) {
  const { sha256, sizes } = readStamp(places.libraryStamp) ?? {};
  return (
    sha256 === wheel.sha256 &&
    Object.entries(/** @type {Record<string, number>} */ (sizes)).every(
      ([name, size]) => statSync(join(places.library, name), { throwIfNoEntry: false })?.size === size,
    )
  );
}

/**
 * Lets pip fetch the wheel and compare it with its pin; one that lies there whole from an earlier run is kept.
 * pip's temporary folder is ours, so that its size tells how much was fetched.
 *
 * @param {Wheel} wheel
 * @param {Say} say
 * @returns {Promise<string>}  the wheel's file
 */
async function fetchWheel({ project, version, platform, sha256, size }, say) {
  const temporary = join(places.downloads, "pip");
  const requirement = join(places.downloads, "requirement.txt");
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  writeFileSync(requirement, `${project}==${version} --hash=sha256:${sha256}\n`);
  let fetched = 0;
  const watch = setInterval(() => {
    fetched = Math.max(fetched, folderSize(temporary)); // pip empties the folder before it ends
    say(`${Math.round(fetched / MEGABYTE)} of ${Math.round(size / MEGABYTE)} MB`);
  }, LOOK_EVERY);
  const target = ["--implementation", "cp", "--python-version", WHEEL_PYTHON, "--platform", platform];
  const options = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--no-cache-dir"];
  const command = [paths.venvPython, "-m", "pip", "download", ...PIP_OPTIONS, ...options, ...target];
  const env = { ...pythonEnvironment(process.env), TMPDIR: temporary, TEMP: temporary };
  try {
    await runChecked([...command, "--dest", places.downloads, "-r", requirement], { env }, pipProblem);
  } finally {
    clearInterval(watch);
  }
  const start = `${project.replaceAll("-", "_")}-${version}-`;
  const name = readdirSync(places.downloads).find((entry) => entry.startsWith(start));
  return join(places.downloads, name ?? "");
}

/** @param {string} folder */
function folderSize(folder) {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => statSync(join(folder, name)).size)
      .reduce((sum, size) => sum + size, 0);
  } catch {
    return 0; // pip removed one of them meanwhile
  }
}

/** @param {string} output  of unpack_wheel.py */
const unpackProblem = (output) =>
  problemOf("TensorFlow's wheel could not be unpacked.", output, [
    [/^/, "Python failed; its output is above.", "npx xorlab native --remove", "npx xorlab native"],
  ]);
