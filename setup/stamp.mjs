import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * A stamp is a small file that says what a step was last done with. It lies inside the folder it vouches for, is
 * taken away before the step begins and written only after it succeeded: a step cut short is simply done again.
 */

/**
 * @param {string} file
 * @returns {Record<string, unknown> | undefined}  undefined if there is none, or none that can be read
 */
export function readStamp(file) {
  try {
    const stamp = JSON.parse(readFileSync(file, "utf8"));
    return stamp !== null && typeof stamp === "object" ? stamp : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} file
 * @param {Record<string, unknown>} stamp
 */
export function writeStamp(file, stamp) {
  writeIfDifferent(file, `${JSON.stringify(stamp, null, 2)}\n`);
}

/** @param {string} file */
export function removeStamp(file) {
  rmSync(file, { force: true });
}

/**
 * The first 16 hexadecimal digits of the SHA-256 of a file.
 * @param {string} file
 */
export function fingerprint(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
}

/**
 * Writes a file only where its content would change, so that a second set-up touches nothing.
 * @param {string} file
 * @param {string | Buffer} content
 * @returns {boolean}  whether it was written
 */
export function writeIfDifferent(file, content) {
  const wanted = Buffer.from(content);
  try {
    if (readFileSync(file).equals(wanted)) return false;
  } catch {
    mkdirSync(dirname(file), { recursive: true });
  }
  writeFileSync(file, wanted);
  return true;
}
