import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { CHECKOUT } from "./checkout.js";

// Needs: Python

/** A file of setup/, such as "native/needs.mjs". */
// biome-ignore lint/suspicious/noExplicitAny: plain JavaScript, whose types the test's compiler does not read
export function loadSetup(name: string): Promise<any> {
  return import(pathToFileURL(join(CHECKOUT, "setup", name)).href);
}

/** What set-up says when it fails. */
export interface Problem {
  readonly what: string;
  readonly why: string;
  readonly cures: readonly string[];
}

/** How a set-up ended and what it printed. */
export interface SetupRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the set-up of a checkout.
 *
 * @param watch  is told all that was printed so far, and may interrupt it
 */
export async function runSetup(
  checkout: string,
  env: NodeJS.ProcessEnv,
  watch: (printed: string, interrupt: () => void) => void = () => {},
): Promise<SetupRun> {
  const child = spawn(process.execPath, [join(checkout, "setup", "main.mjs")], { cwd: checkout, env });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    watch(stdout, () => child.kill("SIGINT"));
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, stdout, stderr };
}

/** A checkout as after a clone: set-up's own files and what it reads, nothing made yet. */
export function freshCheckout(): string {
  const folder = mkdtempSync(join(tmpdir(), "xorlab-setup-"));
  for (const name of ["setup", "jupyter", "package.json", "package-lock.json", "requirements.txt"])
    cpSync(join(CHECKOUT, name), join(folder, name), { recursive: true });
  return folder;
}

/**
 * A checkout whose npm packages and build are done, with a compiler that has nothing to do and no Python packages
 * to install: what is left is the part of Python and Jupyter, in seconds.
 */
export async function builtCheckout(): Promise<string> {
  const folder = freshCheckout();
  const put = (path: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode });
  };
  put("node_modules/typescript/bin/tsc", "");
  put("node_modules/.bin/xorlab", "");
  put("dist/src/node/cli/main.js", "", 0o755);
  put("dist/jupyterlab/static/script.js", "");
  put("requirements.txt", "# nothing\n");
  put(
    "node_modules/.xorlab-setup.json",
    readFileSync(join(CHECKOUT, "node_modules/.xorlab-setup.json"), "utf8"),
  );
  return folder;
}

/**
 * A folder with a python3 of our own, and the environment in which it is the only Python.
 *
 * @param answer  what it says of itself, as "3.8.10|/fake/python3|venv"; undefined: there is none
 * @param venv    the shell commands that it runs for `-m venv`
 */
export function fakePython(answer: string | undefined, venv = "exit 0"): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), "xorlab-python-"));
  const script = `#!/bin/sh
case "$*" in
  *xorlab-probe*) echo 'xorlab-probe|${answer}' ;;
  *"-m venv"*) ${venv} ;;
esac
`;
  if (answer !== undefined) writeFileSync(join(folder, "python3"), script, { mode: 0o755 });
  const { PYTHON, ...env } = process.env;
  return { ...env, PATH: folder };
}

/** The environment without the variables that would lead npm or pip somewhere. */
export function withoutNetwork(cache: string): NodeJS.ProcessEnv {
  const closed = "http://127.0.0.1:9"; // the discard port, where nothing listens
  const { PIP_FIND_LINKS, PIP_EXTRA_INDEX_URL, PYTHON, ...env } = process.env;
  return {
    ...env,
    PATH: `${dirname(process.execPath)}${delimiter}${env.PATH}`,
    npm_config_registry: closed,
    npm_config_cache: cache,
    npm_config_fetch_retries: "0",
    npm_config_loglevel: "silent", // as `npm start` leaves it to set-up
    PIP_CONFIG_FILE: "/dev/null",
    PIP_INDEX_URL: `${closed}/simple`,
    PIP_RETRIES: "0",
    PIP_NO_CACHE_DIR: "1",
  };
}
