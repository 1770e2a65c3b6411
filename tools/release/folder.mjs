import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { npmCommand, root } from "../../setup/paths.mjs";

const MOST = 120e6; // bytes that the library alone may take on the disk
export const TYPESCRIPTS = ["5.0.4", "5.4.5", "5.7.3", "5.9.3", "6.0.3", "7.0.2"];
const LINTERS = ["publint@0.3.25", "@arethetypeswrong/cli@0.18.5"];

/**
 * Runs a program that must succeed.
 *
 * @param {readonly string[]} command
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env]
 */
export function run(command, cwd, env = process.env) {
  const [program = "", ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: "utf8" });
  if (status === 0) return { stdout, stderr };
  throw new Error(`${command.join(" ")} ended with ${status ?? error}:\n${stdout}${stderr}`);
}

/** @param {readonly string[]} args @param {string} cwd */
export function npm(args, cwd) {
  const { npm_config_local_prefix: _, ...env } = process.env;
  return run([...npmCommand(process.env).command, ...args, "--no-audit", "--no-fund"], cwd, env);
}

/**
 * @param {string} to
 * @param {boolean} quick  whether what is built is packed as it is
 */
export function packTarball(to, quick) {
  const { stdout } = npm(["pack", "--pack-destination", to, ...(quick ? ["--ignore-scripts"] : [])], root);
  return join(to, stdout.trim().split("\n").at(-1) ?? "");
}

/** @param {string} tarball @param {string} folder @param {boolean} quick */
export function installTarball(tarball, folder, quick) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  if (quick) return unpack(tarball, folder);
  npm(["install", tarball], folder);
  const bytes = sizeOf(join(folder, "node_modules"));
  if (bytes > MOST) throw new Error(`${megabytes(bytes)} installed, more than ${megabytes(MOST)}`);
  return `${megabytes(bytes)} installed`;
}

/** The tarball and links to the packages of this checkout that it depends on. @param {string} tarball @param {string} folder */
function unpack(tarball, folder) {
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  execFileSync("tar", ["-xzf", tarball, "-C", modules]);
  cpSync(join(modules, "package"), join(modules, "xorlab"), { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(modules, "xorlab", "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name), "junction");
  }
  return `${megabytes(sizeOf(join(modules, "xorlab")))} unpacked, ${Object.keys(dependencies).length} dependencies linked`;
}

/** @param {string} path @returns {number} bytes on the disk, in blocks of 4 kB */
function sizeOf(path) {
  const found = lstatSync(path);
  if (!found.isDirectory()) return Math.ceil(found.size / 4096) * 4096;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 4096);
}

/** @param {number} bytes */
const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

/** @param {string} tarball @param {string} base */
export function lintTarball(tarball, base) {
  const folder = join(base, "linters");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  npm(["install", ...LINTERS], folder);
  run([process.execPath, join("node_modules", "publint", "src", "cli.js"), tarball, "--strict"], folder);
  run(
    [process.execPath, join("node_modules", "@arethetypeswrong", "cli", "dist", "index.js"), tarball],
    folder,
  );
  return "nothing to say";
}
