import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { runChild } from "../child.mjs";
import { freeBytes, gigabytes } from "../disk.mjs";
import { nativeReady } from "../library.mjs";
import { nodeProblem } from "../node-version.mjs";
import { npmFacts, npmReason, npmStamp } from "../packages.mjs";
import { installed, root, SETUP } from "../paths.mjs";
import { note, ok, problem } from "./finding.mjs";

/** @typedef {import("./finding.mjs").Finding} Finding */

const LITTLE = 0.2e9; // bytes: with less, JupyterLab's saving and the kernel's caches begin to fail

/** Is this Node new enough? @returns {Promise<Finding>} */
export async function checkNode(version = process.versions.node) {
  const trouble = nodeProblem(version);
  return trouble ? problem(`${trouble.what} ${trouble.why}`, trouble.cures[0]) : ok(version);
}

/** Are the packages there that package.json pins, and made for this Node? @returns {Promise<Finding>} */
export async function checkPackages(stamp = npmStamp(), facts = npmFacts) {
  const library = manifest("package.json");
  const notebooks = stamp || !installed ? manifest("setup/notebooks/package.json").dependencies : {};
  const wanted = { ...library.dependencies, ...(installed ? {} : library.devDependencies), ...notebooks };
  const pins = /** @type {[string, string][]} */ (Object.entries(wanted)).filter(([, pin]) =>
    /^\d/.test(pin),
  );
  const wrong = pins.flatMap(([name, pin]) => wrongVersion(name, pin, installedVersion(name)));
  if (stamp && npmReason(stamp, facts()) === "another Node")
    wrong.push("they were installed for another Node or machine");
  return wrong.length === 0 ? ok(`${pins.length} as package.json pins them`) : problem(wrong.join("; "));
}

/** @param {string} file */
const manifest = (file) => JSON.parse(readFileSync(join(root, file), "utf8"));

/**
 * Where Node would find it: here, or above, where xorlab itself is a package of another project.
 * @param {string} name
 * @returns {string | undefined}
 */
function installedVersion(name) {
  for (const folder of createRequire(join(root, "dist", "src", "index.js")).resolve.paths(name) ?? []) {
    const file = join(folder, name, "package.json");
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")).version;
  }
  return undefined;
}

/** Nothing, or what is wrong. @type {(name: string, pin: string, version: string | null | undefined) => string[]} */
export function wrongVersion(name, pin, version) {
  if (version === pin) return [];
  return [version ? `${name} is version ${version}, not ${pin}` : `${name} ${pin} is missing`];
}

/** Is what runs here what the sources say? @returns {Promise<Finding>} */
export async function checkBuild(checkout = root) {
  const sources = join(checkout, "src");
  const info = join(checkout, "dist", "node.tsbuildinfo");
  if (!existsSync(sources)) return ok("as published");
  const built = existsSync(info) ? statSync(info).mtimeMs : 0;
  const newer = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && statSync(join(sources, name)).mtimeMs > built,
  );
  if (newer.length === 0) return ok("newer than its sources");
  const others = newer.length > 1 ? ` and ${newer.length - 1} more` : "";
  return note(`src/${newer[0]}${others} changed since the build`, "npm run build");
}

/** Is there space to work? @returns {Promise<Finding>} */
export async function checkSpace(free = freeBytes()) {
  const text = `${gigabytes(free)} free`;
  return free >= LITTLE ? ok(text) : problem(text, `free some space: df -h ${root}`);
}

/** Loads TensorFlow.js as a notebook would. In a process of its own, which a native library may bring down. */
const TRY_BACKEND = `
const { backendChoice, tensorFlow } = require(${JSON.stringify(join(root, "dist/src/node/tensorflow/backend.js"))});
const { text, package } = backendChoice();
const library = package.endsWith("node") ? tensorFlow().backend().binding.TF_Version : undefined;
console.log("xorlab-backend" + JSON.stringify({ package, text, library }));
`;

/** Which backend TensorFlow.js has here, and why not the native one, which is not needed. */
export async function checkBackend() {
  const { code, output } = await runChild([process.execPath, "-e", TRY_BACKEND]);
  return backendFinding(code, output, nativeReady() !== undefined, process.env.XORLAB_BACKEND ?? "");
}

/**
 * What the trial's answer means.
 *
 * @param {number} code
 * @param {string} output
 * @param {boolean} made   whether `xorlab native` has made one here
 * @param {string} wanted  the value of XORLAB_BACKEND
 */
export function backendFinding(code, output, made, wanted) {
  const answer = /^xorlab-backend(\{.*\})$/m.exec(output)?.[1];
  if (code !== 0 || answer === undefined) {
    const why = /^(?:Uncaught )?(\w*Error: .*)$/m.exec(output)?.[1];
    return problem(why ?? "TensorFlow's library ended the process", backendCure(made, wanted));
  }
  const { package: from, text, library } = JSON.parse(answer);
  if (from === "@tensorflow/tfjs-node") return ok(`${text}, TensorFlow ${library}`);
  if (wanted === "plain") return ok(text);
  return note(text, "npx xorlab native   (only if you want tfjs-node: everything works without it)");
}

/**
 * @param {boolean} made
 * @param {string} wanted
 */
function backendCure(made, wanted) {
  if (wanted === "native") return "npx xorlab native   (or unset XORLAB_BACKEND)";
  if (wanted !== "" && wanted !== "plain") return "unset XORLAB_BACKEND";
  return made ? "npx xorlab native --remove && npx xorlab native" : SETUP;
}
