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
      join(root, "node_modules", "tslab", "bin", "tslab"),
      "kernel",
      "--config-path={connection_file}",
    ],
    display_name: "TypeScript (xorlab)",
    language: "typescript",
    interrupt_mode: "signal",
    metadata: { debugger: false },
  };
}
