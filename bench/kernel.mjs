// npm run bench -- kernel [--rounds 3]: what a kernel costs, beside stock tslab, ipykernel and, where it is installed, Deno.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./numbers.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const [shared, python] =
  process.platform === "win32" ? ["share", "Scripts/python.exe"] : ["share", "bin/python"];
const tslab = createRequire(import.meta.url).resolve("tslab/bin/tslab");
const hasDeno = spawnSync("deno", ["--version"]).status === 0;

/** The cells of a kernel's language: what a first notebook imports, and a declaration of one name. */
const SCRIPT = { import: 'import { xor } from "xorlab"; xor({ rows: 3 }).rows', names: "const nameN = N;" };
const DENO = { import: 'import { join } from "node:path"; join("a", "b")', names: SCRIPT.names };
const PYTHON = { import: "import numpy", names: "nameN = N" };

/** @typedef {{ title: string, name: string, cells: object, argv?: string[] }} Peer  argv: of a kernel Jupyter does not know */

/** @type {Peer[]} */
const PEERS = [
  { title: "xorlab", name: "xorlab", cells: SCRIPT },
  {
    title: "stock tslab",
    name: "stock-tslab",
    cells: SCRIPT,
    argv: [process.execPath, tslab, "kernel", "--config-path", "{connection_file}"],
  },
  { title: "ipykernel", name: "python3", cells: { ...PYTHON, import: "import json" } },
  {
    title: "Deno",
    name: "bench-deno",
    cells: DENO,
    argv: ["deno", "jupyter", "--kernel", "--conn", "{connection_file}"],
  },
];

const COLUMNS = {
  start: "to the first result",
  startCpu: "processor time",
  cell: "trivial cell",
  cellAmongNames: "after 3000 names",
  importCpu: "import, processor",
  memory: "memory of each of ten",
};

/**
 * Prints medians of several rounds, the kernels in turns.
 * @param {number} rounds
 */
export function benchKernel(rounds) {
  const folder = mkdtempSync(join(tmpdir(), "xorlab-bench-"));
  const env = {
    ...process.env,
    JUPYTER_PATH: [folder, join(root, ".venv", shared, "jupyter")].join(delimiter),
  };
  const peers = PEERS.filter(({ name }) => hasDeno || name !== "bench-deno");
  for (const { name, argv } of peers) {
    if (!argv) continue;
    mkdirSync(join(folder, "kernels", name), { recursive: true });
    writeFileSync(
      join(folder, "kernels", name, "kernel.json"),
      JSON.stringify({ argv, display_name: name, language: "typescript" }),
    );
  }
  /** @type {Record<string, Record<keyof typeof COLUMNS, number>[]>} */
  const found = {};
  for (let round = 0; round < rounds; round++)
    for (const { title, name, cells } of peers) {
      const program = [join(root, "bench", "kernel_start.py"), name, JSON.stringify(cells)];
      /** @type {import("node:child_process").ExecFileSyncOptionsWithStringEncoding} */
      const options = { cwd: root, encoding: "utf8", env, stdio: ["ignore", "pipe", "ignore"] };
      const printed = execFileSync(join(root, ".venv", python), program, options);
      found[title] = [...(found[title] ?? []), JSON.parse(printed.trim().split("\n").at(-1) ?? "")];
    }
  rmSync(folder, { recursive: true });
  const keys = /** @type {(keyof typeof COLUMNS)[]} */ (Object.keys(COLUMNS));
  console.log(`Node ${process.version}, medians of ${rounds} rounds; ms, memory in MB\n`);
  console.log(["".padEnd(14), ...keys.map((key) => COLUMNS[key].padStart(24))].join(""));
  for (const { title } of peers) {
    const numbers = keys.map((key) => median(found[title]?.map((round) => round[key]) ?? []).toFixed(0));
    console.log([title.padEnd(14), ...numbers.map((number) => number.padStart(24))].join(""));
  }
  if (!hasDeno) console.log("Deno         left out: it is not installed");
}
