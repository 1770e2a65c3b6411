import { Problem } from "./problem.mjs";

const OLDEST = 20; // the oldest Node that is still tested

/**
 * Is this Node new enough? Kept in syntax that old versions can read.
 * @param {string} version  as in process.versions.node
 * @returns {Problem | undefined}
 */
export function nodeProblem(version) {
  if (Number.parseInt(version, 10) >= OLDEST) return undefined;
  return new Problem(`Node ${version} is too old.`, `xorlab needs Node ${OLDEST} or later.`, [
    "install a newer Node, for example: nvm install --lts",
    "(or from https://nodejs.org), then run the same command again",
  ]);
}
