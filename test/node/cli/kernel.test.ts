import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { allDataFolders, userDataFolder } from "../../../src/node/cli/jupyterFolders.js";
import { CHECKOUT, PYTHON } from "../../support/checkout.js";
import { type KernelSession, startKernel } from "../../support/kernelSession.js";
import { errors, resultText, tracebackText } from "../../support/kernelText.js";
import { runCommand } from "../../support/labCommand.js";

const prefix = mkdtempSync(join(tmpdir(), "xorlab-prefix-"));
after(() => rmSync(prefix, { recursive: true, force: true }));

const kernels = join(prefix, "share", "jupyter", "kernels");
const command = (...args: string[]) => runCommand(["kernel", ...args]);
const specIn = (folder: string) => JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));

test("userDataFolder() follows Jupyter's rules on each system", () => {
  const folder = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv) =>
    userDataFolder({ platform, env, home: platform === "win32" ? "C:\\Users\\u" : "/home/u" });
  assert.equal(folder("linux", {}), "/home/u/.local/share/jupyter");
  assert.equal(folder("linux", { XDG_DATA_HOME: "/x" }), "/x/jupyter");
  assert.equal(folder("linux", { XDG_DATA_HOME: "/x", JUPYTER_DATA_DIR: "/j" }), "/j");
  assert.equal(folder("darwin", {}), "/home/u/Library/Jupyter");
  assert.equal(
    folder("darwin", { JUPYTER_PLATFORM_DIRS: "1" }),
    "/home/u/Library/Application Support/jupyter",
  );
  assert.equal(folder("win32", { APPDATA: "C:\\A" }), "C:\\A\\jupyter");
  assert.equal(folder("win32", {}), "C:\\Users\\u\\.jupyter\\data");
  assert.equal(folder("win32", { LOCALAPPDATA: "C:\\L", JUPYTER_PLATFORM_DIRS: "1" }), "C:\\L\\jupyter");
});

test("the folders are those in which the installed Jupyter looks", () => {
  for (const env of [{}, { XDG_DATA_HOME: "/x" }, { JUPYTER_DATA_DIR: "/j" }, { JUPYTER_PATH: "/p:/q" }]) {
    const { XDG_DATA_HOME, JUPYTER_DATA_DIR, JUPYTER_PATH, ...others } = process.env;
    const python = spawnSync(
      PYTHON,
      ["-c", "import json; from jupyter_core.paths import *; print(json.dumps(jupyter_path()))"],
      { env: { ...others, ...env, JUPYTER_PREFER_ENV_PATH: "0" }, encoding: "utf8" },
    );
    const theirs: string[] = JSON.parse(python.stdout);
    const surroundings = { env, platform: process.platform, home: homedir() };
    const environment = { ...env, VIRTUAL_ENV: join(CHECKOUT, ".venv") };
    assert.equal(
      userDataFolder(surroundings),
      theirs[JUPYTER_PATH === undefined && "JUPYTER_PATH" in env ? 2 : 0],
    );
    for (const folder of allDataFolders({ ...surroundings, env: environment }))
      assert.ok(theirs.includes(folder), `${folder} of ${theirs}`);
  }
});

test("xorlab kernel install, list and uninstall", async () => {
  const installed = await command("install", "--prefix", prefix, "--name", "My-TS", "--display-name", "Mine");
  assert.deepEqual([installed.code, installed.stderr], [0, ""]);
  const folder = join(kernels, "my-ts");
  assert.equal(
    installed.stdout,
    `Installed the kernel "Mine" as my-ts:\n  ${folder}\nJupyterLab draws figures if its Python has Plotly: pip install plotly\n`,
  );
  const { display_name, language, interrupt_mode } = specIn(folder);
  assert.deepEqual([display_name, language, interrupt_mode], ["Mine", "typescript", "message"]);
  assert.ok(existsSync(join(folder, "logo-svg.svg")));
  const extension = join(prefix, "share", "jupyter", "labextensions", "xorlab", "package.json");
  assert.equal(JSON.parse(readFileSync(extension, "utf8")).jupyterlab.extension, true);
  assert.equal((await command("install", "--prefix", prefix, "--name", "my-ts")).code, 0, "again");
  assert.equal(specIn(folder).display_name, "TypeScript (xorlab)");
  const { stdout } = await command("list", "--prefix", prefix);
  assert.equal(stdout, `my-ts\n  in      ${folder}\n  starts  ${CHECKOUT}\n  works\n`);
  const other = await command("uninstall", "--prefix", prefix);
  assert.equal(other.code, 1);
  assert.match(
    other.stderr,
    /^xorlab kernel uninstall: there is no kernel of xorlab's in \S+xorlab; there are:\n.*my-ts\n$/,
  );
  const removed = await command("uninstall", "--prefix", prefix, "--name", "my-ts");
  assert.deepEqual([removed.code, removed.stdout], [0, `Removed ${folder}\n`]);
  assert.equal(existsSync(folder), false);
  assert.equal(existsSync(extension), false, "the controls' extension goes with the last kernel");
  assert.match((await command("list", "--prefix", prefix)).stdout, /^No kernel was installed/);
});

