import { existsSync, readdirSync, readFileSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { SetupParts } from "../../native/setupParts.js";
import { CHECKOUT } from "./checkout.js";
import type { Finding } from "./doctorReport.js";

const LITTLE = 0.2e9; // bytes: below, JupyterLab's saving and the kernel's caches begin to fail

/** Is this Node new enough? */
export async function checkNode(setup: SetupParts, version = process.versions.node): Promise<Finding> {
  const problem = setup.nodeProblem(version);
  if (!problem) return { name: "Node", state: "ok", text: version };
  return { name: "Node", state: "problem", text: `${problem.what} ${problem.why}`, cure: problem.cures[0] };
}

/** Are the packages there that package.json pins, and made for this Node? */
export async function checkPackages(setup: SetupParts): Promise<Finding> {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8"));
  const pins = Object.entries<string>({ ...dependencies, ...devDependencies }).filter(([, pin]) =>
    /^\d/.test(pin),
  );
  const wrong = pins.flatMap(([name, pin]) => {
    const version = installedVersion(name);
    return version === pin
      ? []
      : [`${name} ${pin} is ${version === undefined ? "missing" : `here as ${version}`}`];
  });
  const stamp = setup.npmStamp();
  if (stamp && setup.npmReason(stamp, setup.npmFacts()) === "another Node")
    wrong.push("they were installed for another Node or machine");
  if (wrong.length === 0)
    return { name: "npm packages", state: "ok", text: `${pins.length} as package.json pins them` };
  return { name: "npm packages", state: "problem", text: wrong.join("; "), cure: "npm run setup" };
}

/** Where Node would find it: here, or above, where xorlab itself is a package of another project. */
function installedVersion(name: string): string | undefined {
  for (const folder of require.resolve.paths(name) ?? []) {
    const file = join(folder, name, "package.json");
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")).version;
  }
  return undefined;
}

/** Is what runs here what the sources say? */
export async function checkBuild(_: SetupParts, checkout = CHECKOUT): Promise<Finding> {
  const sources = join(checkout, "src");
  const info = join(checkout, "dist", "src.tsbuildinfo");
  if (!existsSync(sources)) return { name: "build", state: "ok", text: "as published" };
  const built = existsSync(info) ? statSync(info).mtimeMs : 0;
  const newer = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && statSync(join(sources, name)).mtimeMs > built,
  );
  if (newer.length === 0) return { name: "build", state: "ok", text: "newer than its sources" };
  const text = `src/${newer[0]}${newer.length > 1 ? ` and ${newer.length - 1} more` : ""} changed since`;
  return { name: "build", state: "note", text, cure: "npm run build" };
}

/** Is there room to work? */
export async function checkDisk(_: SetupParts, free = freeBytes()): Promise<Finding> {
  const text = `${(free / 1e9).toFixed(1)} GB free`;
  if (free >= LITTLE) return { name: "disk", state: "ok", text };
  return { name: "disk", state: "problem", text, cure: `free some space: df -h ${CHECKOUT}` };
}

function freeBytes(): number {
  const { bavail, bsize } = statfsSync(CHECKOUT);
  return bavail * bsize;
}
