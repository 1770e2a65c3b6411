import { spawn } from "node:child_process";

/**
 * @typedef {object} Ended
 * @property {number} code      the exit code; 127 if the program could not be started
 * @property {string} output    everything it printed, both streams in order
 */

/** The children that run now: an interrupted set-up ends them. @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * Runs a program to its end and keeps what it prints.
 *
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, onLine?: (line: string) => void }} ChildOptions
 * @param {readonly string[]} command  program and arguments
 * @param {ChildOptions} [options]
 * @returns {Promise<Ended>}
 */
export function runChild(command, { cwd, env = process.env, shell = false, onLine } = {}) {
  return new Promise((resolve) => {
    const [program = "", ...args] = command;
    const child = spawn(program, args, {
      cwd,
      env,
      shell,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    /** @param {string} text */
    const take = (text) => {
      output += text;
      const line = output.trimEnd().split("\n").at(-1)?.trim();
      if (line) onLine?.(line);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    running.add(child);
    /** @param {number} code */
    const end = (code) => {
      running.delete(child);
      resolve({ code, output });
    };
    child.on("error", (error) => {
      output += error.message;
      end(127);
    });
    child.on("close", (code) => end(code ?? 1));
  });
}

const TAIL = 40; // lines of a failed program's output that are worth showing
const STACK_LINE = /^(npm error)?\s+at .*:\d+:\d+\)?( \{)?$/; // where in npm's own code: of no use to its user

/**
 * Runs a program that must succeed.
 *
 * @param {readonly string[]} command
 * @param {ChildOptions} options
 * @param {(output: string, code: number) => import("./problem.mjs").Problem} explain  says why it failed
 * @returns {Promise<string>}  what it printed
 * @throws {import("./problem.mjs").Problem} together with the last lines that it printed
 */
export async function runChecked(command, options, explain) {
  const { code, output } = await runChild(command, options);
  if (code === 0) return output;
  const problem = explain(output, code);
  const lines = output.trimEnd().split("\n");
  problem.output = lines
    .filter((line) => !STACK_LINE.test(line))
    .slice(-TAIL)
    .join("\n");
  throw problem;
}

/** Ends whatever still runs. */
export function endChildren() {
  for (const child of running) child.kill("SIGTERM");
}
