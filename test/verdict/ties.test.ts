import assert from "node:assert/strict";
import { test } from "node:test";
import { type Dataset, makeDataset } from "../../src/data/dataset.js";
import { parity, truthTable } from "../../src/data/gates.js";
import { dataset } from "../../src/data/ownData.js";
import { distinctRows } from "../../src/data/rows.js";
import { meanLoss } from "../../src/engine/plain.js";
import { atCost, floorUnder, tiedRows } from "../../src/verdict/ties.js";

const LOSS = "binaryCrossentropy";

test("atCost() reaches 0.02 below a cost, and 0.02 or a tenth above it", () => {
  const around = (cost: number, offsets: readonly number[]) =>
    offsets.map((offset) => atCost(cost + offset, cost));
  assert.deepEqual(around(0.1, [-0.021, -0.019, 0, 0.019, 0.021]), [false, true, true, true, false]);
  assert.deepEqual(around(0.5, [-0.021, -0.019, 0.049, 0.051]), [false, true, true, false]);
  assert.equal(atCost(0.015, 1e-6), false, "ties that cost next to nothing do not make the loss what it is");
  assert.equal(atCost(0.015, 0.01), true);
  assert.equal(atCost(0, 0), false, "without ties there is no floor");
});

/** The floor under these answers to a table. */
const under = (table: ReturnType<typeof truthTable>, answers: readonly number[]) =>
  floorUnder(distinctRows(table), answers, LOSS, meanLoss(answers, table, LOSS));

test("floorUnder() is what the inputs cost that share an answer, if the loss is made of that", () => {
  const xor = truthTable("xor");
  assert.ok(Math.abs((under(xor, [0.5, 0.5, 1, 0]) ?? 0) - Math.LN2 / 2) < 1e-12);
  assert.ok(Math.abs((under(xor, [0.5, 0.5, 0.5, 0.5]) ?? 0) - Math.LN2) < 1e-12);
  assert.equal(under(xor, [0.1, 0.9, 0.9, 0.1]), undefined, "no ties");
  assert.equal(under(xor, [0.5, 0.5, 0.1, 0.9]), undefined, "tied, but most of the loss is elsewhere");
  assert.equal(under(xor, [0.45, 0.65, 1, 0]), undefined, "answers 0.2 apart are no tie");
});

test("floorUnder() knows tables of up to 16 different rows", () => {
  const half = (rows: number) => Array.from({ length: rows }, () => 0.5);
  assert.ok(Math.abs((under(parity({ bits: 4 }), half(16)) ?? 0) - Math.LN2) < 1e-12);
  const many = dataset(
    Array.from({ length: 17 }, (_, i) => [i]),
    Array.from({ length: 17 }, (_, i) => i % 2),
  );
  assert.equal(under(many, half(17)), undefined);
});

const counts = (table: Dataset) => Array.from({ length: table.rows }, () => 1);
const groups = (table: Dataset, answers: readonly number[]) =>
  tiedRows(table, counts(table), answers, [], "meanSquaredError").map(({ rows, best }) => ({ rows, best }));

test("tiedRows() compares answers with the distance of the targets: 0.05 of it, in a regression 0.01", () => {
  const xor = truthTable("xor");
  const signed = makeDataset({ ...xor, threshold: 0, targets: xor.targets.map((bit) => 2 * bit - 1) });
  assert.deepEqual(groups(signed, [-1, 0, 0.09, 1]), [], "both have the target 1");
  assert.deepEqual(groups(signed, [0, 0.09, 1, -1]), [{ rows: [0, 1], best: [0] }]);
  assert.deepEqual(groups(xor, [0, 0.09, 1, -1]), []);
  const line = dataset([[0], [1], [2]], [0, 50, 100]);
  assert.deepEqual(groups(line, [49.5, 50.4, 100]), [{ rows: [0, 1], best: [25] }]);
  assert.deepEqual(groups(line, [49, 50.1, 100]), []);
});

test("tiedRows() of several outputs ties rows all of whose answers are near to each other", () => {
  const two = dataset(
    [[0], [1], [2], [3]],
    [
      [1, 0],
      [0, 1],
      [1, 0],
      [0, 1],
    ],
  );
  const answers = [0.5, 0.5, 0.52, 0.48, 0.5, 0.6, 0.1, 0.9];
  assert.deepEqual(groups(two, answers), [{ rows: [0, 1], best: [0.5, 0.5] }]);
  const [tie] = tiedRows(two, counts(two), answers, [], "meanSquaredError");
  assert.ok(Math.abs(tie.answers[1] - tie.answers[0] - 0.02) < 1e-12);
});

test("floorUnder() knows no floor where every answer costs the same", () => {
  const and = truthTable("and");
  const answers = [0.5, 0.5, 0.5, 0.5];
  const loss = meanLoss(answers, and, "categoricalCrossentropy");
  assert.ok(loss > 0 && loss < 1e-7);
  assert.equal(floorUnder(distinctRows(and), answers, "categoricalCrossentropy", loss), undefined);
});