test("xorlab kernel refuses what it cannot do, and writes nothing then", async () => {
  const refused = async (message: RegExp, ...args: string[]) => {
    const { code, stderr } = await command(...args);
    assert.equal(code, 1, args.join(" "));
    assert.match(stderr, message);
  };
  await refused(/unknown action "instal"; did you mean "install"\?/, "instal");
  await refused(
    /--name must be letters, digits, .*, got "a\/b"/,
    "install",
    "--prefix",
    prefix,
    "--name",
    "a/b",
  );
  await refused(/--name must be/, "install", "--prefix", prefix, "--name", "..");
  await refused(/--user and --prefix name different places/, "install", "--user", "--prefix", prefix);
  await refused(/unknown option "--prefx"; did you mean "--prefix"\?/, "install", "--prefx", prefix);
  await refused(/unexpected "x"/, "install", "x", "--prefix", prefix);
  const python = join(kernels, "python3");
  mkdirSync(python, { recursive: true });
  writeFileSync(join(python, "kernel.json"), '{"argv": ["python"], "display_name": "Python 3"}');
  await refused(
    /holds another kernel, "Python 3"\n {2}Cure: choose another --name/,
    ...["install", "--prefix", prefix, "--name", "python3"],
  );
  await refused(/there is no kernel of xorlab's in/, "uninstall", "--prefix", prefix, "--name", "python3");
  assert.deepEqual(specIn(python).argv, ["python"]);
});

test("xorlab kernel install --sys-prefix needs an active environment", () => {
  const { VIRTUAL_ENV, CONDA_PREFIX, ...env } = process.env;
  const main = join(CHECKOUT, "dist", "src", "node", "cli", "main.js");
  const run = (given: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, [main, "kernel", "install", "--sys-prefix"], {
      env: given,
      encoding: "utf8",
    });
  const none = run(env);
  assert.equal(none.status, 1);
  assert.match(
    none.stderr,
    /no Python environment is active: neither VIRTUAL_ENV nor CONDA_PREFIX is set\n {2}Cure/,
  );
  for (const name of ["VIRTUAL_ENV", "CONDA_PREFIX"]) {
    const environment = join(prefix, name);
    assert.equal(run({ ...env, [name]: environment }).status, 0);
    assert.ok(existsSync(join(environment, "share", "jupyter", "kernels", "xorlab", "kernel.json")));
  }
});

const PATTERN = "pattern-of-kernels"; // no other text in a kernelspec is like it
let pattern: Promise<string> | undefined;

/** Installs a kernel elsewhere, once. @returns the folder of its kernelspec */
async function installPattern(): Promise<string> {
  const elsewhere = mkdtempSync(join(prefix, "elsewhere-"));
  assert.equal((await command("install", "--prefix", elsewhere, "--name", PATTERN)).code, 0);
  const folder = join(elsewhere, "share", "jupyter", "kernels", PATTERN);
  const file = join(folder, "kernel.json");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll(elsewhere, prefix));
  return folder;
}

/** A kernelspec as it is installed, and then changed as time changes things. */
async function installed(name: string, change: (argv: string[]) => void): Promise<string> {
  pattern ??= installPattern();
  const folder = join(kernels, name);
  cpSync(await pattern, folder, { recursive: true });
  const file = join(folder, "kernel.json");
  const spec = JSON.parse(readFileSync(file, "utf8").replaceAll(PATTERN, name));
  change(spec.argv);
  writeFileSync(file, JSON.stringify(spec));
  return file;
}

/** Runs a cell in a kernel, and ends the kernel as Jupyter does. */
async function cellIn(kernelspec: string, before = async (_kernel: KernelSession) => {}) {
  const kernel = await startKernel({}, undefined, kernelspec);
  try {
    await before(kernel);
    const cell = await kernel.run("20 + 1");
    assert.equal(await kernel.wire.beat("alive?"), "alive?");
    const { content } = await kernel.ask("shutdown_request", { restart: false }, "control");
    assert.equal(content.status, "ok");
    assert.equal(await kernel.wire.exit, 0);
    return cell;
  } finally {
    await kernel.close();
  }
}

test("an installed kernel runs, also with another Node where its own is gone", async () => {
  assert.equal(resultText(await cellIn(await installed("whole", () => {}))), "21");
  const other = await installed("other-node", (argv) => {
    argv[argv.indexOf(process.execPath)] = "/gone/bin/node";
  });
  assert.equal(resultText(await cellIn(other)), "21");
  for (const name of ["whole", "other-node"]) rmSync(join(kernels, name), { recursive: true });
});

