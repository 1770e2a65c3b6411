import { existsSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT, venvPython } from "./checkout.js";
import { type LabArguments, readLabArguments } from "./labArguments.js";
import { type Address, LabServer } from "./labServer.js";
import { choosePort } from "./ports.js";

const STANDARD_PORT = 8888;
const FIRST_NOTEBOOK = "notebooks/01-sigmoid-success.ipynb";
const IMPATIENT = 1000; // milliseconds: npm hands one Ctrl-C on a second time at once; a later one is meant

const HELP = `npm start [-- NOTEBOOK --no-browser --port N …]      or: npx xorlab lab …

Opens the notebooks in JupyterLab, on this machine only. Ctrl-C stops it.

  NOTEBOOK        the notebook to open (${FIRST_NOTEBOOK})
  --port N        the port to serve on (${STANDARD_PORT}, or the next free one)
  --no-browser    prints the address and opens no browser
  -h, --help      this text

Everything else is handed to JupyterLab: .venv/bin/jupyter lab --help-all lists it.
`;

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
  const port = await choosePort(asked.port, STANDARD_PORT);
  const notes: string[] = [];
  if (asked.port === undefined && port !== STANDARD_PORT)
    notes.push(`Port ${STANDARD_PORT} is in use; this is port ${port}.`);
  const root = process.getuid?.() === 0;
  if (root) notes.push("This runs as root, as in a container; so do the notebooks.");
  const browser = asked.browser && hasDisplay();
  if (asked.browser && !browser)
    notes.push("There is no display here: open the address in a browser yourself.");
  const page = startPage(asked);
  const server = new LabServer(port, jupyterArguments(asked, page, root, browser));
  return serve(server, page, notes, browser);
}

/** Can a browser window be opened here? */
function hasDisplay(): boolean {
  if (process.platform !== "linux") return true;
  const { DISPLAY, WAYLAND_DISPLAY, BROWSER } = process.env;
  return Boolean(DISPLAY || WAYLAND_DISPLAY || BROWSER);
}

/** The page to open: the notebook asked for, else the first one, else the folder. */
function startPage({ notebook, others }: LabArguments): string | undefined {
  if (notebook === undefined && others.some((name) => /root_dir|notebook-dir|default_url/.test(name)))
    return undefined; // another folder is served, or another page is asked for
  const path = notebook ?? (existsSync(join(CHECKOUT, FIRST_NOTEBOOK)) ? FIRST_NOTEBOOK : "notebooks");
  return `/lab/tree/${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** JupyterLab refuses an option that comes twice: what the person asks for takes the place of ours. */
function jupyterArguments(
  { others }: LabArguments,
  page: string | undefined,
  root: boolean,
  browser: boolean,
): string[] {
  const quiet = !others.some((name) => /^--(debug|log-level|\w+\.log_level)\b/.test(name));
  return [
    ...(quiet ? ["--Application.log_level=WARN"] : []),
    ...(page === undefined ? [] : [`--LabApp.default_url=${page}`]),
    ...(root ? ["--allow-root"] : []),
    ...(browser ? [] : ["--no-browser"]),
    ...others,
  ];
}

async function serve(
  server: LabServer,
  page: string | undefined,
  notes: readonly string[],
  browser: boolean,
): Promise<number> {
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
  if (address && first === undefined) process.stdout.write(announcement(address, page, notes, browser));
  const code = await server.ended;
  for (const signal of signals) process.off(signal, onSignal);
  return first === undefined ? code : 0;
}

function announcement(
  { url, token }: Address,
  page: string | undefined,
  notes: readonly string[],
  browser: boolean,
): string {
  const path = (page ?? "/lab").slice(1);
  const link = `${url}${path}${token === "" ? "" : `?token=${token}`}`;
  const opens = browser
    ? "JupyterLab opens in your browser; its address is"
    : "JupyterLab is ready. Open this address:";
  return `
${opens}

    ${link}

${[...notes, "Ctrl-C stops it."].join("\n")}

`;
}
