import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dataset } from "../../src/data/dataset.js";
import { truthTable } from "../../src/data/gates.js";
import { initialWeights } from "../../src/engine/initializers.js";
import type { Network } from "../../src/engine/network.js";
import { predictions } from "../../src/engine/plain.js";
import {
  endingOf,
  isRight,
  marginOf,
  mostRightAnswers,
  rightAnswers,
  solvedTest,
} from "../../src/verdict/outcome.js";

const XOR = truthTable("xor");

test("endingOf() calls a training solved if enough of the judged rows are right after its last epoch", () => {
  const three = [0.1, 0.9, 0.9, 0.6];
  assert.equal(endingOf("completed", [0.1, 0.9, 0.9, 0.4], XOR, 1), "solved");
  assert.equal(endingOf("completed", three, XOR, 1), "unsolved");
  assert.equal(endingOf("completed", three, XOR, 0.75), "solved");
  assert.equal(
    endingOf("completed", [Number.NaN, 0.9, 0.9, 0.1], XOR, 1),
    "solved",
    "a no is anything not above one half",
  );
});

test("endingOf() of a training without its last epoch is how it ended", () => {
  for (const status of ["stopped", "diverged"] as const)
    assert.equal(endingOf(status, [0, 1, 1, 0], XOR, 1), status);
});

test("marginOf() is positive where isRight(), whatever the side", () => {
  for (const [answer, target] of [
    [0.7, 1],
    [0.2, 0],
    [0.2, 1],
    [0.7, 0],
  ])
    assert.equal(marginOf(answer, target) > 0, isRight(answer, target));
});

test("mostRightAnswers() takes of each input the more frequent side", () => {
  assert.equal(mostRightAnswers(XOR), 4);
  assert.equal(mostRightAnswers(dataset([[0], [0], [0], [1]], [0, 1, 1, 0])), 3);
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
      const passes = solvedTest(network, XOR, wanted);
      for (const seed of drawn) {
        const weights = initialWeights(
          network,
          { name: "glorotUniform" },
          { name: "randomNormal", mean: 0, stddev: 1 },
          seed,
        );
        const answers = predictions(network, weights, XOR.inputs);
        assert.equal(passes(weights), rightAnswers(answers, XOR.targets) / 4 >= wanted);
      }
    }),
    { seed: 1, numRuns: 100 },
  );
});