/** A kernel publishes to a client that has greeted: sooner, that would be an error of ZeroMQ's protocol, and the end of the connection. */
async function assertGreetedFirst(kernel: KernelSession) {
  const slow = connect(kernel.wire.ports.iopub_port, "127.0.0.1");
  try {
    let heard = Buffer.alloc(0);
    slow.on("data", (part) => {
      heard = Buffer.concat([heard, part]);
    });
    const hears = async (text: string) => {
      while (!heard.includes(text)) await once(slow, "data");
    };
    await hears("READY");
    await kernel.ask("kernel_info_request", {});
    assert.equal(await kernel.wire.beat("later"), "later"); // what was published by then has had its time
    assert.doesNotMatch(heard.toString("latin1"), /execution_state/);
    const greeting = Buffer.alloc(64);
    greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0]);
    greeting.write("NULL", 12);
    const ready = Buffer.from("\x05READY\x0bSocket-Type\0\0\0\x03SUB", "latin1");
    slow.write(Buffer.concat([greeting, Buffer.from([4, ready.length]), ready]));
    const asking = setInterval(() => void kernel.ask("kernel_info_request", {}), 100);
    await hears("execution_state").finally(() => clearInterval(asking));
  } finally {
    slow.destroy();
  }
}

test("a kernel whose checkout is gone, not built or half installed answers with the reason and the cure", async () => {
  /** Lets the kernelspec start what is in this folder: nothing, a package.json, or a build as well. */
  const starts = (folder: string, what: "nothing" | "package" | "build") => (argv: string[]) => {
    argv.splice(argv.indexOf(CHECKOUT), 1, folder);
    if (what === "nothing") return;
    mkdirSync(join(folder, "dist", "src", "kernel"), { recursive: true });
    cpSync(join(CHECKOUT, "package.json"), join(folder, "package.json"));
    if (what === "build") writeFileSync(join(folder, "dist", "src", "kernel", "main.js"), "");
  };
  const checkout = join(prefix, "checkout");
  const app = join(prefix, "app");
  const cases = [
    [
      "moved",
      starts(join(prefix, "gone"), "nothing"),
      /gone, the folder that it was installed from, is gone/,
      /run: npx xorlab kernel install --prefix .* --name moved$/,
    ],
    ["unbuilt", starts(checkout, "package"), /kernel.main\.js is missing/, /in \S+checkout: npm run setup$/],
    [
      "unpacked",
      starts(join(prefix, "unpacked-checkout"), "build"),
      /node_modules\S+ is missing/,
      /in \S+checkout: npm run setup$/,
    ],
    [
      "package",
      starts(join(app, "node_modules", "xorlab"), "build"),
      /node_modules\S+ is missing/,
      /in \S+app: npm install$/,
    ],
  ] as const;
  for (const [name, change, reason, cure] of cases) {
    const cell = await cellIn(
      await installed(name, change),
      name === "moved" ? assertGreetedFirst : undefined,
    );
    assert.equal(cell.reply.content.status, "error");
    const [error] = errors(cell);
    assert.match(String(error.evalue), /^xorlab's kernel cannot start: /);
    assert.match(tracebackText(error), reason);
    assert.match(tracebackText(error), cure);
  }
  const { stdout } = await command("list", "--prefix", prefix);
  for (const [name, , reason] of cases) {
    const [listed = ""] = stdout.split(/\n(?=\S)/).filter((one) => one.startsWith(`${name}\n`));
    assert.match(listed, / {2}does not work: /);
    assert.match(listed, reason);
  }
});

test("without a Node that is new enough the launcher says so", async () => {
  const folder = join(await installed("no-node", () => {}), "..");
  const script = join(folder, "launch.sh");
  const text = readFileSync(script, "utf8").replaceAll(/ (\/opt|\/usr)\S+\/node/g, "");
  writeFileSync(script, text);
  const none = spawnSync("/bin/sh", [script, "/kernel", "/gone/bin/node", "x"], {
    env: { PATH: "", HOME: "/gone" },
    encoding: "utf8",
  });
  assert.equal(none.status, 1);
  assert.match(
    none.stderr,
    /the kernel cannot start: \/gone\/bin\/node, .* is gone[\s\S]*Cure: install Node.js 20 or later/,
  );
  const old =
    'Object.defineProperty(process.versions, "node", { value: "18.1.0" }); process.argv.splice(1, 0, "launch.cjs"); require(process.argv[2])';
  const launch = join(folder, "launch.cjs");
  const { stdout } = spawnSync(
    process.execPath,
    ["-e", old.replace("process.argv[2]", JSON.stringify(launch)), CHECKOUT, "--check"],
    { encoding: "utf8" },
  );
  assert.match(
    stdout,
    /^Node.js 18\.1\.0 .* is too old\ninstall Node.js 20 or later; then, in .*, run: npx xorlab kernel install/,
  );
});
