import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { writeIfDifferent } from "./stamp.mjs";

/** JupyterLab's extension for the controls of interact(), as the build has made it. */
const built = join(root, "dist", "jupyterlab");

/** @param {string} data  a data folder of Jupyter's, such as share/jupyter of an environment */
const folderIn = (data) => join(data, "labextensions", "xorlab");

/**
 * Puts the extension where JupyterLab finds it.
 *
 * @param {string} data
 * @returns {number}  how many files were written
 */
export function writeLabExtension(data) {
  const folder = folderIn(data);
  const names = readdirSync(built, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(built, name)).isFile(),
  );
  const written = names.filter((name) =>
    writeIfDifferent(join(folder, name), readFileSync(join(built, name))),
  );
  for (const name of readdirSync(join(folder, "static")))
    if (!names.includes(join("static", name))) rmSync(join(folder, "static", name));
  return written.length;
}

/**
 * Takes the extension away, if it is there.
 *
 * @param {string} data
 */
export function removeLabExtension(data) {
  rmSync(folderIn(data), { recursive: true, force: true });
}
