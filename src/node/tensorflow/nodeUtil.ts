import { createRequire } from "node:module";

/** The two functions of Node's `util` that tfjs-node 4.22 calls and that newer Nodes took away or warn of. */
const OLD_FUNCTIONS = {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined, // gone since Node 23
  isArray: Array.isArray, // warns that it is deprecated since Node 22
};

/**
 * Gives Node's `util` back what tfjs-node needs: without it the first operation throws on Node 23 and later.
 * Must be called before the package is loaded.
 */
export function mendNodeUtil(): void {
  Object.assign(createRequire(__filename)("node:util"), OLD_FUNCTIONS);
}
