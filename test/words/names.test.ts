import assert from "node:assert/strict";
import { test } from "node:test";
import { differing, floorName, inCommon, said } from "../../src/words/names.js";

test("floorName() says how many inputs share an answer, and what always answering one half costs", () => {
  const floor = (loss: number, inputs: number, constant = false) => floorName({ loss, inputs, constant });
  assert.equal(floor(0.4774, 3), "3 inputs, 1 answer");
  assert.equal(floor(Math.LN2, 4), "4 inputs, 1 answer", "two pairs of eight rows cost as much");
  assert.equal(floor(0.5623, 4, true), "constant answer");
  assert.equal(floor(Math.LN2, 4, true), "constant answer, ln 2");
});

test("differing() and inCommon() compare whole names, said() writes short ones", () => {
  const long = ["x", "y"].map((end) => ({ data: `${"a".repeat(200)}${end}`, rows: 100, epochs: 1 }));
  assert.deepEqual(differing(long), ["data"]);
  assert.deepEqual(inCommon(long, ["data", "rows", "epochs"]), ["100 rows", "1 epoch"]);
  assert.equal(said("data", long[0]).length, 120);
  assert.equal(said("data", { data: "" }), "data without a name");
});
