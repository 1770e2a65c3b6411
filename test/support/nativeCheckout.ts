import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CHECKOUT, PYTHON } from "./checkout.js";

// Needs: Jupyter

/**
 * A checkout in which `xorlab native` finds small things in place of the large ones: an npm and a pip that copy
 * files of ours, a compiler that writes a word, and a tfjs-node that trains by rote. Everything else is real.
 */
export class NativeCheckout {
  readonly folder = mkdtempSync(join(tmpdir(), "xorlab-native-"));
  readonly native = this.path(".native");
  readonly package = join(this.native, "node_modules", "@tensorflow", "tfjs-node");

  constructor() {
    for (const name of ["dist/src", "setup", "package.json"])
      cpSync(join(CHECKOUT, name), this.path(name), { recursive: true });
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

  /** The npm packages as archives, and the lock and the pins that name them. */
  #putPackages(): void {
    const { version } = require("@tensorflow/tfjs/package.json");
    const archive = (name: string, files: Readonly<Record<string, string>>): string => {
      for (const [file, text] of Object.entries(files)) this.put(`fake/${name}/package/${file}`, text);
      const target = this.path(`fake/${name}.tgz`);
      spawnSync("tar", ["-czf", target, "-C", this.path(`fake/${name}`), "package"]);
      return `sha512-${createHash("sha512").update(readFileSync(target)).digest("base64")}`;
    };
    const packageJson = JSON.stringify({ main: "index.js", version });
    const tfjsNode = { "package.json": packageJson, "index.js": TFJS_NODE, "scripts/install.js": INSTALL };
    const headers = archive("node-api-headers-1.9.0", { "include/node_api.h": "" });
    const locked = {
      "node_modules/@tensorflow/tfjs-node": {
        version,
        integrity: archive(`tensorflow-tfjs-node-${version}`, tfjsNode),
        dependencies: { "@tensorflow/tfjs": version, "@mapbox/node-pre-gyp": "1" },
      },
      "node_modules/@mapbox/node-pre-gyp": {
        version: "1.0.9",
        integrity: archive("mapbox-node-pre-gyp-1.0.9", { "bin/node-pre-gyp": "" }),
      },
    };
    this.put("package-lock.json", JSON.stringify({ packages: locked }));
    this.#pin(/integrity: "[^"]*"/, `integrity: "${headers}"`);
  }

  /** A wheel with the two libraries, a header, and something that is not wanted. */
  #putWheel(): void {
    const make = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    for name in ("libtensorflow_cc.so.2", "libtensorflow_framework.so.2", "include/tensorflow/c/c_api.h", "python/large.so"):
        wheel.writestr("tensorflow/" + name, name)
`;
    const file = this.path("fake/a.whl");
    spawnSync(PYTHON, ["-I", "-c", make, file]);
    const sha256 = createHash("sha256").update(readFileSync(file)).digest("hex");
    this.#pin(/sha256: "[^"]*"/g, `sha256: "${sha256}"`);
  }

  #pin(what: RegExp, by: string): void {
    const file = "dist/src/native/pins.js";
    this.put(file, this.read(file).replace(what, by));
  }

  #putPrograms(): void {
    const calls = this.path("fake/calls");
    this.put(
      "fake/npm-cli.js",
      `const { appendFileSync, copyFileSync } = require("node:fs");
for (const spec of process.argv.filter((word) => /.@\\d/.test(word))) {
  const name = spec.replace(/^@/, "").replace("/", "-").replace(/@(?=\\d)/, "-") + ".tgz";
  appendFileSync(${JSON.stringify(calls)}, "npm " + spec + "\\n");
  copyFileSync(${JSON.stringify(this.path("fake"))} + "/" + name, name);
}
`,
    );
    const pip = `echo pip >>'${calls}'; sleep "\${PIP_SLEEP:-0}"; cp '${this.path("fake/a.whl")}' .native/downloads/a.whl`;
    this.put(
      ".venv/bin/python",
      `#!/bin/sh\ncase "$*" in *"pip download"*) ${pip};; *"pip --version"*) ;; *) exec '${PYTHON}' "$@";; esac\n`,
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
