import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { CHECKOUT, INSTALLED } from "../packaged.js";

export { CHECKOUT, INSTALLED };

/** The command that installs and repairs, here. */
export const SETUP = INSTALLED ? "npx xorlab setup" : "npm run setup";

/** How a command of ours is called here, with what comes before its arguments: in a checkout by npm. */
export function calledAs(script: "start" | "export" | "site"): string {
  if (INSTALLED) return `npx xorlab ${script === "start" ? "lab" : script}`;
  return script === "start" ? "npm start --" : `npm run ${script} --`;
}

/** The folder in which results are written that nobody gave a place: the checkout for who is inside, else where one is. */
export const outputFolder = (): string => (!INSTALLED && isInside(process.cwd(), CHECKOUT) ? CHECKOUT : ".");

/** Whether a path lies in a folder, or is the folder. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
}

/**
 * Goes to the folder in which the user typed `npm start -- PATH`: npm runs its scripts in the checkout, wherever it was
 * called.
 */
export function standWhereCalled(): void {
  const { INIT_CWD: called, npm_lifecycle_event: script = "", npm_package_json: file } = process.env;
  const byNpm = file === join(CHECKOUT, "package.json") && /^(start|export|site)$/.test(script);
  if (byNpm && called && existsSync(called) && process.cwd() === CHECKOUT) process.chdir(called);
}

/** A file of setup/, which is plain JavaScript: set-up itself runs before anything is built. */
export function setupModule(file: string) {
  return import(pathToFileURL(join(CHECKOUT, "setup", file)).href);
}

/** Where everything that Jupyter writes for its user goes. */
const JUPYTER = join(CHECKOUT, ".jupyter");

/** Where a running server leaves its address, its token and its process number. */
export const RUNTIME_FOLDER = join(JUPYTER, "runtime");

/**
 * The Python that set-up made.
 *
 * @param command  who asks, for the error
 * @throws Error if it is not there
 */
export function venvPython(command: string): string {
  const inside = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const path = join(CHECKOUT, ".venv", ...inside);
  const cure = INSTALLED
    ? `${SETUP}   (or, for a Jupyter of your own: npx xorlab kernel install)`
    : `${SETUP}   (npm start does it too)`;
  if (!existsSync(path))
    throw new Error(`${command}: JupyterLab is not installed here: ${path} is missing\n  Cure: ${cure}`);
  return path;
}

/**
 * The environment in which Jupyter keeps to the checkout; .venv's own config is found all the same.
 *
 * @param served  the folder that JupyterLab serves: each has its own open tabs
 */
export function jupyterEnvironment(served = CHECKOUT): NodeJS.ProcessEnv {
  const { PYTHONHOME, PYTHONPATH, ...kept } = process.env; // they would lead Python out of .venv
  return {
    ...kept,
    JUPYTER_CONFIG_DIR: join(JUPYTER, "config"),
    JUPYTER_DATA_DIR: join(JUPYTER, "data"),
    JUPYTER_RUNTIME_DIR: RUNTIME_FOLDER,
    JUPYTERLAB_SETTINGS_DIR: join(JUPYTER, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(JUPYTER, "workspaces", served === CHECKOUT ? "" : nameFor(served)),
    IPYTHONDIR: join(JUPYTER, "ipython"),
  };
}

/** A short name that stands for a path. */
function nameFor(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 16);
}
