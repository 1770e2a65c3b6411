import { statfsSync } from "node:fs";
import { diskProblem } from "./diagnose.mjs";

const NEEDED = 1e9; // bytes: node_modules 0.55 GB, .venv 0.32 GB

/**
 * Stops before a long installation that the disk could not hold.
 * @param {string} folder
 */
export function checkDisk(folder) {
  if (freeBytes(folder) < NEEDED) throw diskProblem("There is too little space on the disk.");
}

/**
 * How much may still be written on the disk of a folder.
 * @param {string} folder
 */
export function freeBytes(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** @param {number} bytes */
export const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
