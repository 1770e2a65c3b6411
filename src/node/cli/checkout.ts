import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** The checkout (or the installed package): this file is its dist/src/node/cli/checkout.js. */
export const CHECKOUT = resolve(__dirname, "../../../..");

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
  if (!existsSync(path))
    throw new Error(
      `${command}: JupyterLab is not installed here: ${path} is missing\n  Cure: npm run setup   (npm start does it too)`,
    );
  return path;
}

/** The environment in which Jupyter keeps to the checkout; .venv's own config is found all the same. */
export function jupyterEnvironment(): NodeJS.ProcessEnv {
  const { PYTHONHOME, PYTHONPATH, ...kept } = process.env; // they would lead Python out of .venv
  return {
    ...kept,
    JUPYTER_CONFIG_DIR: join(JUPYTER, "config"),
    JUPYTER_DATA_DIR: join(JUPYTER, "data"),
    JUPYTER_RUNTIME_DIR: RUNTIME_FOLDER,
    JUPYTERLAB_SETTINGS_DIR: join(JUPYTER, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(JUPYTER, "workspaces"),
    IPYTHONDIR: join(JUPYTER, "ipython"),
  };
}
