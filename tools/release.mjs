// `node tools/release.mjs [--quick]`: packs xorlab, installs the tarball in an empty folder and checks what a stranger gets: size,
// every way to import it, types, bundles in a browser, commands. --quick asks no registry: it takes the packages of this checkout
// in place of an installation, one TypeScript, and leaves out the linters. It changes nothing in the checkout but dist/.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkBundles } from "./release/bundles.mjs";
import { checkCommands } from "./release/commands.mjs";
import { installTarball, lintTarball, packTarball } from "./release/folder.mjs";
import { checkImports } from "./release/imports.mjs";
import { checkTypes } from "./release/types.mjs";

const quick = process.argv.includes("--quick");
const base = mkdtempSync(join(tmpdir(), "xorlab-release-"));
const folder = join(base, "stranger");
let failed = 0;

/**
 * @param {string} name
 * @param {() => string | Promise<string>} check  a word on what was found; throws what is wrong
 */
async function step(name, check) {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    const found = await check();
    console.log(`✓ ${name.padEnd(22)} ${seconds().padStart(7)}  ${found}`);
  } catch (error) {
    failed += 1;
    console.log(`✗ ${name.padEnd(22)} ${seconds().padStart(7)}  ${/** @type {Error} */ (error).message}`);
  }
}

let tarball = "";
try {
  await step("pack", () => {
    tarball = packTarball(base, quick);
    return tarball.split("/").at(-1) ?? "";
  });
  await step("install", () => installTarball(tarball, folder, quick));
  await step("imports", () => checkImports(folder));
  await step("types", () => checkTypes(folder, base, quick));
  await step("bundles", () => checkBundles(folder, quick));
  await step("commands", () => checkCommands(folder));
  if (!quick) await step("publint and attw", () => lintTarball(tarball, base));
} finally {
  rmSync(base, { recursive: true, force: true });
}
console.log(failed === 0 ? "the package is ready" : `${failed} checks failed`);
process.exitCode = failed === 0 ? 0 : 1;
