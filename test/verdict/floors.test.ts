import assert from "node:assert/strict";
import { test } from "node:test";
import { dataset } from "../../src/data/dataset.js";
import { parity, truthTable, xor } from "../../src/data/gates.js";
import { countByFloor, FLOOR_WIDTH, tieFloors } from "../../src/verdict/floors.js";
import { assertNear } from "../support/numbers.js";

const { LN2 } = Math;
/** Entropy of a share, in nats: the mean log loss of answering the share itself. */
const entropy = (p: number) => -p * Math.log(p) - (1 - p) * Math.log(1 - p);

test("tieFloors() of XOR: a pair tied, three rows tied, all four tied", () => {
  const floors = tieFloors(truthTable("xor"), "binaryCrossentropy");
  assertNear(floors, [LN2 / 2, 0.75 * entropy(1 / 3), LN2], 1e-12, "XOR");
  assert.deepEqual(
    floors.map((floor) => floor.toFixed(4)),
    ["0.3466", "0.4774", "0.6931"],
  );
});

test("tieFloors() of XOR with mean squared error", () => {
  // A pair: ½·¼; three: ¾·(⅓·⅔); four: ¼.
  assertNear(tieFloors(truthTable("xor"), "meanSquaredError"), [1 / 8, 1 / 6, 1 / 4], 1e-12, "XOR");
});

test("tieFloors() of AND and OR: the odd row tied with one, two or three others", () => {
  const expected = [LN2 / 2, 0.75 * entropy(1 / 3), entropy(1 / 4)];
  for (const gate of ["and", "or", "nand", "nor"] as const)
    assertNear(tieFloors(truthTable(gate), "binaryCrossentropy"), expected, 1e-12, gate);
  const squared = [1 / 8, 1 / 6, 3 / 16];
  assertNear(tieFloors(truthTable("and"), "meanSquaredError"), squared, 1e-12, "AND, squared");
});

test("tieFloors() of the parity of three bits", () => {
  // Four zeros and four ones, so groups of z zeros and o ones with Σz ≤ 4, Σo ≤ 4, each losing (z + o)·H(o/(z + o)) / 8.
  // By hand: the least is one pair, ln 2 / 4; the next ⅜·H(⅓); two pairs ln 2 / 2; all eight (or four pairs) ln 2.
  const floors = tieFloors(parity({ bits: 3 }), "binaryCrossentropy");
  assertNear(floors.slice(0, 2), [LN2 / 4, (3 / 8) * entropy(1 / 3)], 1e-12, "the least");
  assertNear(floors.slice(-1), [LN2], 1e-12, "the greatest");
  const has = (loss: number) => floors.some((floor) => Math.abs(floor - loss) < 1e-9);
  for (const pairs of [1, 2, 3, 4]) assert.ok(has((pairs * LN2) / 4), `${pairs} pairs`);
  assert.ok(has((5 / 8) * entropy(2 / 5)), "two against three");
  assert.ok(has((5 / 8) * entropy(1 / 5)), "one against four");
  assert.ok(has((3 / 8) * entropy(1 / 3) + LN2 / 4), "three rows, and a pair beside them");
  assert.ok(!has(LN2 / 8), "no half pair");
  assertNear(
    tieFloors(parity({ bits: 3 }), "meanSquaredError").slice(0, 2),
    [1 / 16, 1 / 12],
    1e-12,
    "squared",
  );
});

test("tieFloors() ascend, without zero and without repetition, and know nothing of long tables", () => {
  for (const table of [truthTable("xor"), parity({ bits: 3 }), parity({ bits: 1 })])
    for (const loss of ["binaryCrossentropy", "meanSquaredError"] as const) {
      const floors = tieFloors(table, loss);
      floors.forEach((floor, i) => {
        assert.ok(floor > 1e-6 && (i === 0 || floor - floors[i - 1] > 1e-6));
      });
    }
  assert.deepEqual(tieFloors(parity({ bits: 4 }), "binaryCrossentropy"), []);
  assert.deepEqual(tieFloors(xor(), "binaryCrossentropy"), []);
  assert.deepEqual(tieFloors(dataset([[0], [1]], [1, 1]), "binaryCrossentropy"), []); // nothing unlike to tie
});

test("countByFloor() counts at the nearest floor within its width, most frequent first", () => {
  const floors = tieFloors(truthTable("xor"), "binaryCrossentropy");
  const losses = [0.347, 0.35, 0.3466, 0.3665, 0.48, 0.47, 0.6932, 0.1, 0.12, 0.9];
  assert.deepEqual(countByFloor(losses, floors), [
    { loss: floors[0], trials: 4 },
    { loss: 0.1, trials: 2 },
    { loss: floors[1], trials: 2 },
    { loss: floors[2], trials: 1 },
    { loss: 0.9, trials: 1 },
  ]);
  assert.deepEqual(countByFloor([floors[0] + FLOOR_WIDTH + 1e-9], floors), [{ loss: 0.4, trials: 1 }]);
  assert.deepEqual(countByFloor([], floors), []);
});

test("countByFloor() without floors counts at multiples of 0.1", () => {
  assert.deepEqual(countByFloor([0.28, 0.31, 0.12], []), [
    { loss: 0.3, trials: 2 },
    { loss: 0.1, trials: 1 },
  ]);
});
