import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { runChecked } from "./child.mjs";
import { buildProblem, npmProblem } from "./diagnose.mjs";
import { installed, npmCommand, paths, root } from "./paths.mjs";
import { fingerprint, readStamp, removeStamp, writeStamp } from "./stamp.mjs";

/** What the npm packages depend on. Compiled ones fit one Node ABI on one kind of machine. */
export function npmFacts() {
  const { platform, arch, versions } = process;
  return { lock: fingerprint(paths.lock), machine: `${platform}-${arch}`, abi: versions.modules };
}

/**
 * Why the packages must be installed; undefined if they need not be. A package that is optional and could not be
 * had is no reason: it would be asked for again on every set-up.
 *
 * @param {Record<string, unknown> | undefined} stamp
 * @param {{ lock: string, machine: string, abi: string | undefined }} facts
 * @returns {string | undefined}
 */
export function npmReason(stamp, facts) {
  if (!stamp) return "first time";
  if (stamp.lock !== facts.lock) return "package-lock.json changed";
  if (stamp.abi !== facts.abi || stamp.machine !== facts.machine) return "another Node";
  return undefined;
}

export const npmStamp = () => readStamp(paths.npmStamp);

/**
 * Installs the packages where there is a reason.
 * @param {import("./progress.mjs").Progress} progress
 * @param {string | undefined} reason
 */
export const packagesStep = (progress, reason) =>
  progress.step("npm packages", async (say) => {
    if (reason) await installPackages(say);
    return reason ? `installed (${reason})` : "ready";
  });

/**
 * Installs exactly what package-lock.json says.
 * @param {(line: string) => void} say
 */
async function installPackages(say) {
  removeStamp(paths.npmStamp);
  if (installed) return installForNotebooks(say);
  // NODE_ENV=production must not keep the compiler away.
  await runNpm(["ci", "--include=dev", "--include=optional"], root, say);
  writeStamp(paths.npmStamp, npmFacts());
}

/**
 * Installs what notebooks need besides the library, where npm has installed that: into the package's dist/node_modules, where the
 * kernel finds them and npm does not look. The lock leaves TensorFlow.js's parts out: those of the library are found above, so that
 * there is only one TensorFlow.js.
 *
 * @param {(line: string) => void} say
 */
async function installForNotebooks(say) {
  const folder = join(root, "dist", "notebooks");
  const { dependencies, name } = readJson(join(paths.notebookPackages, "package.json"));
  const { allowScripts } = readJson(join(root, "package.json"));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name, private: true, dependencies, allowScripts }),
  );
  copyFileSync(paths.lock, join(folder, "package-lock.json"));
  await runNpm(["ci"], folder, say);
  rmSync(paths.notebookModules, { recursive: true, force: true });
  renameSync(join(folder, "node_modules"), paths.notebookModules);
  rmSync(folder, { recursive: true });
  writeStamp(paths.npmStamp, npmFacts());
}

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

/**
 * Compiles src, and packs what pages carry; each knows itself what changed.
 * @param {(line: string) => void} say
 */
export async function build(say) {
  const command = [process.execPath, paths.compiler, "-b", "src/node", "src/tsconfig.pages.json"];
  await runChecked(command, { cwd: root, onLine: say }, buildProblem);
  for (const program of [paths.packModules, paths.packPages])
    await runChecked([process.execPath, program], { cwd: root, onLine: say }, buildProblem);
}

/**
 * Makes `npx xorlab` work in the checkout. npm itself could not: the command did not exist when it installed.
 * @param {(line: string) => void} say
 */
export async function linkCommand(say) {
  if (!existsSync(paths.commandLink)) await runNpm(["rebuild", "xorlab", "--ignore-scripts"], root, say);
  const { mode } = statSync(paths.command);
  if (!(mode & 0o100)) chmodSync(paths.command, mode | 0o755); // a build into an empty dist forgets it
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd  a folder with a package.json and a package-lock.json
 * @param {(line: string) => void} say
 */
export async function runNpm(args, cwd, say) {
  const { command, shell } = npmCommand(process.env);
  // Even below `npm run --silent` npm says why it fails.
  const options = ["--loglevel=notice", "--prefer-offline", "--no-audit", "--no-fund"];
  // Shorter waits than npm's own: without a network it would try for more than a minute.
  const patience = { npm_config_fetch_retry_mintimeout: "1000", npm_config_fetch_retry_maxtimeout: "5000" };
  const env = { ...patience, ...process.env, npm_config_update_notifier: "false" };
  await runChecked([...command, ...args, ...options], { cwd, env, shell, onLine: say }, npmProblem);
}
