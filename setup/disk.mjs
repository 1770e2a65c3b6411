import { statfsSync } from "node:fs";
import { diskProblem } from "./diagnose.mjs";

const NEEDED = 1e9; // bytes: node_modules 0.55 GB, .venv 0.32 GB

/**
 * Stops before a long installation that the disk could not hold.
 * @param {string} folder
 */
export function checkDisk(folder) {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < NEEDED) throw diskProblem("There is too little space on the disk.");
}
