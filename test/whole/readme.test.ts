import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runInThisContext } from "node:vm";
import * as engine from "../../src/engineApi.js";
import * as xorlab from "../../src/index.js";
import { CHECKOUT } from "../support/checkout.js";
import { ownTemporaryFolder } from "../support/temporary.js";

/** What the README shows runs, one block after the other as the cells of one notebook, and comes out as it says. */

const README = readFileSync(join(CHECKOUT, "README.md"), "utf8");

/** The blocks of code in a language. */
function blocks(language: string): string[] {
  const all = README.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm);
  return Array.from(all).flatMap(([, name, code]) => (name === language ? [code] : []));
}

/** Whether a block needs a reader's own files or a notebook's kernel. */
const elsewhere = (code: string) => /from "\.\.?\/|\bjupyter\./.test(code);

const MODULES: Readonly<Record<string, unknown>> = {
  xorlab,
  "xorlab/engine": engine,
  "node:fs": require("node:fs"),
};

/** The value of a block's last statement. Its names are global, for later blocks; studies have fewer trials. */
function run(code: string): Promise<unknown> {
  const assigned = code
    .replace(/\s*\/\/ .*$/gm, "")
    .replace(/^import (\{.*\}) from "(.*)";$/gm, '($1 = MODULES["$2"]);')
    .replace(/^const (\{.*\}) = (.*);$/gm, "($1 = $2);")
    .replace(/^const /gm, "")
    .replace(/trials: 1000/, "trials: 10")
    .trimEnd();
  const lines = assigned.split("\n");
  const last = lines.map((line) => /^[^\s)\]}]/.test(line)).lastIndexOf(true);
  lines[last] = `return ${lines[last]}`;
  return runInThisContext(`(async (MODULES) => {\n${lines.join("\n")}\n})`)(MODULES);
}

const folder = ownTemporaryFolder();
const from = process.cwd();
const { log } = console;
before(() => {
  process.chdir(folder);
  const { inputs, rows, classes, featureNames = [] } = xorlab.iris();
  const lines = Array.from({ length: rows }, (_, row) =>
    [...inputs.subarray(4 * row, 4 * row + 4), classes?.[Math.floor(row / 50)]].join(),
  );
  writeFileSync("flowers.csv", [[...featureNames, "species"].join(), ...lines].join("\n"));
  console.log = () => undefined; // show() prints
});
after(() => {
  console.log = log;
  process.chdir(from);
});

const runnable = blocks("ts").filter((code) => !elsewhere(code));

test("the README has blocks that run", () => {
  assert.ok(runnable.length >= 9, String(runnable.length));
});

const values: unknown[] = [];
for (const [i, code] of runnable.entries())
  test(`the README's block ${i + 1} runs: ${code.trim().split("\n").at(-1)}`, async () => {
    values[i] = await run(code);
  });

/** What came of the block that has a text in it. */
const resultOf = (text: string) => values[runnable.findIndex((code) => code.includes(text))];

test("explain() says what the README quotes", () => {
  const quote = /^> [\s\S]*?\n(?!>)/m.exec(README)?.[0].replace(/^> /gm, "").replace(/\s+/g, " ").trim();
  const text = String(resultOf("explain(failed)")).replace(/\s+/g, " ");
  assert.ok(text.startsWith(quote ?? "?"), `${text.slice(0, 400)}\nis not\n${quote}`);
});

test("the README's own table is solved with seed 3 and not with seed 1", async () => {
  const code = runnable.find((block) => block.includes('"my table"')) ?? "";
  const solved = async (seed: number) =>
    ((await run(code.replaceAll("seed: 3", `seed: ${seed}`))) as xorlab.Run).solved;
  assert.deepEqual([await solved(3), await solved(1)], [true, false]);
});

test("figures are written where the README says", () => {
  for (const name of ["boundary.html", "loss.html", "models/xor/model.json"])
    assert.ok(existsSync(name), name);
});

test("the README's error is the one that comes", () => {
  const [message] = blocks("").filter((text) => text.startsWith("mlp: "));
  assert.throws(() => xorlab.mlp({ activation: "rleu" as never }), { message: message.trim() });
});

test("the README's studies run from the command line", () => {
  cpSync(join(CHECKOUT, "notebooks", "data"), join(folder, "notebooks", "data"), { recursive: true });
  const commands = blocks("sh").flatMap((text) => text.match(/^npx xorlab study .*$/gm) ?? []);
  assert.ok(commands.length >= 2);
  for (const command of commands) {
    const words = command
      .replace(/\s+#.*/, "")
      .split(/\s+/)
      .slice(2);
    const argv = [join(CHECKOUT, "dist/src/node/cli/main.js"), ...words, "--trials", "2"];
    const table = execFileSync(process.execPath, argv, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    assert.match(table, words.includes("--shard") ? /^$/ : /solved/, command); // the table comes with merge
  }
  for (const file of ["rates.csv", "part-3.json"]) assert.ok(existsSync(file), file);
});
