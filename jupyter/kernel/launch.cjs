// Starts xorlab's kernel: node launch.cjs CHECKOUT CONNECTION_FILE. `xorlab kernel install` copies this file beside the
// kernel.json, so it can say what is wrong when the checkout is gone. Even an old Node must be able to read it.
const { existsSync, readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { basename, dirname, join } = require("node:path");

const OLDEST = 20;
const [, , checkout, connectionFile] = process.argv;
const kernel = join(checkout, "dist", "src", "kernel", "main.js");

/** What keeps the kernel from starting, and what to do; undefined if nothing does. */
function problem() {
  const version = process.versions.node;
  if (parseInt(version, 10) < OLDEST)
    return [
      `Node.js ${version} (${process.execPath}) is too old`,
      `install Node.js ${OLDEST} or later; then, in ${checkout}, ${again()}`,
    ];
  if (!existsSync(join(checkout, "package.json")))
    return [
      `${checkout}, the folder that it was installed from, is gone`,
      `if it was moved, open a terminal in the folder where it is now, and ${again()}`,
    ];
  const cure = isInstalled() ? "npm install" : "npm run setup";
  const missing = [kernel, ...missingOf("package.json", "")].find((path) => !existsSync(path));
  if (missing) return [`${missing} is missing`, `in a terminal, in ${project()}: ${cure}`];
  const more = missingOf(join("setup", "notebooks", "package.json"), isInstalled() ? "dist" : "");
  if (more.length > 0)
    return [
      `${more[0]} is missing`,
      `in a terminal, in ${project()}: ${isInstalled() ? "npx xorlab setup" : cure}`,
    ];
  return undefined;
}

/** Which packages of a list the kernel cannot import, as the paths where they should be. */
function missingOf(list, place) {
  if (!existsSync(join(checkout, list))) return [];
  const { dependencies } = JSON.parse(readFileSync(join(checkout, list), "utf8"));
  const folders = createRequire(kernel).resolve.paths("tslab") || [];
  return Object.keys(dependencies || {})
    .filter((name) => !folders.some((folder) => existsSync(join(folder, name))))
    .map((name) => join(checkout, place, "node_modules", name));
}

/** Whether that is a package that npm has installed, and no checkout. */
function isInstalled() {
  return basename(dirname(checkout)) === "node_modules";
}

/** How to install this kernelspec again. */
function again() {
  const { metadata } = JSON.parse(readFileSync(join(__dirname, "kernel.json"), "utf8"));
  return `run: ${metadata.xorlab.install}`;
}

/** Where its cures are called: the checkout, or the folder in which npm has installed it. */
function project() {
  return isInstalled() ? dirname(dirname(checkout)) : checkout;
}

const found = problem();
if (connectionFile === "--check") {
  // What `xorlab kernel list` asks: the ports' library is loaded as well, since it is compiled for one kind of machine.
  if (!found) createRequire(kernel)("zeromq");
  else console.log(found.join("\n"));
} else if (found) {
  require("./explain.cjs").explain(
    JSON.parse(readFileSync(connectionFile, "utf8")),
    `xorlab's kernel cannot start: ${found[0]}.`,
    `Cure: ${found[1]}`,
  );
} else {
  process.argv.splice(1, 3, kernel, connectionFile);
  require(kernel);
}
