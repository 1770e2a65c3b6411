import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CHECKOUT, PYTHON } from "./checkout.js";

// Needs: Jupyter

/** The wheel's project as file names write it. */
const PROJECT = process.arch === "arm64" ? "tensorflow" : "tensorflow_cpu";

/**
 * A checkout in which `xorlab native` finds small things in place of the large ones: npm packages and a wheel that
 * lie in a folder, a compiler that writes a word, and a tfjs-node that trains by rote. npm and pip are real.
 */
export class NativeCheckout {
  readonly folder = mkdtempSync(join(tmpdir(), "xorlab-native-"));
  readonly native = this.path(".native");
  readonly package = join(this.native, "node_modules", "@tensorflow", "tfjs-node");
  readonly wheel = `${PROJECT}-2.21.0-py3-none-any.whl`;

  constructor() {
    for (const name of ["dist/src", "setup", "package.json"])
      cpSync(join(CHECKOUT, name), this.path(name), { recursive: true, filter: isNoKernel });
    symlinkSync(join(CHECKOUT, "node_modules"), this.path("node_modules"));
    this.put("fake/calls", "");
    this.#putPackages();
    this.#putWheel();
    this.#putPrograms();
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  put(name: string, text: string, mode = 0o644): string {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text, { mode });
    return this.path(name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  /** What was fetched and compiled since the last question, in order. */
  calls(): string[] {
    const calls = this.read("fake/calls").trim().split("\n").filter(Boolean);
    this.put("fake/calls", "");
    return calls;
  }

  /** Runs `xorlab native`. `watch` is told all that was printed so far, and may interrupt it. */
  run(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    watch: (printed: string, interrupt: () => void) => void = () => {},
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    const { CXX, NODE_TEST_CONTEXT, ...kept } = process.env;
    const ours = { npm_execpath: this.path("fake/npm-cli.js"), CXX: this.path("fake/c++"), ...env };
    const child = spawn(process.execPath, [this.path("dist/src/node/cli/main.js"), "native", ...args], {
      cwd: this.folder,
      env: { ...kept, ...ours },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        watch(output, () => child.kill("SIGINT"));
      });
    return new Promise((done) => child.on("close", (code) => done({ code, output })));
  }

  /** The npm packages as archives, and the lock that pins them. */
  #putPackages(): void {
    const { version } = require("@tensorflow/tfjs/package.json");
    const tfjsNode = { "index.js": TFJS_NODE, "scripts/install.js": INSTALL };
    const more = { dependencies: { "@mapbox/node-pre-gyp": "1.0.9" }, scripts: { install: "exit 1" } };
    const packages = [
      this.#pack("@tensorflow/tfjs-node", version, tfjsNode, { ...more, hasInstallScript: true }),
      this.#pack("@mapbox/node-pre-gyp", "1.0.9", { "run.js": "" }, { bin: { "node-pre-gyp": "run.js" } }),
      this.#pack("node-api-headers", "1.9.0", { "include/node_api.h": "" }),
    ];
    const dependencies = { "@tensorflow/tfjs-node": version, "node-api-headers": "1.9.0" };
    this.put("setup/native/package.json", JSON.stringify({ dependencies }));
    const locked = Object.fromEntries([["", { dependencies }], ...packages]);
    this.put("setup/native/package-lock.json", JSON.stringify({ lockfileVersion: 3, packages: locked }));
  }

  /** A package as an archive in fake/, and its entry of a lock. */
  #pack(name: string, version: string, files: Readonly<Record<string, string>>, more = {}): [string, object] {
    const folder = `fake/${name}`;
    for (const [file, text] of Object.entries(files)) this.put(`${folder}/package/${file}`, text);
    this.put(`${folder}/package/package.json`, JSON.stringify({ name, version, ...more }));
    const archive = this.path(`${folder}.tgz`);
    spawnSync("tar", ["-czf", archive, "-C", this.path(folder), "package"]);
    const integrity = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    return [`node_modules/${name}`, { version, resolved: `file:../${folder}.tgz`, integrity, ...more }];
  }

