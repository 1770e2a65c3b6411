import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KERNEL_NAME, kernelspec } from "./kernelspec.mjs";
import { writeLabExtension } from "./labextension.mjs";
import { paths } from "./paths.mjs";
import { writeIfDifferent } from "./stamp.mjs";

/** Where a file of jupyter/ belongs in .venv, so that every program of Jupyter's finds it there. */
const PLACES = [
  ["jupyter_config.py", join("etc", "jupyter", "jupyter_config.py")],
  ["overrides.json", join("share", "jupyter", "lab", "settings", "overrides.json")],
  ["logo-svg.svg", join("share", "jupyter", "kernels", KERNEL_NAME, "logo-svg.svg")],
];

/** Where Python looks for packages in .venv. */
function sitePackages() {
  const lib = join(paths.venv, process.platform === "win32" ? "Lib" : "lib");
  const versions = readdirSync(lib).filter((name) => /^python\d/.test(name));
  return process.platform === "win32" ? [lib] : versions.map((name) => join(lib, name));
}

/**
 * Puts the kernelspec, Jupyter's config, JupyterLab's default settings and its extension into .venv.
 * @returns {number}  how many files were written
 */
export function writeJupyterFiles() {
  const spec = join(paths.venv, "share", "jupyter", "kernels", KERNEL_NAME, "kernel.json");
  const wanted = PLACES.map(([from = "", to = ""]) => ({
    file: join(paths.venv, to),
    content: readFileSync(join(paths.jupyterSources, from)),
  }));
  wanted.push({
    file: spec,
    content: Buffer.from(`${JSON.stringify(kernelspec(process.execPath), null, 2)}\n`),
  });
  // Python then finds jupyter/papermill, which teaches Papermill TypeScript.
  for (const folder of sitePackages())
    wanted.push({
      file: join(folder, "site-packages", "xorlab.pth"),
      content: Buffer.from(`${join(paths.jupyterSources, "papermill")}\n`),
    });
  const written = wanted.filter(({ file, content }) => writeIfDifferent(file, content)).length;
  return written + writeLabExtension(join(paths.venv, "share", "jupyter"));
}
