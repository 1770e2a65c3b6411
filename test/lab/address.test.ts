import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { addressOf, settingOf, textOf, valueOfText } from "../../src/lab/address.js";
import { PRESETS } from "../../src/lab/presets.js";
import { DATA, DEFAULTS, FEATURE_NAMES, FIELDS, INITIALIZERS, type Setting } from "../../src/lab/setting.js";

test("addressOf() of the default setting is empty, and names only what differs from it", () => {
  assert.equal(addressOf(DEFAULTS), "");
  assert.equal(addressOf({ ...DEFAULTS, hidden: [4, 2], seed: 7 }), "hidden=4-2&seed=7");
  assert.equal(addressOf({ ...DEFAULTS, hidden: [] }, 3), "hidden=&epoch=3");
});

const widths = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 });
const features = fc.subarray([...FEATURE_NAMES], { minLength: 1 });
const initializer = fc.constantFrom(...(Object.keys(INITIALIZERS) as Setting["initializer"][]));
const seed = fc.maxSafeNat();
const anySetting: fc.Arbitrary<Setting> = fc.record(
  {
    data: fc.constantFrom(...(Object.keys(DATA) as Setting["data"][])),
    rows: fc.integer({ min: 4, max: 2000 }),
    noise: fc.double({ min: 0, max: 0.5, noNaN: true }).map(Math.abs),
    test: fc.constantFrom(0, 0.1, 0.25, 0.5),
    points: fc.array(
      fc.tuple(
        fc.integer({ min: -9, max: 9 }),
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(0 as const, 1 as const),
      ),
      { maxLength: 200 },
    ),
    inputs: features,
    hidden: widths,
    activation: fc.constantFrom("relu", "sigmoid", "leakyRelu"),
    ...{ initializer, seed, loss: fc.constantFrom("crossEntropy", "squared") },
    optimizer: fc.constantFrom("sgd", "rmsprop", "adam", "adagrad"),
    learningRate: fc.double({ min: 0.00001, max: 10, noNaN: true }),
    batchSize: fc.integer({ min: 1, max: 2000 }),
    epochs: fc.integer({ min: 1, max: 2000 }),
    ...{ l1: fc.constantFrom(0, 0.01), l2: fc.constantFrom(0, 0.001), shuffle: fc.boolean() },
    solved: fc.constantFrom(1, 0.95, 0.9),
    start: fc.option(
      fc.record({ seed, initializer, hidden: widths, inputs: features }, { noNullPrototype: true }),
      {
        nil: undefined,
      },
    ),
  },
  { noNullPrototype: true },
);

test("settingOf() reads back what addressOf() wrote, for any setting", () => {
  fc.assert(
    fc.property(
      anySetting,
      fc.option(fc.integer({ min: 0, max: 2000 }), { nil: undefined }),
      (setting, epoch) => {
        assert.deepEqual(settingOf(`#${addressOf(setting, epoch)}`), {
          setting: { ...setting },
          epoch,
          refused: [],
        });
      },
    ),
  );
});

test("settingOf() takes the default for what is not allowed, and names it", () => {
  const refusing =
    "rows=3&noise=0.6&hidden=13&activation=rleu&epochs=1.5&inputs=x1-x1&points=1,2&start=a:b:c:d&what=1&seed=-1";
  const { setting, epoch, refused } = settingOf(`${refusing}&epoch=a`);
  assert.deepEqual(setting, DEFAULTS);
  assert.equal(epoch, undefined);
  const names = [
    "rows",
    "noise",
    "points",
    "inputs",
    "hidden",
    "activation",
    "epochs",
    "seed",
    "start",
    "what",
  ];
  assert.deepEqual(refused, names);
});

test("valueOfText() never throws, whatever the text", () => {
  for (const name of Object.keys(FIELDS) as (keyof Setting)[])
    fc.assert(fc.property(fc.string(), (text) => void valueOfText(name, text)));
});

test("valueOfText() reads points line by line, with commas or spaces", () => {
  assert.deepEqual(valueOfText("points", "0, 1, 1\n-2.5 3 0\n"), [
    [0, 1, 1],
    [-2.5, 3, 0],
  ]);
  for (const wrong of ["0,0", "0,0,2", "a,0,1", "0,0,1,1"])
    assert.equal(valueOfText("points", wrong), undefined, wrong);
});

test("the form's fields have values for all presets", () => {
  for (const { name, setting } of PRESETS)
    for (const field of Object.keys(FIELDS) as (keyof typeof FIELDS)[])
      assert.deepEqual(
        valueOfText(field, textOf(field, setting[field])),
        setting[field],
        `${name}: ${field}`,
      );
});
