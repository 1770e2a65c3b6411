import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { addressOf, settingOf, textOf, valueOfText } from "../../src/lab/address.js";
import { FIELDS } from "../../src/lab/fields.js";
import { PRESETS, PRESETS_WRITTEN } from "../../src/lab/presets.js";
import {
  completed,
  DATA,
  DEFAULTS,
  FEATURE_NAMES,
  INITIALIZERS,
  type Setting,
  type Start,
  weightCount,
} from "../../src/lab/setting.js";
import { rounded } from "../../src/words/numbers.js";

test("addressOf() of the default setting is empty, and names only what differs from it", () => {
  assert.equal(addressOf(DEFAULTS), "");
  assert.equal(addressOf({ ...DEFAULTS, hidden: [4, 2], seed: 7 }), "hidden=4-2&seed=7");
  assert.equal(addressOf({ ...DEFAULTS, hidden: [] }, 3), "hidden=&epoch=3");
});

const widths = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 });
const startWidths = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 8 });
const features = fc.subarray([...FEATURE_NAMES], { minLength: 1 });
const initializer = fc.constantFrom(...(Object.keys(INITIALIZERS) as Setting["initializer"][]));
const seed = fc.maxSafeNat();
/** Drawn weights, or given ones. */
function startOfWidths(widths: number[]): fc.Arbitrary<Start> {
  const count = weightCount(widths);
  const weight = fc.double({ min: -100, max: 100, noNaN: true }).map((value) => rounded(value) + 0);
  return fc.record(
    {
      ...{ seed, initializer, widths: fc.constant(widths) },
      weights: fc.array(weight, { minLength: count, maxLength: count }),
    },
    { noNullPrototype: true, requiredKeys: ["seed", "initializer", "widths"] },
  );
}
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
        fc.integer({ min: 0, max: 5 }),
      ),
      { maxLength: 200 },
    ),
    inputs: features,
    table: fc.constant(undefined),
    target: fc.integer({ min: 1, max: 9 }),
    columns: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 12 }),
    scale: fc.constantFrom("none", "standard", "minMax"),
    hidden: widths,
    activation: fc.constantFrom("relu", "sigmoid", "leakyRelu"),
    ...{ initializer, seed, loss: fc.constantFrom("crossEntropy", "squared") },
    optimizer: fc.constantFrom("sgd", "rmsprop", "adam", "adagrad"),
    learningRate: fc.double({ min: 0.00001, max: 10, noNaN: true }),
    batchSize: fc.integer({ min: 1, max: 2000 }),
    epochs: fc.integer({ min: 1, max: 2000 }),
    ...{ l1: fc.constantFrom(0, 0.01), l2: fc.constantFrom(0, 0.001), shuffle: fc.boolean() },
    solved: fc.constantFrom(1, 0.95, 0.9),
    start: fc.option(startWidths.chain(startOfWidths), { nil: undefined }),
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
    "rows=3&noise=0.6&hidden=13&activation=rleu&epochs=1.5&inputs=x1-x1&points=1,2&columns=1-1&target=0&scale=big&start=a:b:c:d&what=1&seed=-1";
  const { setting, epoch, refused } = settingOf(`${refusing}&epoch=a`);
  assert.deepEqual(setting, DEFAULTS);
  assert.equal(epoch, undefined);
  const names = [
    "rows",
    "noise",
    "inputs",
    "points",
    "target",
    "columns",
    "scale",
    "hidden",
    "activation",
    "epochs",
    "seed",
    "start",
    "what",
  ];
  assert.deepEqual(refused, names);
});

/** Of the fields that are texts: a table is a file. */
const FIELD_NAMES = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).filter((name) => name !== "table");

test("valueOfText() never throws, whatever the text", () => {
  for (const name of FIELD_NAMES) fc.assert(fc.property(fc.string(), (text) => void valueOfText(name, text)));
});

test("valueOfText() reads points line by line, with commas or spaces", () => {
  assert.deepEqual(valueOfText("points", "0, 1, 1\n-2.5 3 0\n"), [
    [0, 1, 1],
    [-2.5, 3, 0],
  ]);
  for (const wrong of ["0,0", "0,0,6", "0,0,0.5", "a,0,1", "0,0,1,1"])
    assert.equal(valueOfText("points", wrong), undefined, wrong);
});

test("presets are written as the page's address has them", () => {
  for (const { name, setting } of PRESETS) assert.equal(addressOf(setting), PRESETS_WRITTEN[name].address);
});

test("the form's fields have values for all presets", () => {
  for (const { name, setting } of PRESETS)
    for (const field of FIELD_NAMES)
      assert.deepEqual(
        valueOfText(field, textOf(field, setting[field])),
        setting[field],
        `${name}: ${field}`,
      );
});

test("an address never holds a table, and completed() chooses columns that fit the data", () => {
  const table = { name: "t", text: "a,b,c,kind\n1,2,x,u\n3,4,y,v\n", columns: COLUMNS };
  const setting = completed({ ...DEFAULTS, data: "table", table, target: 0 });
  assert.deepEqual([setting.target, setting.columns], [4, [1, 2]]);
  assert.equal(addressOf(setting), "data=table&target=4&columns=1-2");
  assert.deepEqual(completed({ ...setting, target: 3, columns: [2, 3] }).columns, [1, 2]);
  assert.deepEqual(completed({ ...DEFAULTS, data: "iris" }).columns, [3, 4]);
  assert.deepEqual(completed({ ...DEFAULTS, data: "iris", columns: [1, 2, 4] }).columns, [1, 2, 4]);
  assert.equal(completed({ ...DEFAULTS, data: "own" }).points.length, 4);
});

const COLUMNS = [
  { name: "a", numeric: true, classes: undefined },
  { name: "b", numeric: true, classes: undefined },
  { name: "c", numeric: false, classes: ["x", "y"] },
  { name: "kind", numeric: false, classes: ["u", "v"] },
];

test("settingOf() refuses initial weights that are too few, too many or no numbers", () => {
  const start = (weights: string) => settingOf(`start=1:zeros:2-1:${weights}`);
  assert.deepEqual(start("1,-2.5,0").setting.start?.weights, [1, -2.5, 0]);
  for (const weights of ["", "1,2", "1,2,3,4", "1,,3", "1,x,3", "1,Infinity,3", "1,1e7,3"])
    assert.deepEqual([start(weights).setting.start, start(weights).refused], [undefined, ["start"]], weights);
});
