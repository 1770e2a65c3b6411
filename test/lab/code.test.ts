import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { transform } from "esbuild";
import * as xorlab from "../../src/index.js";
import { typeScriptOf } from "../../src/lab/code.js";
import { kerasOf } from "../../src/lab/keras.js";
import { PRESETS } from "../../src/lab/presets.js";
import { completed, DATA, DEFAULTS, type Setting } from "../../src/lab/setting.js";
import { TASKS } from "../../src/lab/tasks.js";
import { PYTHON } from "../support/checkout.js";
import { COMMA_TEXT, TABLE_TEXT, tableSetting } from "../support/laboratory.js";

// Needs: Python

const TABLE = tableSetting();
const SETTINGS: Readonly<Record<string, Setting>> = {
  ...Object.fromEntries(PRESETS.map(({ name, setting }) => [name, { ...setting, epochs: 5 }])),
  "everything at once": {
    ...{ ...DEFAULTS, data: "circles", rows: 41, noise: 0.1, test: 0.25, inputs: ["x1", "x1x1", "x1x2"] },
    ...{ loss: "squared", l1: 0.001, l2: 0.01, hidden: [4, 3], activation: "leakyRelu", epochs: 5 },
  },
  "sines of circles": { ...DEFAULTS, data: "circles", rows: 60, inputs: ["x1", "sin1", "sin2"], epochs: 5 },
  "irises by three columns, squared": {
    ...{ ...DEFAULTS, data: "iris", columns: [1, 3, 4], scale: "minMax", loss: "squared", epochs: 5 },
  },
  "irises by features of two columns": {
    ...{ ...DEFAULTS, data: "iris", columns: [3, 4], inputs: ["x1", "x2", "x1x2"], test: 0.25, epochs: 5 },
  },
  "a table": { ...TABLE, epochs: 5 },
  "a table with decimal commas": { ...tableSetting(COMMA_TEXT), epochs: 5 },
  "a table of two classes with targets ±1": {
    ...{ ...TABLE, columns: [1, 2, 3], target: 4, loss: "squared", test: 0.25, epochs: 5 },
  },
  "three classes of own points": {
    ...{ ...DEFAULTS, data: "own", inputs: ["x1", "x1x2"], epochs: 5 },
    points: [
      [0, 0, 0],
      [1, 1, 2],
      [0.5, 2, 1],
    ],
  },
  "XOR with a product as input": { ...DEFAULTS, inputs: ["x1", "x2", "x1x2"], epochs: 5 },
  "own points": {
    ...DEFAULTS,
    data: "own",
    points: [
      [0, 0, 0],
      [1, 1, 1],
      [0.5, 2, 1],
    ],
    hidden: [],
    epochs: 5,
  },
};

for (const [name, setting] of Object.entries(SETTINGS))
  test(`typeScriptOf() trains the run of the page: ${name}`, async () => {
    const program = typeScriptOf(setting).replace("trials: 1000", "trials: 2");
    const script = program
      .replace(/^import (\{.*\}) from "xorlab";/, "const $1 = xorlab;")
      .replace(/^import type .*/m, "");
    const { code } = await transform(`async function main() {\n${script}\nreturn run;\n}`, { loader: "ts" });
    const silent = { log: () => {} };
    const quiet = {
      ...{ ...xorlab, show: () => {} },
      readTable: (_: string, options: xorlab.TableOptions) =>
        xorlab.readTable(options.decimal === "," ? COMMA_TEXT : TABLE_TEXT, options),
      train: (model: never, data: never, options: object) =>
        xorlab.train(model, data, { ...options, progress: false }),
      study: (options: object) => xorlab.study({ ...options, progress: false }),
      explain: (run: never) => xorlab.explain(run, { trials: 0 }),
    };
    const run: xorlab.Run = await new Function("xorlab", "console", `${code}; return main();`)(quiet, silent);
    const page = await TASKS.run(setting);
    assert.deepEqual(run.history, page.history);
    assert.equal(run.ending, page.ending);
  });

test("kerasOf() writes programs that Python can read, for all data", () => {
  const programs = [
    ...Object.values(SETTINGS),
    ...(Object.keys(DATA) as Setting["data"][]).map((data) => ({ ...DEFAULTS, data, noise: 0.2 })),
  ]
    .map(completed)
    .map(kerasOf);
  const check = "import ast, json, sys\nfor text in json.load(sys.stdin): ast.parse(text)";
  const { stderr, status } = spawnSync(PYTHON, ["-c", check], {
    input: JSON.stringify(programs),
    encoding: "utf8",
  });
  assert.deepEqual({ stderr, status }, { stderr: "", status: 0 });
});
