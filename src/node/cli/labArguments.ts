import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { wholeNumber } from "../../check.js";

/** What `xorlab lab` was asked. */
export interface LabArguments {
  readonly help: boolean;
  /** the port that was asked for; undefined: any, from the default */
  readonly port: number | undefined;
  readonly browser: boolean;
  /** the notebook to open, from the served folder with "/" between; undefined: the first one */
  readonly notebook: string | undefined;
  /** everything else, for JupyterLab itself */
  readonly others: readonly string[];
}

/**
 * Reads the arguments: few are our own, all others are JupyterLab's.
 *
 * @param root  the folder that is served
 * @throws RangeError for a port that is none, or a notebook that is not there
 */
export function readLabArguments(argv: readonly string[], root: string): LabArguments {
  let port: number | undefined;
  let browser = true;
  let notebook: string | undefined;
  const others: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const [name, value] = argv[i].split(/=(.*)/s);
    if (name === "--help" || name === "-h") return { help: true, port, browser, notebook, others };
    if (name === "--port" || name === "--ServerApp.port") port = portNumber(value ?? argv[++i]);
    else if (name === "--no-browser") browser = false;
    else if (argv[i].endsWith(".ipynb") && !argv[i].startsWith("-")) notebook = servedPath(argv[i], root);
    else others.push(argv[i]);
  }
  return { help: false, port, browser, notebook, others };
}

function portNumber(came: string | undefined): number {
  const number = came !== undefined && /^\d+$/.test(came) ? Number(came) : came;
  return wholeNumber("xorlab lab", "--port", number, 1, 65535);
}

function servedPath(came: string, root: string): string {
  const path = resolve(came);
  const inside = relative(root, path).split(sep).join("/");
  if (!existsSync(path)) throw new RangeError(`xorlab lab: there is no notebook ${JSON.stringify(path)}`);
  if (inside.startsWith("../") || resolve(root, inside) !== path)
    throw new RangeError(
      `xorlab lab: a notebook must lie in ${root}, got ${JSON.stringify(path)}\n  Cure: copy it into ${root}, where its kernel finds xorlab`,
    );
  return inside;
}
