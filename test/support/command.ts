import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { CHECKOUT } from "./checkout.js";

/** The command line's program. */
export const XORLAB = join(CHECKOUT, "dist", "src", "node", "cli", "main.js");

/** How a program ended, and what it wrote. */
export interface Ended {
  /** Its exit code, or the signal that ended it. */
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a program.
 *
 * @param started  receives its process
 */
export function runProgram(
  program: string,
  argv: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
  started: (child: ChildProcess) => void = () => {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code: code ?? String(signal), out, err }));
    started(child);
  });
}

/** Runs `xorlab …` in a folder. */
export function xorlab(
  folder: string,
  argv: readonly string[],
  started?: (child: ChildProcess) => void,
): Promise<Ended> {
  return runProgram(process.execPath, [XORLAB, ...argv], { cwd: folder }, started);
}
