import { once } from "node:events";
import { cpSync, existsSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { wholeNumber, written } from "../../check.js";
import { writeText } from "../files.js";
import { CHECKOUT, calledAs, INSTALLED, isInside, venvPython } from "./checkout.js";
import { type Address, LabServer } from "./labServer.js";

const STANDARD_PORT = 8888;
const HOST = "127.0.0.1"; // the only address that is served: jupyter/jupyter_config.py sets it
const FIRST_NOTEBOOK = "notebooks/01-sigmoid-success.ipynb";
const OWN_FOLDER = "xorlab-notebooks"; // where xorlab is a package: the notebooks as the user's own files
const IMPATIENT = 1000; // milliseconds: npm hands one Ctrl-C on a second time at once; a later one is meant

export const HELP = `${calledAs("start")} [NOTEBOOK|FOLDER --no-browser --port N …]

Opens notebooks in JupyterLab, on this machine only. Ctrl-C stops it.

  NOTEBOOK        the notebook to open, anywhere (${INSTALLED ? `${OWN_FOLDER}/01-…: yours, copied there the first time` : FIRST_NOTEBOOK})
  FOLDER          the folder to show
  --new           makes the notebook if there is none
  --port N        the port to serve on (${STANDARD_PORT}, or a free one near it)
  --no-browser    prints the address and opens no browser
  -h, --help      this text

All other options go to JupyterLab: .venv/bin/jupyter lab --help-all lists them.
`;

/** What `xorlab lab` was asked. */
export type LabArguments = ReturnType<typeof readLabArguments>;

/**
 * Serves a folder in JupyterLab until it is stopped, the checkout if none is named: `xorlab lab`.
 *
 * @param argv  the arguments after "lab"
 * @returns the exit code: 0 when stopped on purpose, else JupyterLab's own
 * @throws Error if set-up is missing or the port asked for is in use; RangeError for a bad argument
 */
export async function run(argv: readonly string[]): Promise<number> {
  venvPython("xorlab lab");
  const asked = readLabArguments(argv);
  if (asked.port !== undefined) await checkPort(asked.port);
  const server = new LabServer(jupyterArguments(asked), asked.root);
  return serve(server, (address) => process.stdout.write(announcement(address, asked)));
}

/**
 * Reads the arguments: few are our own, all others are JupyterLab's. With --new it makes the notebook.
 *
 * @param here  the folder from which paths are meant
 * @throws RangeError for a port that is none, or a notebook or folder that is not there
 */
export function readLabArguments(argv: readonly string[], here = process.cwd()) {
  let port: number | undefined; // the standard one, or a free one near it
  let browser = true;
  let create = false;
  const places: string[] = [];
  const others: string[] = []; // for JupyterLab itself
  for (let i = 0; i < argv.length; i++) {
    const [name, value] = argv[i].split(/=(.*)/s);
    if (name === "--port" || name === "--ServerApp.port") port = portNumber(value ?? argv[++i]);
    else if (name === "--no-browser") browser = false;
    else if (name === "--new") create = true;
    else if (isPlace(argv[i], argv[i - 1], here)) places.push(resolve(here, argv[i]));
    else others.push(argv[i]);
  }
  if (places.length > 1)
    throw new RangeError(`xorlab lab: name one notebook or folder, got ${places.map(written).join(" and ")}`);
  return { port, browser, others, ...placeToServe(places[0], create, here) };
}

/** Whether an argument names a notebook or a folder: it may also be the value of an option of JupyterLab's before it. */
function isPlace(argument: string, before = "", here: string): boolean {
  if (argument.startsWith("-")) return false;
  const value = /^--[^=]+$/.test(before) && !/^--(no-browser|new)$/.test(before);
  return !value || isNotebook(argument) || isFolder(resolve(here, argument));
}

function portNumber(came: string | undefined): number {
  const number = came !== undefined && /^\d+$/.test(came) ? Number(came) : came;
  return wholeNumber("xorlab lab", "--port", number, 1, 65535);
}

const isNotebook = (path: string) => path.endsWith(".ipynb");
const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * The folder to serve, and the notebook to open in it, from there with "/" between, if one was named: a notebook's neighbours are
 * shown as well.
 */
function placeToServe(
  path: string | undefined,
  create: boolean,
  here: string,
): { root: string; notebook: string | undefined } {
  if (path === undefined) {
    if (create) throw new RangeError("xorlab lab: --new needs the notebook's name, as in --new my.ipynb");
    return INSTALLED ? ownNotebooks(here) : { root: CHECKOUT, notebook: undefined };
  }
  if (isFolder(path)) return { root: path, notebook: undefined };
  if (!isNotebook(path)) throw missing("folder or notebook (.ipynb)", path, "check the path");
  if (!existsSync(path)) {
    if (!create) throw missing("notebook", path, `check the path, or make it: --new ${basename(path)}`);
    makeNotebook(path);
  }
  const root = [CHECKOUT, here].find((folder) => isInside(path, folder)) ?? dirname(path);
  return { root, notebook: relative(root, path).split(sep).join("/") };
}

/** In a package: copies its notebooks to where the user is, unless they are there, and opens the first. */
function ownNotebooks(here: string) {
  const folder = join(here, OWN_FOLDER);
  if (!existsSync(folder)) cpSync(join(CHECKOUT, "notebooks"), folder, { recursive: true });
  const first = readdirSync(folder).find((name) => isNotebook(name));
  return { root: here, notebook: first === undefined ? undefined : `${OWN_FOLDER}/${first}` };
}

function missing(what: string, path: string, cure: string): RangeError {
  return new RangeError(`xorlab lab: there is no ${what} ${written(path)}\n  Cure: ${cure}`);
}

/** Writes an empty notebook with the project's kernel. */
function makeNotebook(path: string): void {
  const cell = {
    cell_type: "code",
    id: "first",
    metadata: {},
    source: "",
    execution_count: null,
    outputs: [],
  };
  const kernelspec = { name: "xorlab", display_name: "TypeScript (xorlab)", language: "typescript" };
  const notebook = { cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  writeText("xorlab lab", path, `${JSON.stringify(notebook, null, 1)}\n`);
}

/**
 * Looks whether a port that was asked for can be had; JupyterLab would say less. Without one it finds a free one itself.
 *
 * @throws Error if the port cannot be had
 */
export async function checkPort(port: number): Promise<void> {
  const server = createServer().listen({ port, host: HOST, exclusive: true });
  try {
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const cure = `Cure: ${INSTALLED ? "npx xorlab lab" : "npm start"}   (which takes a free port)`;
    if (code === "EADDRINUSE")
      throw new Error(`xorlab lab: port ${port} is in use\n  ${cure}, or stop the program that uses ${port}`);
    const reason = code === "EACCES" ? "needs an administrator's rights" : `cannot be used (${code})`;
    throw new Error(`xorlab lab: port ${port} ${reason}\n  ${cure}`);
  } finally {
    server.close();
  }
}

/** JupyterLab refuses an option that comes twice: what the person asks for takes the place of ours. */
function jupyterArguments(asked: LabArguments): string[] {
  const { port, others } = asked;
  const page = startPage(asked);
  const quiet = !others.some((name) => /^--(debug|log-level|\w+\.log_level)\b/.test(name));
  return [
    `--ServerApp.port=${port ?? STANDARD_PORT}`,
    ...(port === undefined ? [] : ["--ServerApp.port_retries=0"]),
    ...(quiet ? ["--Application.log_level=WARN"] : []),
    ...(page === undefined ? [] : [`--LabApp.default_url=${page}`]),
    ...(isRoot() ? ["--allow-root"] : []),
    ...(opensBrowser(asked) ? [] : ["--no-browser"]),
    ...others,
  ];
}

/** The page to open: the notebook asked for, or the folder; in the checkout the first notebook. */
function startPage({ root, notebook, others }: LabArguments): string | undefined {
  if (notebook === undefined && root !== CHECKOUT) return undefined;
  if (notebook === undefined && others.some((name) => /root_dir|notebook-dir|default_url/.test(name)))
    return undefined; // another folder is served, or another page is asked for
  const path = notebook ?? (existsSync(join(CHECKOUT, FIRST_NOTEBOOK)) ? FIRST_NOTEBOOK : "notebooks");
  return `/lab/tree/${path.split("/").map(encodeURIComponent).join("/")}`;
}

const isRoot = () => process.getuid?.() === 0;
const opensBrowser = ({ browser }: LabArguments) => browser && hasDisplay();

/** Can a browser window be opened here? */
function hasDisplay(): boolean {
  if (process.platform !== "linux") return true;
  const { DISPLAY, WAYLAND_DISPLAY, BROWSER } = process.env;
  return Boolean(DISPLAY || WAYLAND_DISPLAY || BROWSER);
}

async function serve(server: LabServer, announce: (address: Address) => void): Promise<number> {
  let first: number | undefined;
  const onSignal = () => {
    if (first === undefined) {
      first = Date.now();
      process.stdout.write("\nStopping JupyterLab and its kernels…\n");
      void server.stop();
    } else if (Date.now() - first > IMPATIENT) server.kill();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, onSignal);
  const address = await server.address();
  if (address && first === undefined) announce(address);
  const code = await server.ended;
  for (const signal of signals) process.off(signal, onSignal);
  return first === undefined ? code : 0;
}

function announcement({ url, port, token }: Address, asked: LabArguments): string {
  const page = (startPage(asked) ?? "/lab").slice(1);
  const link = `${url}${page}${token === "" ? "" : `?token=${token}`}`;
  const lines = [
    port !== (asked.port ?? STANDARD_PORT) && `Port ${STANDARD_PORT} is in use; this is port ${port}.`,
    isRoot() && "JupyterLab and the notebooks run as root.",
    asked.browser && !hasDisplay() && "There is no display here: open the address in a browser yourself.",
    "Ctrl-C stops it.",
  ].filter(Boolean);
  const opens = opensBrowser(asked)
    ? "JupyterLab opens in your browser; its address is"
    : "JupyterLab is ready. Open this address:";
  return `\n${opens}\n\n    ${link}\n\n${lines.join("\n")}\n\n`;
}
