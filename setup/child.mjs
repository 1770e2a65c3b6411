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
 * @param {readonly string[]} command  program and arguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, onLine?: (line: string) => void }} [options]
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

/** Ends whatever still runs. */
export function endChildren() {
  for (const child of running) child.kill("SIGTERM");
}
