// Carries out Dockerfile, binder/ and .devcontainer/ without a container engine: their steps, in Debian, in a chroot.
//
//   sudo node tools/containers.mjs [--folder DIR]
//
// Debian stands in for the image (which is Debian with Node.js), and this machine's network settings are taken over. What is not
// tried: the images and features themselves, and whether they exist. Needs root, debootstrap (apt install debootstrap), git and npm.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const NPM = "10.9.0"; // as Node.js 22.12.0 comes with it

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { folder: { type: "string" } } });
const folder = resolve(values.folder ?? mkdtempSync(join(tmpdir(), "xorlab-containers-")));
const root = join(folder, "root");

/** @typedef {{ readonly name: string, readonly text: string }} Step */

/** A Dockerfile's instructions, continued lines joined. @param {string} text  @returns {Step[]} */
function steps(text) {
  const lines = text
    .replace(/^#.*\n/gm, "")
    .replace(/\\\n/g, " ")
    .split("\n");
  return lines
    .filter((line) => line.trim() !== "")
    .map((line) => ({ name: line.split(" ")[0], text: line.slice(line.indexOf(" ") + 1).trim() }));
}

/** What this machine's network needs. */
const network = Object.entries(process.env)
  .filter(([name]) => /^(NODE_EXTRA_CA_CERTS|PIP_CERT|SSL_CERT_FILE|https?_proxy|no_proxy)$/i.test(name))
  .map(([name, value]) => `${name}=${value}`);

/** How a command is run in the chroot, as a user with nothing of this machine's environment. @param {string} user  @param {string} home  @param {string} where */
function inside(user, home, where) {
  const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  const env = [`PATH=${path}`, `HOME=${home}`, `USER=${user}`, "LANG=C.UTF-8", ...network];
  return (/** @type {string} */ command) => [
    ...[`--userspec=${user}:${user}`, root, "env", "-i", ...env, "sh", "-c", `cd ${where} && ${command}`],
  ];
}

/** @param {string[]} options */
const chroot = (options) => execFileSync("chroot", options, { stdio: ["ignore", "inherit", "inherit"] });

/** Debian, with the Node.js that the image's tag names, and its user. @param {string} image */
function makeRoot(image) {
  const [, version, suite] = /^node:([\d.]+)-(\w+)-slim$/.exec(image) ?? [];
  if (!version) throw new Error(`containers: the image must be node:VERSION-SUITE-slim, got ${image}`);
  if (!existsSync(join(root, "etc", "debian_version")))
    execFileSync("debootstrap", ["--variant=minbase", suite, root, "http://deb.debian.org/debian"], {
      stdio: "inherit",
    });
  if (!existsSync(join(root, "proc", "version")))
    execFileSync("mount", ["-t", "proc", "proc", join(root, "proc")]);
  cpSync("/etc/resolv.conf", join(root, "etc", "resolv.conf"), { dereference: true });
  for (const file of ["/etc/hosts", process.env.SSL_CERT_FILE ?? ""].filter(existsSync)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(file, join(root, file), { dereference: true });
  }
  const local = join(root, "usr", "local");
  if (existsSync(join(local, "bin", "node"))) return;
  for (const [name, place] of [
    [`node-linux-${process.arch}@${version}`, join(folder, "node")],
    [`npm@${NPM}`, join(local, "lib", "node_modules", "npm")],
  ]) {
    mkdirSync(place, { recursive: true });
    const [{ filename }] = JSON.parse(
      execFileSync("npm", ["pack", "--json", "--silent", name], { cwd: folder, encoding: "utf8" }),
    );
    execFileSync("tar", ["-xzf", join(folder, filename), "-C", place, "--strip-components=1"]);
  }
  cpSync(join(folder, "node", "bin", "node"), join(local, "bin", "node"));
  for (const name of ["npm", "npx"])
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, "bin", name));
  chroot([root, "useradd", "--create-home", "--shell", "/bin/sh", "node"]);
}

