import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { oneOf, written } from "../../check.js";
import { CHECKOUT } from "./checkout.js";
import {
  activeEnvironment,
  allDataFolders,
  prefixDataFolder,
  type Surroundings,
  userDataFolder,
} from "./jupyterFolders.js";
import { faultOf, installedKernels, removeKernelspec, writeKernelspec } from "./kernelspecs.js";
import { readOptions } from "./options.js";

const NAME = "xorlab";
const DISPLAY_NAME = "TypeScript (xorlab)";

export const HELP = `npx xorlab kernel install     adds the kernel to a Jupyter of your own (JupyterLab, VS Code, nbconvert, …)
npx xorlab kernel uninstall   takes it away
npx xorlab kernel list        the kernels that were installed so: name, folder, what it starts, and whether it works

  --user               for you, in every environment (what happens without an option)
  --sys-prefix         for the Python environment that is active (venv or conda)
  --prefix DIR         for the environment in DIR, or any other prefix: into DIR/share/jupyter
  --name NAME          the kernel's name for Jupyter (${NAME}): letters, digits, "-", "_" and "."
  --display-name TEXT  its name for people (${DISPLAY_NAME})
  -h, --help           this text

It writes one folder, and one for JupyterLab's controls; it needs no Python. The kernel runs from here: if this folder moves, install it again from there.
`;

const FIGURES = "JupyterLab draws figures if its Python has Plotly: pip install plotly\n";

const OPTIONS = {
  user: { type: "boolean" },
  "sys-prefix": { type: "boolean" },
  prefix: { type: "string" },
  name: { type: "string" },
  "display-name": { type: "string" },
} as const;

const ACTIONS = ["install", "uninstall", "list"] as const;

type Options = ReturnType<typeof readOptions<typeof OPTIONS>>["values"];

/**
 * Adds the kernel to a Jupyter of the user's own, lists and removes it: `xorlab kernel`.
 *
 * @param argv  the arguments after "kernel"
 * @returns the exit code
 * @throws Error if a folder cannot be written, or no environment is active; RangeError for a bad argument
 */
export async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions("xorlab kernel", argv, OPTIONS, true);
  const [asked, ...more] = positionals;
  if (asked === undefined) {
    process.stdout.write(HELP);
    return 1;
  }
  const action = oneOf("xorlab kernel", "action", asked, ACTIONS);
  if (more.length > 0) throw new RangeError(`xorlab kernel ${action}: unexpected ${written(more[0])}`);
  if (action === "install") return install(values);
  return action === "uninstall" ? uninstall(values) : list(values);
}

async function install(values: Options): Promise<number> {
  const { data, option } = place("install", values);
  const name = kernelName(values.name);
  const displayName = values["display-name"] ?? DISPLAY_NAME;
  if (displayName.trim() === "")
    throw new RangeError("xorlab kernel install: --display-name must not be empty");
  const named = values.name === undefined ? "" : ` --name ${name}`;
  const shown = values["display-name"] === undefined ? "" : ` --display-name ${JSON.stringify(displayName)}`;
  const command = `npx xorlab kernel install ${option}${named}${shown}`;
  const folder = await writeKernelspec(data, name, displayName, command);
  process.stdout.write(
    `Installed the kernel ${JSON.stringify(displayName)} as ${name}:\n  ${folder}\n${FIGURES}`,
  );
  const known = installedKernels([data]).find((one) => one.name === name);
  const fault = known && faultOf(known);
  if (fault !== undefined) process.stdout.write(`It does not work yet: ${indented(fault)}\n`);
  return fault === undefined ? 0 : 1;
}

async function uninstall(values: Options): Promise<number> {
  const { data } = place("uninstall", values);
  const name = kernelName(values.name);
  const found = installedKernels([data]).find((one) => one.name === name);
  if (!found) {
    const others = installedKernels(folders(values)).map(({ folder }) => `\n  ${folder}`);
    const known = others.length > 0 ? `; there are:${others.join("")}` : "";
    throw new RangeError(
      `xorlab kernel uninstall: there is no kernel of xorlab's in ${join(data, "kernels", name)}${known}`,
    );
  }
  await removeKernelspec(found);
  process.stdout.write(`Removed ${found.folder}\n`);
  return 0;
}

function list(values: Options): number {
  const found = installedKernels(folders(values));
  if (found.length === 0) process.stdout.write("No kernel was installed with: npx xorlab kernel install\n");
  for (const kernel of found) {
    const fault = faultOf(kernel);
    process.stdout.write(
      `${kernel.name}\n  in      ${kernel.folder}\n  starts  ${kernel.target}\n  ${fault === undefined ? "works" : `does not work: ${indented(fault)}`}\n`,
    );
  }
  return 0;
}

const indented = (text: string): string => text.replaceAll("\n", "\n    ");

/** The process's surroundings; a terminal in our own JupyterLab has that one's data folder, which is not the user's. */
function surroundings(): Surroundings {
  const { JUPYTER_DATA_DIR, ...env } = process.env;
  const own = JUPYTER_DATA_DIR === join(CHECKOUT, ".jupyter", "data");
  return { env: own ? env : process.env, platform: process.platform, home: homedir() };
}

/** The data folder that the options name, and the option that names it. */
function place(action: string, values: Options): { data: string; option: string } {
  const given = (["user", "sys-prefix", "prefix"] as const).filter((name) => values[name] !== undefined);
  if (given.length > 1)
    throw new RangeError(
      `xorlab kernel ${action}: --${given.join(" and --")} name different places; give one of them`,
    );
  if (values.prefix !== undefined) {
    if (values.prefix === "")
      throw new RangeError(`xorlab kernel ${action}: --prefix must be a folder, got ""`);
    const prefix = resolve(values.prefix);
    return { data: prefixDataFolder(prefix), option: `--prefix ${JSON.stringify(prefix)}` };
  }
  const around = surroundings();
  if (!values["sys-prefix"]) return { data: userDataFolder(around), option: "--user" };
  const environment = activeEnvironment(around);
  if (environment === undefined)
    throw new Error(
      `xorlab kernel ${action}: no Python environment is active: neither VIRTUAL_ENV nor CONDA_PREFIX is set\n  Cure: activate it first, or name its folder: --prefix DIR`,
    );
  return { data: prefixDataFolder(environment), option: `--prefix ${JSON.stringify(environment)}` };
}

/** Where to look for kernels: everywhere, or in the place that was named. */
function folders(values: Options): string[] {
  const named = values.user || values["sys-prefix"] || values.prefix !== undefined;
  if (named) return [place("list", values).data];
  return allDataFolders(surroundings());
}

/** A name as Jupyter allows it; it takes capital letters for small ones. */
function kernelName(came: string = NAME): string {
  const name = came.toLowerCase();
  if (!/^[a-z0-9._-]+$/.test(name) || /^\.*$/.test(name))
    throw new RangeError(
      `xorlab kernel: --name must be letters, digits, "-", "_" and ".", got ${written(came)}`,
    );
  return name;
}
