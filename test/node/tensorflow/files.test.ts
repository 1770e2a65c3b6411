import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { mlp, tf, train, xor } from "../../../src/index.js";
import { predictRows } from "../../../src/model/chain.js";

/** Models in folders. These tests run with either backend: whole/native.test.ts runs them with tfjs-node. */

const base = mkdtempSync(join(tmpdir(), "xorlab-save-"));
after(() => rmSync(base, { recursive: true, force: true }));

const ROWS = new Float32Array([0, 0, 0, 1, 1, 0, 1, 1, 0.3, -2]);
type Model = Parameters<typeof predictRows>[0];
const answers = (model: unknown) => Array.from(predictRows(model as Model, ROWS, 2));
const load = (path: string) => tf.loadLayersModel(`file://${path}`);

/** A saved model's folder, to be damaged. */
async function saved(name: string): Promise<string> {
  const folder = join(base, name);
  const model = mlp({ hidden: 3, seed: 4 });
  await model.save(`file://${folder}`);
  model.dispose();
  return folder;
}

for (const activation of ["sigmoid", "leakyRelu", "elu"] as const)
  test(`model.save() to a folder and loading it back predicts the same (${activation})`, async () => {
    const model = mlp({ hidden: [3, 2], activation, seed: 5 });
    await train(model, xor({ rows: 40, seed: 1 }), { epochs: 3, progress: false });
    const folder = join(base, activation, "made with those above it");
    const { modelArtifactsInfo } = await model.save(`file://${folder}`);
    assert.equal({ weightDataBytes: 0, ...modelArtifactsInfo }.weightDataBytes, model.countParams() * 4);
    assert.deepEqual(readdirSync(folder).sort(), ["model.json", "weights.bin"]);
    const before = tf.memory().numTensors;
    for (const path of [join(folder, "model.json"), folder]) {
      const loaded = await load(path);
      assert.deepEqual(answers(loaded), answers(model));
      loaded.dispose();
    }
    assert.equal(tf.memory().numTensors, before, "no tensor is left behind");
    const again = await load(folder);
    const options = { epochs: 2, progress: false, seed: 3 } as const;
    const [first, second] = [
      await train(model, xor({ seed: 2, rows: 20 }), options),
      await train(again as never, xor({ seed: 2, rows: 20 }), options),
    ];
    assert.deepEqual(second.history, first.history, "the loaded model trains on as the saved one does");
    assert.equal(second.engine, "fused");
  });

test("model.save() a second time replaces the first model, and a relative path is from the current folder", async () => {
  const folder = await saved("twice");
  const other = mlp({ hidden: 1, seed: 9 });
  const here = process.cwd();
  process.chdir(base);
  try {
    await other.save("file://twice");
    assert.deepEqual(answers(await load("twice/model.json")), answers(other));
  } finally {
    process.chdir(here);
  }
  assert.deepEqual(readdirSync(folder).sort(), ["model.json", "weights.bin"]);
});

test("model.save() keeps what a compiled model was compiled with", async () => {
  const model = mlp();
  model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
  const folder = join(base, "compiled");
  await model.save(`file://${folder}`, { includeOptimizer: true });
  const { trainingConfig } = JSON.parse(readFileSync(join(folder, "model.json"), "utf8"));
  assert.equal(trainingConfig.loss, "mean_squared_error");
  assert.equal((await load(folder)).loss, "meanSquaredError");
});

test("model.save() says why a folder cannot be written", async () => {
  const file = join(base, "a file");
  writeFileSync(file, "mine");
  for (const path of [file, join(file, "below")])
    await assert.rejects(mlp().save(`file://${path}`), /^Error: model\.save: .*a file.* cannot be written: /);
  assert.equal(readFileSync(file, "utf8"), "mine");
});

const damages: [what: string, damage: (folder: string) => void, error: RegExp][] = [
  [
    "no model.json",
    (folder) => rmSync(join(folder, "model.json")),
    /model\.json cannot be read: it is not there$/,
  ],
  [
    "no weights",
    (folder) => rmSync(join(folder, "weights.bin")),
    /weights\.bin cannot be read: it is not there$/,
  ],
  [
    "text that is no JSON",
    (folder) => writeFileSync(join(folder, "model.json"), "{"),
    /is not a saved model: /,
  ],
  ["another JSON", (folder) => writeFileSync(join(folder, "model.json"), "[1]"), /it has no modelTopology$/],
  [
    "weights cut short",
    (folder) => writeFileSync(join(folder, "weights.bin"), "12345678"),
    /have 8 bytes, but it describes 52; the files do not belong together/,
  ],
];
for (const [what, damage, error] of damages)
  test(`tf.loadLayersModel() explains ${what}`, async () => {
    const folder = await saved(what);
    damage(folder);
    await assert.rejects(load(join(folder, "model.json")), (came: Error) => {
      assert.match(came.message, /^tf\.loadLayersModel: /);
      assert.match(came.message, error);
      return true;
    });
  });

test("tf.loadLayersModel() reads no weights from outside the model's folder", async () => {
  const folder = await saved("hostile");
  const file = join(folder, "model.json");
  const json = JSON.parse(readFileSync(file, "utf8"));
  mkdirSync(join(base, "elsewhere"));
  const secret = join(base, "elsewhere", "secret.bin");
  writeFileSync(secret, Buffer.alloc(52));
  symlinkSync(secret, join(folder, "link.bin"));
  const names = [
    "../elsewhere/secret.bin",
    secret,
    "x/../../elsewhere/secret.bin",
    "..\\secret.bin",
    "link.bin",
    "",
  ];
  for (const name of [...names, 7, null]) {
    json.weightsManifest[0].paths = [name];
    writeFileSync(file, JSON.stringify(json));
    await assert.rejects(
      load(file),
      /^RangeError: tf\.loadLayersModel: .* names weights outside its folder: /,
    );
  }
});

test("a path with a zero byte is refused", async () => {
  await assert.rejects(
    mlp().save("file://a\0b"),
    /^RangeError: model\.save: a path cannot contain a zero byte/,
  );
  await assert.rejects(load("a\0b"), /^RangeError: tf\.loadLayersModel: a path cannot contain a zero byte/);
});