/** What git has of the checkout, as COPY takes it from a clean clone. @param {string} place  @param {string} user */
function copyClone(place, user) {
  const to = join(root, place);
  mkdirSync(to, { recursive: true });
  execFileSync("sh", ["-c", `git -C "$1" archive HEAD | tar -x -C "$2"`, "sh", checkout, to]);
  chroot([root, "chown", "-R", `${user}:${user}`, place]);
}

/** @param {string} place */
const size = (place) =>
  execFileSync("du", ["-sm", "--exclude=proc", place], { encoding: "utf8" }).split("\t")[0];

/** Carries out the Dockerfile, starts what it starts, and asks that for its status with and without the token. */
async function tryDockerfile() {
  let [user, where] = ["root", "/"];
  const home = () => (user === "root" ? "/root" : `/home/${user}`);
  for (const { name, text } of steps(readFileSync(join(checkout, "Dockerfile"), "utf8"))) {
    console.log(`\n== ${name} ${text}`);
    if (name === "FROM") makeRoot(text);
    else if (name === "RUN") chroot(inside(user, home(), where)(text));
    else if (name === "USER") user = text;
    else if (name === "WORKDIR") where = text;
    else if (name === "COPY") copyClone(where, /--chown=(\w+)/.exec(text)?.[1] ?? "root");
    else if (name === "CMD") await tryServer(inside(user, home(), where)(JSON.parse(text).join(" ")));
    else if (name !== "EXPOSE") throw new Error(`containers: this instruction is not known here: ${name}`);
  }
  console.log(
    `\nDockerfile: the file system has ${size(root)} MB, of them ${size(join(root, where))} MB xorlab`,
  );
}

/** @param {string[]} options */
async function tryServer(options) {
  const server = spawn("chroot", options, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  let said = "";
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
  try {
    for (let tries = 0; !/token=\w+/.test(said); tries++) {
      if (server.exitCode !== null || tries > 600) throw new Error(`the server did not start:\n${said}`);
      await sleep(200);
    }
    const [address = "", port, token] = /http:\/\/[^:/\s]+:(\d+)\S*token=(\w+)/.exec(said) ?? [];
    const status = async (/** @type {string} */ query) =>
      (await fetch(`http://127.0.0.1:${port}/api/kernelspecs${query}`)).status;
    const [stranger, owner] = [await status(""), await status(`?token=${token}`)];
    console.log(`${address.replace(token, "…")}: without the token ${stranger}, with it ${owner}`);
    if (stranger !== 403 || owner !== 200) throw new Error("the server must ask for its token");
  } finally {
    try {
      process.kill(-(server.pid ?? 0), "SIGTERM");
    } catch {} // it has ended
  }
}

/** Runs binder/postBuild in an environment of its own, in place of conda's, and a notebook by the kernel that it installed. */
function tryBinder() {
  console.log("\n== binder/postBuild, in a fresh clone and an environment of its own");
  copyClone("/home/node/binder", "node");
  const run = inside("node", "/home/node", "/home/node/binder");
  const plotly = /plotly==[\d.]+/.exec(
    readFileSync(join(checkout, "binder", "environment.yml"), "utf8"),
  )?.[0];
  chroot(run(`python3 -m venv ../env && ../env/bin/pip install -q jupyterlab nbconvert ${plotly}`));
  chroot(run("PATH=/home/node/env/bin:$PATH ./binder/postBuild"));
  chroot(
    run(
      "test ! -e .venv && PATH=/home/node/env/bin:$PATH jupyter execute notebooks/02-relu-stall.ipynb --output=ran",
    ),
  );
  console.log("the kernel ran notebooks/02-relu-stall.ipynb");
}

try {
  await tryDockerfile();
  tryBinder();
  const { postCreateCommand } = JSON.parse(
    readFileSync(join(checkout, ".devcontainer", "devcontainer.json"), "utf8"),
  );
  console.log(`\n.devcontainer: its one command, ${postCreateCommand}, is the Dockerfile's`);
} finally {
  try {
    execFileSync("umount", [join(root, "proc")]);
  } catch {} // it was not mounted
  console.log(`kept: ${folder}`);
}
