import { statfsSync } from "node:fs";
import { root } from "./paths.mjs";
import { Problem } from "./problem.mjs";

/**
 * Stops before a long work that the disk could not hold.
 *
 * @param {number} needed  bytes
 * @param {string} again   the command to call then
 */
export function checkDisk(needed, again, free = freeBytes()) {
  if (free >= needed) return;
  throw new Problem(
    "There is too little space on the disk.",
    `it takes ${gigabytes(needed)} while it works, and ${gigabytes(free)} are free.`,
    ["free some space: df -h . shows how much there is", again],
  );
}

/** How much may still be written on the checkout's disk. */
export function freeBytes() {
  const { bavail, bsize } = statfsSync(root);
  return bavail * bsize;
}

/** @param {number} bytes */
export const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
