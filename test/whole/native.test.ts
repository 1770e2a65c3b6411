import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, test } from "node:test";
import { nativeMissing, runOn } from "../support/backend.js";
import { CHECKOUT } from "../support/checkout.js";
import { newFolder, writeNotebook } from "../support/notebookFiles.js";
import { assertNear } from "../support/numbers.js";

/**
 * On tfjs-node: the tests that hold the two engines against each other (and so against Keras, with which
 * train/keras.test.ts compares the fused one), those that count tensors and those that save and load; and a notebook.
 * `npm test` runs the same tests on the plain backend as well.
 */

const FILES = [
  ...["engineTwins", "train", "engines"].map((name) => `train/${name}`),
  ...["layerOptions", "mlp", "tensors"].map((name) => `model/${name}`),
  "study/study",
  "node/tensorflow/files",
];
const skip = nativeMissing();
const NATIVE = /TensorFlow\.js \S+: native backend, @tensorflow\/tfjs-node/;
const folder = mkdtempSync(join(tmpdir(), "xorlab-native-"));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const name of FILES)
  test(`${name}.test.ts passes on tfjs-node`, { skip }, async () => {
    const file = join(CHECKOUT, "dist", "test", `${name}.test.js`);
    const options = ["--test", "--test-reporter=tap"]; // newer Nodes have another default
    const { code, output } = await runOn("native", ...options, file);
    assert.equal(code, 0, output);
    assert.match(output, NATIVE, "it was tfjs-node that computed");
    assert.match(output, /^# pass [1-9]/m);
  });

for (const [from, to] of [["native", "plain"] as const, ["plain", "native"] as const])
  test(`a model saved on the ${from} backend predicts the same on the ${to} one`, { skip }, async () => {
    const child = join(CHECKOUT, "dist", "test", "support", "saveChild.js");
    const place = join(folder, from);
    const answers = async (...[backend, what]: ["plain" | "native", string]) => {
      const { code, output } = await runOn(backend, child, what, place);
      assert.equal(code, 0, output);
      return JSON.parse(/^answers(\[.*\])$/m.exec(output)?.[1] as string) as number[];
    };
    const [saved, loaded] = [await answers(from, "save"), await answers(to, "load")];
    assert.equal(saved.length, 5);
    assertNear(loaded, saved, 1e-6, "answers");
  });

test("a notebook runs on tfjs-node", { skip }, async () => {
  const command = join(CHECKOUT, "dist/src/node/cli/main.js");
  const notebook = writeNotebook(newFolder(), "native", [
    'import { mlp, tf, train, xor } from "xorlab";',
    'const run = await train(mlp(), xor({ rows: 8 }), { epochs: 1, engine: "tfjs" });\ntf.tensor(run.predict([[0, 1]])).shape',
  ]);
  const { code, output } = await runOn("native", command, "export", notebook, "--out", folder);
  assert.equal(code, 0, output);
  const page = readFileSync(join(folder, basename(notebook).replace(/ipynb$/, "html")), "utf8");
  assert.doesNotMatch(page, /plain JavaScript backend, since/);
  assert.match(page, NATIVE);
  rmSync(dirname(notebook), { recursive: true });
});