  /** A wheel with the two libraries, a header, and something that is not wanted; the pins name its checksum. */
  #putWheel(): void {
    const make = `
import sys, zipfile
file, name, version = sys.argv[1:]
with zipfile.ZipFile(file, "w") as wheel:
    for part in ("libtensorflow_cc.so.2", "libtensorflow_framework.so.2", "include/tensorflow/c/c_api.h", "python/large.so"):
        wheel.writestr("tensorflow/" + part, part)
    info = f"{name}-{version}.dist-info/"
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
    wheel.writestr(info + "METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
`;
    mkdirSync(this.path("fake/wheels"));
    const file = this.path(`fake/wheels/${this.wheel}`);
    spawnSync(PYTHON, ["-I", "-c", make, file, PROJECT, "2.21.0"]);
    const sha256 = createHash("sha256").update(readFileSync(file)).digest("hex");
    const pins = this.read("setup/native/pins.mjs");
    this.put("setup/native/pins.mjs", pins.replace(/sha256: "[^"]*"/g, `sha256: "${sha256}"`));
  }

  /** An npm and a pip that note their calls, and a compiler that writes a word. */
  #putPrograms(): void {
    const calls = this.path("fake/calls");
    this.put(
      "fake/npm-cli.js",
      `require("node:fs").appendFileSync(${JSON.stringify(calls)}, "npm " + process.argv[2] + "\\n");
process.exit(require("node:child_process").spawnSync("npm", process.argv.slice(2), { stdio: "inherit" }).status);
`,
    );
    const pip = `PIP_CONFIG_FILE=/dev/null PIP_NO_INDEX=1 PIP_FIND_LINKS='${this.path("fake/wheels")}' '${PYTHON}' "$@"`;
    this.put(
      ".venv/bin/python",
      `#!/bin/sh
case "$*" in *"pip download"*) ;; *) exec '${PYTHON}' "$@";; esac
echo pip >>'${calls}'
sleep "\${PIP_SLEEP:-0}"
printed=$(${pip} 2>&1)
code=$?
echo "$printed"
case "$printed" in *Saved*) echo wheel >>'${calls}';; esac
exit $code
`,
      0o755,
    );
    const compile = `echo compiler >>'${calls}'; [ -z "$CXX_FAILS" ] || { echo 'c_api.h: no such file'; exit 1; }`;
    this.put(
      "fake/c++",
      `#!/bin/sh\n[ "$1" = --version ] && exit 0\n${compile}\nwhile [ "$1" != -o ]; do shift; done\necho addon >"$2"\n`,
      0o755,
    );
  }
}

/** The kernel's snapshot takes 100 MB. */
const isNoKernel = (path: string): boolean => !path.endsWith(join("src", "kernel"));

/** Needs its addon and, where that came from the compiler, the library it is linked with. */
const TFJS_NODE = `
const { existsSync, readFileSync } = require("node:fs");
const addon = readFileSync(__dirname + "/lib/napi-v8/tfjs_binding.node", "utf8");
if (addon === "addon\\n" && !existsSync(__dirname + "/deps/lib/libtensorflow_cc.so.2")) throw new Error("no library");
const model = { compile() {}, async fit() {}, getWeights: () => [{ dataSync: () => [0.5] }] };
module.exports = {
  sequential: () => model, layers: { dense() {} }, train: { sgd() {} }, tensor2d() {},
  getBackend: () => "tensorflow", backend: () => ({ binding: { TF_Version: addon === "stock" ? "2.9.1" : "2.21.0" } }),
  version: { "tfjs-node": require("./package.json").version },
};
`;

const INSTALL = `
if (process.env.STOCK_FAILS) { console.log("getaddrinfo ENOTFOUND"); process.exit(1); }
require("node:fs").mkdirSync("lib/napi-v8", { recursive: true });
require("node:fs").writeFileSync("lib/napi-v8/tfjs_binding.node", "stock");
`;
