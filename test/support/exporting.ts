import { spawn } from "node:child_process";
import { join } from "node:path";
import { CHECKOUT } from "./checkout.js";

// Needs: Jupyter

/** How an export ended and what it printed. */
export interface Exported {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const MAIN = join(CHECKOUT, "dist", "src", "node", "cli", "main.js");

/**
 * Runs the export in a process of its own.
 *
 * @param started  is given the means to signal the process
 */
export async function runExport(
  args: readonly string[],
  started: (kill: (signal: NodeJS.Signals) => void) => void = () => {},
): Promise<Exported> {
  const child = spawn(process.execPath, [MAIN, "export", ...args], { cwd: CHECKOUT });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  started((signal) => child.kill(signal));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, stdout, stderr };
}
