// `node tools/nodeVersions.mjs [20 22 24 26]`: runs the tests of the engine, of training, of TensorFlow.js, of the kernel, of
// the command line and of set-up's version check with other Nodes, which come as npm packages into a temporary folder.
// On both backends, where `npx xorlab native` was run. Build first: npm run build && npm test -- nativeNeeds
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { platform, arch } = process;

/** What uses TensorFlow.js: on both backends. */
const TENSORFLOW = [
  ...["train", "engines", "solved", "keras", "engineTwins"].map((name) => `train/${name}`),
  ...["model/mlp", "model/tensors", "node/tensorflow/files"],
];
const OTHERS = [
  ...["numbers/elementary", "numbers/random", "check", "data/gates"],
  ...["plain", "gradient", "fused", "trial", "properties"].map((name) => `engine/${name}`),
  ...["study/study", "study/replay", "study/pool", "node/cli/study", "explain/explain", "figures/figures"],
  ...["setup/native", "setup/nativeNeeds"],
  ...["execution", "stop", "modules", "children", "process", "errors", "input"].map(
    (name) => `kernel/${name}`,
  ),
];

/**
 * Fetches a Node.
 * @param {string} wanted  a version, or the first number of one
 * @param {string} folder
 * @returns {string}  its program
 */
function fetchNode(wanted, folder) {
  const name = `node-${platform === "win32" ? "win" : platform}-${arch}`;
  const shell = platform === "win32";
  const packed = spawnSync("npm", ["pack", `${name}@${wanted}`, "--silent"], { cwd: folder, shell });
  const archive = readdirSync(folder).find(
    (file) => file.startsWith(`${name}-${wanted}`) && file.endsWith(".tgz"),
  );
  if (packed.status !== 0 || !archive) throw new Error(`npm has no ${name}@${wanted}: ${packed.stderr}`);
  spawnSync("tar", ["-xzf", archive], { cwd: folder });
  return join(folder, "package", "bin", platform === "win32" ? "node.exe" : "node");
}

/**
 * @param {string} node
 * @param {string} name  of the test file
 * @param {"plain" | "native"} backend
 * @param {readonly string[]} [options]
 * @returns {boolean}
 */
function passes(node, name, backend, options = []) {
  const file = join(root, "dist", "test", `${name}.test.js`);
  const { status, stdout } = spawnSync(node, ["--test", "--test-reporter=tap", ...options, file], {
    cwd: root,
    env: { ...process.env, XORLAB_BACKEND: backend },
    encoding: "utf8",
  });
  const count = (/** @type {string} */ word) => new RegExp(`^# ${word} (\\d+)`, "m").exec(stdout)?.[1];
  const good = status === 0 && Number(count("pass")) > 0;
  console.log(
    `  ${good ? "✓" : "✗"} ${name.padEnd(22)} ${backend.padEnd(7)} ${count("pass")} passed, ${count("fail")} failed`,
  );
  if (!good)
    console.log(
      stdout
        .split("\n")
        .filter((line) => /^\s*(not ok|error:)/.test(line))
        .join("\n"),
    );
  return good;
}

/** @param {string} wanted */
function testNode(wanted) {
  const folder = mkdtempSync(join(tmpdir(), "xorlab-node-"));
  try {
    const node = fetchNode(wanted, folder);
    console.log(`Node ${spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim()}`);
    const native = existsSync(join(root, ".native", "ready.json"));
    if (!native) console.log("  the native backend is left out: npx xorlab native installs it");
    const outcomes = [
      ...[...TENSORFLOW, ...OTHERS].map((name) => passes(node, name, "plain")),
      ...(native ? TENSORFLOW.map((name) => passes(node, name, "native")) : []),
      // Only this one: another of the file runs set-up, which would install the packages anew for this Node.
      passes(node, "setup/setup", "plain", ["--test-name-pattern=nodeProblem"]),
    ];
    return outcomes.every(Boolean);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const asked = process.argv.slice(2);
const outcomes = (asked.length > 0 ? asked : ["20", "22", "24", "26"]).map(testNode);
console.log(outcomes.every(Boolean) ? "all passed" : "some failed");
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
