import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { truthTable } from "../../src/data/gates.js";
import { dataset } from "../../src/data/ownData.js";
import { initialWeights } from "../../src/engine/initializers.js";
import type { Network } from "../../src/engine/network.js";
import { predictions } from "../../src/engine/plain.js";
import {
  endingOf,
  isRight,
  marginOf,
  mostRightRows,
  r2Of,
  rightRows,
  solvedTest,
} from "../../src/verdict/outcome.js";

const XOR = truthTable("xor");

/** All judged rows right, or a share of them. */
const share = (solvedAccuracy: number) => ({ loss: "binaryCrossentropy", solvedAccuracy }) as const;

test("endingOf() calls a training solved if enough of the judged rows are right after its last epoch", () => {
  const three = [0.1, 0.9, 0.9, 0.6];
  assert.equal(endingOf("completed", [0.1, 0.9, 0.9, 0.4], XOR, share(1)), "solved");
  assert.equal(endingOf("completed", three, XOR, share(1)), "unsolved");
  assert.equal(endingOf("completed", three, XOR, share(0.75)), "solved");
  for (const neither of [Number.NaN, 0.5])
    assert.equal(endingOf("completed", [neither, 0.9, 0.9, 0.1], XOR, share(1)), "unsolved", String(neither));
});

test("endingOf() of a training without its last epoch is how it ended", () => {
  for (const status of ["stopped", "diverged"] as const)
    assert.equal(endingOf(status, [0, 1, 1, 0], XOR, share(1)), status);
});

test("marginOf() is the distance from the threshold, of several outputs the least, of classes that to the next", () => {
  const soft = dataset([[0], [1]], [-1, 1]);
  assert.equal(soft.threshold, 0);
  assert.deepEqual([marginOf([-0.2, 0.3], 0, soft), marginOf([-0.2, 0.3], 1, soft)], [0.2, 0.3]);
  const both = dataset(
    [[0], [1]],
    [
      [0, 0],
      [1, 0],
    ],
  );
  assert.equal(marginOf([9, 9, 0.75, 0.25], 1, both), 0.25);
  const classes = dataset(
    [[0], [1]],
    [
      [1, 0, 0],
      [0, 0, 1],
    ],
  );
  assert.equal(classes.task, "classes");
  assert.equal(marginOf([0, 0, 0, 0.5, 0.125, 0.25], 1, classes), -0.25);
  assert.equal(isRight([0.4, 0.4, 0.2], 0, classes), false, "a tie is right for neither");
});

test("endingOf() judges a regression by R², and any task by a loss that was asked for", () => {
  const line = dataset([[0], [1], [2]], [0, 1, 2]);
  assert.equal(line.task, "regression");
  const by = { loss: "meanSquaredError", solvedAccuracy: 1 } as const;
  assert.equal(r2Of([0, 1, 2.5], line), 1 - 0.25 / 2);
  assert.equal(endingOf("completed", [0, 1, 2.1], line, by), "solved");
  assert.equal(endingOf("completed", [0, 1, 2.5], line, by), "unsolved");
  assert.equal(endingOf("completed", [0, 1, 2.5], line, { ...by, solvedR2: 0.8 }), "solved");
  assert.equal(endingOf("completed", [0, 1, 2.1], line, { ...by, solvedLoss: 0.001 }), "unsolved");
  assert.equal(
    endingOf("completed", [0.4, 0.6, 0.6, 0.4], XOR, { ...share(1), solvedLoss: 0.5 }),
    "unsolved",
  );
});

test("mostRightRows() takes of each input the more frequent side", () => {
  assert.equal(mostRightRows(XOR), 4);
  assert.equal(mostRightRows(dataset([[0], [0], [0], [1]], [0, 1, 1, 0])), 3);
});

test("solvedTest() says of any weights, in any order, what endingOf() says", () => {
  const network: Network = {
    inputs: 2,
    layers: [
      { units: 2, activation: "tanh" },
      { units: 1, activation: "sigmoid" },
    ],
  };
  const seeds = fc.array(fc.nat(), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(seeds, fc.constantFrom(0.25, 0.5, 0.75, 1), (drawn, wanted) => {
      const passes = solvedTest(network, XOR, share(wanted));
      for (const seed of drawn) {
        const weights = initialWeights(
          network,
          { name: "glorotUniform" },
          { name: "randomNormal", mean: 0, stddev: 1 },
          seed,
        );
        const answers = predictions(network, weights, XOR.inputs);
        assert.equal(passes(weights), rightRows(answers, XOR) / 4 >= wanted);
      }
    }),
    { seed: 1, numRuns: 100 },
  );
});

test("solvedTest() looks first at the rows that were wrong the last time", () => {
  const inputs = Array.from({ length: 100 }, (_, i) => [i]);
  const above = inputs.map(([input]) => Number(input > 50 && input < 99));
  const network: Network = { inputs: 1, layers: [{ units: 1, activation: "sigmoid" }] };
  const passes = solvedTest(network, dataset(inputs, above), share(1));
  const weights = [1, -50.5];
  assert.equal(passes(weights), false);
  assert.equal(passes.looked, 100, "only the last row is wrong");
  assert.equal(passes(weights), false);
  assert.equal(passes.looked, 101);
});
