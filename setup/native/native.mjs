import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { runCommand } from "../command.mjs";
import { NATIVE_FOLDER, oneOf, readOptions } from "../library.mjs";
import { Problem } from "../problem.mjs";
import { alreadyThere, installNative, WAYS } from "./install.mjs";
import { places } from "./places.mjs";

export const HELP = `npx xorlab native [--remove] [--from auto|stock|wheel]

Installs TensorFlow.js's native backend, @tensorflow/tfjs-node, into one folder,
${NATIVE_FOLDER}, and nowhere else. xorlab works without it: results agree, and tiny networks train no faster with it.

  --from auto     tfjs-node's own download where it can be reached, else:
  --from wheel    TensorFlow's library from its PyPI wheel, and the addon compiled here (Linux; needs a C++ compiler)
  --from stock    tfjs-node's own download, nothing else
  --remove        removes it
  -h, --help      this text

Once installed, it is used. XORLAB_BACKEND=plain or XORLAB_BACKEND=native insists on one of the two.
It takes 0.9 GB of disk space (1.6 GB during installation). If it is interrupted, the next run continues from there.
`;

const OPTIONS = /** @type {const} */ ({
  remove: { type: "boolean", default: false },
  from: { type: "string", default: "auto" },
});

/**
 * Installs or removes the native backend: `xorlab native`.
 *
 * @param {readonly string[]} argv  the arguments after "native"
 * @returns {Promise<number>}  the exit code: 0 if it is installed and works
 */
export async function run(argv) {
  const { remove, from } = readOptions("xorlab native", argv, OPTIONS).values;
  const way = oneOf("xorlab native", "--from", from, WAYS);
  return runCommand("xorlab native", async () => {
    if (remove && !existsSync(places.folder)) return print("There is nothing to remove.");
    claim();
    await (remove ? removeNative() : install(way));
  });
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Lets only one process work here at a time, as long as it lives. One that is gone does not count.
 * @throws {Problem} if another process is at work
 */
function claim() {
  const other = existsSync(places.busy) ? Number(readFileSync(places.busy, "utf8")) : 0;
  if (other > 0 && isRunning(other))
    throw new Problem(
      "Another xorlab native is running here.",
      `it is process ${other}; two at once would overwrite each other's files.`,
      [`wait until it has finished, or stop it: kill ${other}`],
    );
  mkdirSync(places.folder, { recursive: true });
  writeFileSync(places.busy, `${process.pid}\n`);
  process.once("exit", () => rmSync(places.busy, { force: true }));
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** @param {import("./install.mjs").Way} way */
async function install(way) {
  print("xorlab native");
  const there = await alreadyThere();
  if (there !== undefined) return print(`  Already installed: ${there}.`);
  await installNative(way);
  print("  xorlab uses it from now on; XORLAB_BACKEND=plain turns it off.");
}

function removeNative() {
  rmSync(places.folder, { recursive: true, force: true });
  print(`${places.folder} was removed.`);
}
