import assert from "node:assert/strict";
import { test } from "node:test";
import { hideDocs } from "../../src/kernel/docs.js";
import { notebookCells } from "../support/cells.js";

/**
 * What cells are told from declaration files. TensorFlow.js's types are one file, whoever imports them, with all that the packages'
 * own files say; documentation is read when it is asked for, and not before.
 */

const cells = notebookCells();

const inPackages = (path: string) => path.includes("/node_modules/@tensorflow/");

test("the library's types are read before a cell asks for them, TensorFlow.js's as one file, and kept", () => {
  const { readAtStart } = cells;
  assert.equal(readAtStart.filter((path) => path.endsWith("/dist/src/kernel/tensorflow.d.ts")).length, 1);
  assert.ok(readAtStart.some((path) => path.endsWith("/dist/src/index.d.ts")));
  assert.deepEqual(readAtStart.filter(inPackages), []);
  const { paths: later } = cells.filesRead(() => {
    assert.deepEqual(cells.check("const plain = 1;"), []);
    cells.offered("pla");
    cells.told("pla¦in");
    const imports = 'import { figures, mlp, tf, train, xor } from "xorlab";\nconst data = xor({ seed: 1 });';
    assert.deepEqual(cells.check(imports), []);
    assert.deepEqual(cells.check("const model = mlp();\nconst run = await train(model, data);"), []);
    assert.deepEqual(cells.check('import * as full from "@tensorflow/tfjs";'), []);
    const y = "const y = full.tidy(() => model.predict(tf.tensor2d([[0, 1]]).add(1)));";
    assert.deepEqual(cells.check(y), []);
  });
  assert.deepEqual(later, []);
  assert.doesNotMatch(cells.declarations(), /reference path|import "xorlab"/);
});

test("a model of ours is a tf.Sequential, and xorlab's tf is TensorFlow.js, without a cast", () => {
  for (const cell of [
    "const one: full.Sequential = model;",
    "const two: full.Sequential = run.model;",
    "const three: full.LayersModel = run.model;",
    "const same: typeof full = tf;",
    "model.predict(full.tensor2d([[0, 1]]));",
    "const sum: full.Tensor = tf.ones([2]).add(full.scalar(1)).matMul(tf.eye(2));",
    "const theirs = await train(full.sequential({ layers: [full.layers.dense({ units: 1, inputShape: [2] })] }), data);",
    "const four: full.Sequential = theirs.model;",
    "figures.boundary(theirs);",
    "model.add(full.layers.dense({ units: 1 })); tf.data.array([1, 2]);",
    'import { tensor1d, type Tensor1D } from "@tensorflow/tfjs-core";\nconst five: Tensor1D = tensor1d([1]);\nfull.add(five, tf.ones([1]));',
    'import { Sequential } from "@tensorflow/tfjs-layers";\nconst six: Sequential = model;',
    'import type { Tensor } from "@tensorflow/tfjs-core/dist/tensor";\nconst seven: Tensor = tf.ones([1]);',
  ])
    assert.deepEqual(cells.check(cell), [], cell);
  assert.match(cells.told("the¦irs").type, /Run<Sequential>/);
});

test("wrong calls of TensorFlow.js are refused", () => {
  for (const [cell, message] of [
    ["model.predict([[0, 1]]);", /is not assignable to type 'Tensor<Rank>'/],
    ['tf.layers.dense({ units: "two" });', /'string' is not assignable to type 'number'/],
    ["tf.layers.dense({ unit: 2 });", /'unit' does not exist in type 'DenseLayerArgs'/],
    [
      "run.model.predct(tf.ones([1]));",
      /'predct' does not exist on type 'Sequential'. Did you mean 'predict'/,
    ],
    ["tf.tensor2d([1, 2]).nothing();", /'nothing' does not exist on type 'Tensor2D'/],
    ["tf.notThere;", /'notThere' does not exist/],
    ["const text: string = tf.ones([1]).sum();", /'Tensor<Rank>' is not assignable to type 'string'/],
    ["await train(tf.ones([1]), data);", /is not assignable to parameter of type 'LayersModel'/],
    ["full.add(1);", /Expected 2 arguments, but got 1/],
  ] as const)
    assert.match(cells.check(cell).join("\n"), message, cell);
});

test("hideDocs() hides documentation, keeps every place, and leaves all else as it is", () => {
  const text =
    '/** One. */\nlet a: 1; // /** no */\n  /**\n   * Two.\n   */\nlet b: "/** text */";\n/**/ let c: 3;\n';
  const hidden = hideDocs(text);
  assert.equal(hidden.length, text.length);
  assert.deepEqual(
    [...hidden].flatMap((letter, i) => (letter === text[i] ? [] : i)),
    [2, 39],
  );
  const deprecated = "/** Old.\n * @deprecated\n */\nlet d: 4;\n";
  assert.equal(hideDocs(deprecated), deprecated);
});

test("documentation of the language, Node, TensorFlow.js and the library is told", () => {
  const imports = [
    'import { tf, train } from "xorlab";',
    'import { EventEmitter } from "node:events";',
    "class Bell extends EventEmitter { on(name: string, heard: () => void) { return super.on(name, heard); } }",
    "/** Rings. */\nfunction ring(bell: Bell) { bell.emit('ring'); }",
  ];
  for (const cell of imports) assert.deepEqual(cells.check(cell), []);
  for (const [cell, docs] of [
    ["[1].ma¦p", /^Calls a defined callback function on each element of an array/],
    ["Ma¦th", /^An intrinsic object that provides basic mathematics/],
    ["process.cw¦d()", /returns the current working directory/],
    ["new Bell().o¦n", /Adds the `listener` function/], // what it inherits
    ["tf.layers.den¦se", /^Creates a dense \(fully connected\) layer\.[\s\S]*Output shape/],
    ["tf.layers.dense({ un¦its: 1 })", /^Positive integer, dimensionality/],
    ["tra¦in", /^Trains a/],
    ["ri¦ng", /^Rings\./],
  ] as const)
    assert.match(cells.told(cell).docs, docs, cell);
});

test("what is deprecated is offered last", () => {
  const offered = cells.offered('"text".');
  assert.ok(offered.indexOf("substring") < offered.indexOf("substr"), offered.join());
});
