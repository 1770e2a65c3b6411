import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dataset } from "../../src/data/dataset.js";
import { parity, truthTable, xor } from "../../src/data/gates.js";
import { dataset } from "../../src/data/ownData.js";
import type { Loss } from "../../src/engine/losses.js";
import { commonFloors, constantAnswer, floorsOf } from "../../src/verdict/floors.js";
import { assertNear } from "../support/numbers.js";

const { LN2 } = Math;
/** The losses of a table's floors. */
const losses = (table: Dataset, loss: Loss) => floorsOf(table, loss).map((floor) => floor.loss);
/** Entropy of a share, in nats: the mean log loss of answering the share itself. */
const entropy = (p: number) => -p * Math.log(p) - (1 - p) * Math.log(1 - p);

test("floorsOf() of XOR: a pair tied, three rows tied, all four tied", () => {
  const floors = losses(truthTable("xor"), "binaryCrossentropy");
  assertNear(floors, [LN2 / 2, 0.75 * entropy(1 / 3), LN2], 1e-12, "XOR");
  assert.deepEqual(
    floors.map((floor) => floor.toFixed(4)),
    ["0.3466", "0.4774", "0.6931"],
  );
});

test("floorsOf() of XOR with mean squared error", () => {
  // A pair: ½·¼; three: ¾·(⅓·⅔); four: ¼.
  assertNear(losses(truthTable("xor"), "meanSquaredError"), [1 / 8, 1 / 6, 1 / 4], 1e-12, "XOR");
});

test("floorsOf() of AND and OR: the odd row tied with one, two or three others", () => {
  const expected = [LN2 / 2, 0.75 * entropy(1 / 3), entropy(1 / 4)];
  for (const gate of ["and", "or", "nand", "nor"] as const)
    assertNear(losses(truthTable(gate), "binaryCrossentropy"), expected, 1e-12, gate);
  const squared = [1 / 8, 1 / 6, 3 / 16];
  assertNear(losses(truthTable("and"), "meanSquaredError"), squared, 1e-12, "AND, squared");
});

test("floorsOf() of the parity of three bits", () => {
  // Four zeros and four ones, so groups of z zeros and o ones with Σz ≤ 4, Σo ≤ 4, each losing (z + o)·H(o/(z + o)) / 8.
  // By hand: the least is one pair, ln 2 / 4; the next ⅜·H(⅓); two pairs ln 2 / 2; all eight (or four pairs) ln 2.
  const floors = losses(parity({ bits: 3 }), "binaryCrossentropy");
  assertNear(floors.slice(0, 2), [LN2 / 4, (3 / 8) * entropy(1 / 3)], 1e-12, "the least");
  assertNear(floors.slice(-1), [LN2], 1e-12, "the greatest");
  const has = (loss: number) => floors.some((floor) => Math.abs(floor - loss) < 1e-9);
  for (const pairs of [1, 2, 3, 4]) assert.ok(has((pairs * LN2) / 4), `${pairs} pairs`);
  assert.ok(has((5 / 8) * entropy(2 / 5)), "two against three");
  assert.ok(has((5 / 8) * entropy(1 / 5)), "one against four");
  assert.ok(has((3 / 8) * entropy(1 / 3) + LN2 / 4), "three rows, and a pair beside them");
  assert.ok(!has(LN2 / 8), "no half pair");
  assertNear(losses(parity({ bits: 3 }), "meanSquaredError").slice(0, 2), [1 / 16, 1 / 12], 1e-12, "squared");
});

test("floorsOf() ascend, without zero and without repetition, and know nothing of long tables", () => {
  for (const table of [truthTable("xor"), parity({ bits: 3 }), parity({ bits: 1 })])
    for (const loss of ["binaryCrossentropy", "meanSquaredError"] as const) {
      const floors = losses(table, loss);
      floors.forEach((floor, i) => {
        assert.ok(floor > 1e-6 && (i === 0 || floor - floors[i - 1] > 1e-6));
      });
    }
  assert.deepEqual(losses(parity({ bits: 4 }), "binaryCrossentropy"), []);
  assert.deepEqual(losses(xor(), "binaryCrossentropy"), []);
  assert.deepEqual(losses(dataset([[0], [1]], [1, 1]), "binaryCrossentropy"), []); // nothing unlike to tie
});

test("floorsOf() says how many inputs share an answer, and how far the data's own frequencies move it", () => {
  const xorFloors = floorsOf(truthTable("xor"), "binaryCrossentropy");
  assert.deepEqual(
    xorFloors.map((floor) => floor.inputs),
    [2, 3, 4],
  );
  for (const table of [truthTable("xor"), truthTable("and"), parity({ bits: 3 })])
    for (const loss of ["binaryCrossentropy", "meanSquaredError"] as const) {
      const constant = floorsOf(table, loss).filter((floor) => floor.constant);
      assertNear([constant[0].loss], [constantAnswer(table, loss).loss], 1e-12, table.name);
      assert.equal(constant.length, 1);
    }
  for (const { loss, low, high } of xorFloors) assert.ok(Math.abs(low - loss) + Math.abs(high - loss) < 1e-9);
  const [pair] = floorsOf(truthTable("xor"), "binaryCrossentropy", [xor({ seed: 588516 })]);
  assert.ok(pair.low < 0.3397 && pair.high > 0.3397, "the question's loss lies on it");
});

test("commonFloors() are those of one table and one loss", () => {
  const training = (data: Dataset, loss: Loss = "binaryCrossentropy") => ({ data, settings: { loss } });
  assert.equal(commonFloors([training(xor({ seed: 1 })), training(xor({ seed: 2 }))]).length, 3);
  assert.deepEqual(commonFloors([training(xor()), training(truthTable("and"))]), []);
  assert.deepEqual(commonFloors([training(xor()), training(xor(), "meanSquaredError")]), []);
});

test("constantAnswer() is the mean target, and costs its entropy", () => {
  const data = dataset(
    Array.from({ length: 80 }, (_, i) => [i]),
    Array.from({ length: 80 }, (_, i) => (i < 17 ? 1 : 0)),
  );
  const { answer, loss } = constantAnswer(data, "binaryCrossentropy");
  assertNear([...answer, loss], [17 / 80, entropy(17 / 80)], 1e-12, "17 of 80");
});

test("floorsOf() counts every row of the table once for data that have other rows", () => {
  const table = truthTable("xor");
  const near = dataset(
    Array.from({ length: 8 }, (_, i) => [(i & 1) + 0.01 * i, ((i >> 1) & 1) - 0.01]),
    Array.from({ length: 8 }, (_, i) => (i & 1) ^ ((i >> 1) & 1)),
    { judge: table },
  );
  assert.deepEqual(floorsOf(table, "binaryCrossentropy", [near]), floorsOf(table, "binaryCrossentropy"));
});
