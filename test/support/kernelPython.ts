import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { PYTHON } from "./checkout.js";
import { CHECKOUT, KERNELSPEC } from "./kernelWire.js";

// Needs: requirements-test.txt

const WINDOWS = process.platform === "win32";
const REQUIREMENTS = join(CHECKOUT, "requirements-test.txt");

/** The kernel under test, as Jupyter's own programs find it. */
export const kernelName = basename(dirname(KERNELSPEC));
const jupyterPath = dirname(dirname(dirname(KERNELSPEC)));

/** Where the packages of requirements-test.txt are, once they are installed. */
function packagesFolder(): string {
  const fingerprint = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 16);
  return join(CHECKOUT, "dist", `test-python-${fingerprint}`);
}

/**
 * Installs the packages of requirements-test.txt, the first time, and says why the tests that need them are left out,
 * or false. In CI they never are: there, a failed installation fails them.
 */
export function noTestPackages(): string | false {
  const folder = packagesFolder();
  if (existsSync(folder)) return false;
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`); // two test files may do this at once: the first to finish is the one
  const options = ["--disable-pip-version-check", "--no-input", "--quiet", "--no-deps", "--target", fresh];
  const pip = spawnSync(PYTHON, ["-m", "pip", "install", ...options, "-r", REQUIREMENTS], {
    encoding: "utf8",
  });
  if (pip.status === 0 && !existsSync(folder)) renameSync(fresh, folder);
  else rmSync(fresh, { recursive: true, force: true });
  if (pip.status === 0) return false;
  const reason = `the packages of requirements-test.txt could not be installed:\n${pip.stderr}`;
  if (process.env.CI === "true") throw new Error(reason);
  return reason;
}

/** The environment in which Python's programs find those packages and the kernel. */
export function pythonEnvironment(): NodeJS.ProcessEnv {
  const paths = [packagesFolder(), process.env.PYTHONPATH].filter(Boolean);
  return {
    ...process.env,
    PYTHONPATH: paths.join(WINDOWS ? ";" : ":"),
    PYTHONUNBUFFERED: "1",
    JUPYTER_PATH: jupyterPath,
    JUPYTER_PLATFORM_DIRS: "1",
    IPYTHONDIR: join(CHECKOUT, "dist", "ipython"), // what these programs keep is nobody's business
    JUPYTER_RUNTIME_DIR: join(CHECKOUT, "dist", `jupyter-runtime-${process.pid}`),
    XORLAB_TEST_KERNEL: kernelName,
  };
}

/** How a program of Python has ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program of .venv's Python to its end. */
export function runPython(args: readonly string[], cwd = CHECKOUT): Promise<Ended> {
  return new Promise((done, failed) => {
    const child = spawn(PYTHON, args, { cwd, env: pythonEnvironment() });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      output += part;
    });
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      errors += part;
    });
    child.on("error", failed);
    child.on("close", (code) => done({ code, output, errors }));
    child.stdin.end();
  });
}

/** One process of .venv's Python that runs programs in a folder, one after the other: what they import, it imports once. */
export class PythonPrograms {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly answers: AsyncIterator<string>;
  private printed = "";
  private last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    const script = join(CHECKOUT, "test", "support", "kernel_programs.py");
    this.child = spawn(PYTHON, [script], { cwd: folder, env: pythonEnvironment() });
    this.child.stderr.setEncoding("utf8").on("data", (part: string) => {
      this.printed += part;
    });
    this.answers = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** Runs a module with arguments, as `python -m` does. */
  async run(...args: readonly string[]): Promise<Ended> {
    this.child.stdin.write(`${JSON.stringify(args)}\n`);
    const next = this.last.then(() => this.answers.next());
    this.last = next;
    const { value, done } = await next;
    if (done) throw new Error(`Python ended during ${args.join(" ")}:\n${this.printed}`);
    const ended: Ended = JSON.parse(value);
    const byOthers = this.printed; // by kernels: what the program has printed itself is in its answer
    this.printed = "";
    return { ...ended, errors: ended.errors + byOthers };
  }

  close(): void {
    this.child.stdin.end();
  }
}
