import { join } from "node:path";
import { root } from "./paths.mjs";

/** The kernel's name in Jupyter: what a notebook's metadata says and what the launcher offers. */
export const KERNEL_NAME = "xorlab";

const KERNEL = join(root, "dist", "src", "kernel");
const LAUNCHER = join(root, "jupyter", "kernel", "launch.sh");

/**
 * How Jupyter starts the kernel. Paths are absolute: the server may be started from anywhere.
 * @param {string} node  the Node to run it with
 * @param {string} launcher  where launch.sh is, which is used where there is a shell
 * @param {string[]} program  what Node runs, and the arguments before the connection file
 */
export function kernelspec(node, launcher = LAUNCHER, program = [join(KERNEL, "main.js")]) {
  const flag = "--no-force-async-hooks-checks"; // Stop may break off an endless loop amid Node's own bookkeeping: not fatal
  const shell = process.platform === "win32" ? [] : ["/bin/sh", launcher, KERNEL];
  return {
    argv: [...shell, node, flag, ...program, "{connection_file}"],
    display_name: "TypeScript (xorlab)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}

/** The Node in a kernelspec's argv. @param {readonly string[]} argv */
export const nodeOf = (argv) => argv[process.platform === "win32" ? 0 : 3];
