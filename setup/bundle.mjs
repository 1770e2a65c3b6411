import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { paths, root } from "./paths.mjs";

/**
 * Whether a stamp is newer than all that a program makes its files of: the sources, the program, and what npm installed, for which
 * the lock file stands.
 *
 * @param {string} stampFile
 * @param {string} program
 */
export function isUpToDate(stampFile, program) {
  const sources = ["src", "templates"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      join(root, folder, name),
    ),
  );
  const files = [...sources, paths.lock, program];
  const made = statSync(stampFile, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return files.every((file) => statSync(file).mtimeMs < made);
}

/**
 * Bundles a script: for browsers, unless the options say otherwise.
 *
 * @param {import("esbuild").BuildOptions} options
 * @returns {Promise<string>}
 */
export async function bundled(options) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    logLevel: "error",
    ...options,
    write: false,
  });
  return outputFiles[0].text;
}
