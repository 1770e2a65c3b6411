import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runChecked } from "../child.mjs";
import { checkDisk } from "../disk.mjs";
import { nativeReady } from "../library.mjs";
import { runNpm } from "../packages.mjs";
import { root, SETUP } from "../paths.mjs";
import { Problem } from "../problem.mjs";
import { Progress } from "../progress.mjs";
import { fingerprint, readStamp, removeStamp, writeStamp } from "../stamp.mjs";
import { compileAddon } from "./addon.mjs";
import { wheelNeeds } from "./needs.mjs";
import { DISK_NEEDED } from "./pins.mjs";
import { MACHINE, places } from "./places.mjs";
import { runStockScript, stockTrouble } from "./stock.mjs";
import { unpackWheel } from "./wheel.mjs";

/** Where TensorFlow's library comes from: tfjs-node's own download, the wheel of PyPI, or the first that works. */
export const WAYS = /** @type {const} */ (["auto", "stock", "wheel"]);

/** @typedef {(typeof WAYS)[number]} Way */

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * Makes tfjs-node run: every step looks first whether it is done already, and none counts before it is.
 *
 * @param {Way} way
 * @throws {Problem}
 */
export async function installNative(way) {
  const progress = new Progress(process.stdout);
  const stock = way !== "wheel" && (await chooseStock(progress, way));
  /** @type {Awaited<ReturnType<typeof wheelNeeds>> | undefined} */
  let needs;
  await progress.step("requirements", async () => {
    checkDisk(DISK_NEEDED[stock ? "stock" : "wheel"], "npx xorlab native");
    if (!stock) needs = await wheelNeeds();
    return needs ? `found: disk space, Python, ${needs.compiler}` : "found: disk space";
  });
  removeStamp(places.ready);
  await progress.step("npm packages", installPackages);
  if (stock && (await stockWorks(progress, way))) return;
  const { wheel, compiler } = needs ?? (await wheelNeeds());
  await progress.step("TensorFlow's library", (say) => unpackWheel(wheel, say));
  await progress.step("addon", (say) => compileAddon(compiler, say));
  await progress.step("proof", prove);
}

/**
 * @param {Progress} progress
 * @param {Way} way
 */
async function chooseStock(progress, way) {
  /** @type {string | undefined} */
  let trouble;
  await progress.step("stock download", async () => {
    trouble = await stockTrouble();
    if (trouble === undefined) return "reachable";
    return way === "stock"
      ? `${trouble}; trying it anyway`
      : `not reachable (${trouble}): using PyPI's wheel instead`;
  });
  return trouble === undefined || way === "stock";
}

/**
 * Installs exactly what package-lock.json beside this file says; none of the packages' scripts runs.
 * @param {(line: string) => void} say
 */
async function installPackages(say) {
  const lock = join(here, "package-lock.json");
  const stamp = { lock: fingerprint(lock) };
  if (readStamp(places.packagesStamp)?.lock === stamp.lock) return "already installed";
  mkdirSync(places.folder, { recursive: true });
  for (const name of ["package.json", "package-lock.json"])
    copyFileSync(join(here, name), join(places.folder, name));
  await runNpm(["ci", "--ignore-scripts"], places.folder, say);
  writeStamp(places.packagesStamp, stamp);
  return "installed";
}

/**
 * Whether the stock way led to a backend that computes; if it did not and need not, the wheel is next.
 *
 * @param {Progress} progress
 * @param {Way} way
 */
async function stockWorks(progress, way) {
  try {
    await progress.step("stock installation", runStockScript);
    await progress.step("proof", prove);
    return true;
  } catch (error) {
    if (way === "stock" || !(error instanceof Problem)) throw error;
    return false;
  }
}

/** Lets the new backend train a step, and only then says that it is there. */
async function prove() {
  const output = await runChecked([process.execPath, join(here, "proof.mjs")], {}, (_, code) => {
    rmSync(places.addonFolder, { recursive: true, force: true }); // the next run compiles it again
    return new Problem(
      "tfjs-node was installed, but does not work.",
      `the test program exited with code ${code}; its output is above.`,
      ["remove it and start again: npx xorlab native --remove && npx xorlab native"],
    );
  });
  const { version, library } = JSON.parse(/^\{"version":.*\}$/m.exec(output)?.[0] ?? "{}");
  rmSync(places.downloads, { recursive: true, force: true });
  writeStamp(places.ready, { version, machine: MACHINE, library });
  return `tfjs-node ${version} trains, with TensorFlow ${library}`;
}

/** @throws {Problem} where only the parts of TensorFlow.js are installed that the library needs */
function tensorFlowVersion() {
  try {
    return createRequire(join(root, "dist", "src", "index.js"))("@tensorflow/tfjs/package.json").version;
  } catch {
    throw new Problem(
      "@tensorflow/tfjs is not installed.",
      "tfjs-node is built on this package; the library alone needs only parts of it.",
      [SETUP, "npx xorlab native"],
    );
  }
}

/** Whether an earlier run's work is there, belongs to this TensorFlow.js, and computes: a word on it if so. */
export async function alreadyThere() {
  const wanted = tensorFlowVersion();
  const ready = nativeReady();
  if (ready?.machine !== MACHINE || ready.version !== wanted) return undefined;
  try {
    return await prove();
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
