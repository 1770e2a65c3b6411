import { join } from "node:path";
import { root } from "./paths.mjs";

/** The kernel's name in Jupyter: what a notebook's metadata says and what the launcher offers. */
export const KERNEL_NAME = "xorlab";

/**
 * How Jupyter starts the kernel. Paths are absolute: the server may be started from anywhere.
 * @param {string} node  the Node to run it with
 */
export function kernelspec(node) {
  return {
    argv: [
      node,
      "--no-force-async-hooks-checks", // Stop may break off an endless loop amid Node's own bookkeeping: not fatal
      join(root, "dist", "src", "kernel", "main.js"),
      "{connection_file}",
    ],
    display_name: "TypeScript (xorlab)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}
