import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join, relative, resolve, sep } from "node:path";
import { wholeNumber } from "../../check.js";
import { CHECKOUT, venvPython } from "./checkout.js";
import { type Address, LabServer } from "./labServer.js";

const STANDARD_PORT = 8888;
const HOST = "127.0.0.1"; // the only address that is served: jupyter/jupyter_config.py sets it
const FIRST_NOTEBOOK = "notebooks/01-sigmoid-success.ipynb";
const IMPATIENT = 1000; // milliseconds: npm hands one Ctrl-C on a second time at once; a later one is meant

const HELP = `npm start [-- NOTEBOOK --no-browser --port N …]      or: npx xorlab lab …

Opens the notebooks in JupyterLab, on this machine only. Ctrl-C stops it.

  NOTEBOOK        the notebook to open (${FIRST_NOTEBOOK})
  --port N        the port to serve on (${STANDARD_PORT}, or a free one near it)
  --no-browser    prints the address and opens no browser
  -h, --help      this text

All other options go to JupyterLab: .venv/bin/jupyter lab --help-all lists them.
`;

/** What `xorlab lab` was asked. */
export interface LabArguments {
  readonly help: boolean;
  /** the port that was asked for; undefined: the standard one, or a free one near it */
  readonly port: number | undefined;
  readonly browser: boolean;
  /** the notebook to open, from the served folder with "/" between; undefined: the first one */
  readonly notebook: string | undefined;
  /** everything else, for JupyterLab itself */
  readonly others: readonly string[];
}

/**
 * Serves the checkout in JupyterLab until it is stopped: `xorlab lab`.
 *
 * @param argv  the arguments after "lab"; --help lists them
 * @returns the exit code: 0 when stopped on purpose, else JupyterLab's own
 * @throws Error if set-up is missing or the port asked for is in use; RangeError for a bad argument
 */
export async function openLab(argv: readonly string[]): Promise<number> {
  const asked = readLabArguments(argv, CHECKOUT);
  if (asked.help) {
    process.stdout.write(HELP);
    return 0;
  }
  venvPython("xorlab lab");
  if (asked.port !== undefined) await checkPort(asked.port);
  const server = new LabServer(jupyterArguments(asked));
  return serve(server, (address) => process.stdout.write(announcement(address, asked)));
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
      `xorlab lab: a notebook must be in ${root}, got ${JSON.stringify(path)}\n  Cure: copy it into ${root}, where its kernel finds xorlab`,
    );
  return inside;
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
    const cure = "Cure: npm start   (which takes a free port)";
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

/** The page to open: the notebook asked for, else the first one, else the folder. */
function startPage({ notebook, others }: LabArguments): string | undefined {
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
