import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Dataset, makeDataset } from "../../src/data/dataset.js";
import { parity, truthTable, xor } from "../../src/data/gates.js";
import { dataset } from "../../src/data/ownData.js";
import { distinctRows } from "../../src/data/rows.js";
import { initialWeights } from "../../src/engine/initializers.js";
import { rowLoss } from "../../src/engine/losses.js";
import { type Network, parameterCount } from "../../src/engine/network.js";
import { lossAndGradient, predictions } from "../../src/engine/plain.js";
import { numberedText } from "../../src/explain/facts/classes.js";
import { curvatureAt } from "../../src/explain/facts/curvature.js";
import { factsOf } from "../../src/explain/facts/facts.js";
import { gradientFacts } from "../../src/explain/facts/gradient.js";
import { separableByLine } from "../../src/explain/facts/separable.js";
import { factLines } from "../../src/explain/text/particulars.js";
import { random } from "../../src/numbers/random.js";
import { trainSettings } from "../../src/settings/training.js";
import { bestAnswer } from "../../src/verdict/floors.js";
import { SAME_ANSWER } from "../../src/verdict/ties.js";
import { endedWith } from "../support/endings.js";
import { assertNear, assertRelative } from "../support/numbers.js";
import { ONE_OUTPUT_LOSSES, plans, seeds } from "../support/trainingCases.js";

const RANGE = { rates: [-3, -1], epsilons: [-8, -6], memory: 0.5 } as const;
const RUNS = { seed: 1, numRuns: 150 };

function drawn(network: Network, seed: number): Float32Array {
  return initialWeights(network, { name: "heNormal" }, { name: "randomNormal", mean: 0, stddev: 0.5 }, seed);
}

/** Rows of zeros and ones, many of them repeated. */
function binaryData(features: number, rows: number, seed: number): Dataset {
  const source = random(seed, "binary rows");
  const inputs = Float32Array.from({ length: rows * features }, () => source.below(2));
  const targets = Float32Array.from({ length: rows }, () => source.below(2));
  return makeDataset({ name: "bits", features, inputs, targets });
}

test("distinctRows() counts every row, and its loss and gradient are those of all rows", () => {
  fc.assert(
    fc.property(plans(RANGE), seeds, ({ network, loss }, seed) => {
      const data = binaryData(network.inputs, 50, seed);
      const distinct = distinctRows(data);
      assert.equal(
        distinct.counts.reduce((sum, count) => sum + count, 0),
        50,
      );
      const weights = Float64Array.from(drawn(network, seed));
      const whole = lossAndGradient(network, weights, data, loss);
      const short = lossAndGradient(network, weights, distinct.rows, loss, distinct.counts);
      assertRelative([short.loss], [whole.loss], 1e-9, "loss");
      const scale = Math.max(1, ...whole.gradient.map(Math.abs));
      assertNear(short.gradient, whole.gradient, 1e-9 * scale, "gradient");
    }),
    RUNS,
  );
});

test("gradientFacts(): where it says exactly zero, no small step in any direction of that layer changes the loss", () => {
  const relu: Network = {
    inputs: 2,
    layers: [
      { units: 2, activation: "relu" },
      { units: 1, activation: "sigmoid" },
    ],
  };
  const dead = Float64Array.from([-1, -1, -1, -2, -0.5, -0.1, 1, 1, 3]);
  const data = distinctRows(xor({ rows: 40, seed: 2 }));
  const { layers, size } = gradientFacts(relu, dead, data, "binaryCrossentropy");
  assert.deepEqual(
    layers.map(({ zero }) => zero),
    [true, false],
  );
  assert.equal(size, "not small");
  const lossAt = (weights: Float64Array) =>
    lossAndGradient(relu, weights, data.rows, "binaryCrossentropy", data.counts).loss;
  for (let i = 0; i < 6; i++)
    for (const step of [1e-3, -1e-3])
      assert.equal(lossAt(dead.map((w, j) => (j === i ? w + step : w))), lossAt(dead));
});

test("gradientFacts() agrees with central differences of the loss", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const network: Network = {
        inputs: 2,
        layers: [
          { units: 3, activation: "tanh" },
          { units: 1, activation: "sigmoid" },
        ],
      };
      const weights = Float64Array.from(drawn(network, seed));
      const data = distinctRows(binaryData(2, 20, seed));
      const at = (i: number, step: number) =>
        lossAndGradient(
          network,
          weights.map((w, j) => (i === j ? w + step : w)),
          data.rows,
          "binaryCrossentropy",
          data.counts,
        ).loss;
      const slopes = Array.from(weights, (_, i) => (at(i, 1e-5) - at(i, -1e-5)) / 2e-5);
      const facts = gradientFacts(network, weights, data, "binaryCrossentropy");
      assertNear([facts.norm], [Math.hypot(...slopes)], 1e-7, "norm");
      assertNear([Math.hypot(...facts.layers.map(({ norm }) => norm))], [facts.norm], 1e-12, "by layers");
      assert.ok(facts.ratio >= 0 && facts.ratio <= 1);
    }),
    RUNS,
  );
});

test("curvatureAt() finds the eigenvalues of a known bowl and a known saddle", () => {
  // ½ wᵀAw with A = diag(3, −1, 0.5) turned: eigenvalues do not change when the coordinates turn.
  const turned = (w: Float64Array) => {
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    return [c * w[0] - s * w[1], s * w[0] + c * w[1], w[2]];
  };
  for (const diagonal of [
    [3, -1, 0.5],
    [3, 1, 0.5],
  ]) {
    const surface = (w: Float64Array) => {
      const g = turned(w).map((x, i) => x * diagonal[i]);
      const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
      return { loss: 0, gradient: Float64Array.of(c * g[0] + s * g[1], -s * g[0] + c * g[1], g[2]) };
    };
    const found = curvatureAt(surface, [0.1, 0.2, 0.3], false);
    assertNear([found?.least ?? 0, found?.largest ?? 0], [Math.min(...diagonal), 3], 1e-6, "eigenvalues");
    assert.equal(found?.curvesDown, diagonal[1] < 0);
  }
  assert.equal(
    curvatureAt(() => ({ loss: 0, gradient: Float64Array.of(Number.NaN) }), [1], false),
    undefined,
  );
});

test("curvatureAt() is not misled by a kink within a step of its differences", () => {
  for (const kink of [4e-7, -4e-7]) {
    const surface = (w: Float64Array) => ({
      loss: 0,
      gradient: Float64Array.of(3 * w[0] + (w[0] > kink ? 1 : 0), w[1]),
    });
    const found = curvatureAt(surface, [0, 0], false);
    assertNear([found?.least ?? 0, found?.largest ?? 0], [1, 3], 1e-6, "eigenvalues");
  }
});

test("separableByLine() of all 16 functions of two bits: only XOR and XNOR are not", () => {
  for (let code = 0; code < 16; code++) {
    const targets = [0, 1, 2, 3].map((row) => (code >> row) & 1);
    const table = dataset(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      targets,
    );
    assert.equal(separableByLine(table), code !== 6 && code !== 9, targets.join(""));
  }
  for (const bits of [2, 3, 4, 6])
    assert.equal(separableByLine(parity({ bits })), false, `parity of ${bits}`);
  // 104 of the 256 functions of three bits are threshold functions (Muroga 1971); counted here
  const three = parity({ bits: 3 });
  let separable = 0;
  for (let code = 0; code < 256; code++) {
    const targets = Float32Array.from({ length: 8 }, (_, row) => (code >> row) & 1);
    if (separableByLine({ ...three, targets })) separable += 1;
  }
  assert.equal(separable, 104);
});

test("separableByLine() of points that a line was drawn through, and of points inside others", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const source = random(seed, "points");
      const points = Array.from({ length: 30 }, () => [source.normal(), source.normal()]);
      const [a, b, c] = [source.normal(), source.normal(), source.normal()];
      const height = ([x, y]: number[]) => a * x + b * y + c;
      const clear = points.filter((point) => Math.abs(height(point)) > 0.05);
      if (clear.length === 0) return;
      const along = clear.map((point) => (height(point) > 0 ? 1 : 0));
      assert.equal(separableByLine(dataset(clear, along)), true);
      const corners = [
        [-9, -9],
        [9, -9],
        [0, 9],
      ];
      assert.equal(
        separableByLine(dataset([...corners, ...points], [1, 1, 1, ...points.map(() => 0)])),
        false,
      );
    }),
    RUNS,
  );
});

test("factsOf() finds exactly the ties that are there, and no weights do better than their floor", () => {
  fc.assert(
    fc.property(plans(RANGE), seeds, ({ network, loss }, seed) => {
      const table = distinctRows(binaryData(network.inputs, 12, seed)).rows;
      const weights = drawn(network, seed);
      const {
        ties,
        loss: losses,
        judged,
      } = factsOf(endedWith(network, weights, table, trainSettings("test", { loss })));
      const answers = predictions(network, weights, table.inputs);
      assert.deepEqual(judged.answers, Array.from(answers));
      for (const { rows, answers: range, same } of ties) {
        const theirs = rows.map((row) => answers[row]);
        assert.deepEqual(range, [Math.min(...theirs), Math.max(...theirs)]);
        assert.ok(range[1] - range[0] <= SAME_ANSWER + 1e-12);
        assert.ok(new Set(rows.map((row) => table.targets[row])).size > 1, "unlike");
        if (same === "code") assert.equal(range[0], range[1]);
      }
      // every unlike pair with exactly one answer is in a tie
      for (let a = 0; a < table.rows; a++)
        for (let b = a + 1; b < table.rows; b++)
          if (answers[a] === answers[b] && table.targets[a] !== table.targets[b])
            assert.ok(
              ties.some(({ rows }) => rows.includes(a) && rows.includes(b)),
              `rows ${a} and ${b}`,
            );
      // ties with one code have one answer: the loss cannot be below what they cost
      if (ties.every(({ same }) => same === "code"))
        assert.ok(losses.now >= losses.floor - 1e-9, `${losses.now} < ${losses.floor}`);
    }),
    { seed: 1, numRuns: 400 },
  );
});

test("bestAnswer() is the best of all answers, for every loss", () => {
  const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(some, fc.constantFrom(...ONE_OUTPUT_LOSSES), (rows, loss) => {
      const [targets, counts] = [rows.map(([target]) => target), rows.map(([, count]) => count + 1)];
      const all = [...targets.keys()];
      const data = dataset(
        all.map((row) => [row]),
        targets,
      );
      const best = bestAnswer(all, data, loss, counts);
      const value = (answer: number, target: number) => rowLoss(loss, 1).value([answer], 0, [target], 0);
      for (let answer = 0.005; answer < 1; answer += 0.005) {
        const summed = targets.reduce((sum, target, i) => sum + counts[i] * value(answer, target), 0);
        assert.ok(summed >= best.loss - 1e-9, `${answer} costs ${summed}, less than ${best.loss}`);
      }
    }),
    RUNS,
  );
  const data = dataset([[0], [1], [2]], [0, 1, 1]);
  assertNear(bestAnswer([0, 1, 2], data, "binaryCrossentropy").answer, [2 / 3], 1e-15, "mean");
});

test("what ties cost is compared with the loss over the judged rows where the data are others", () => {
  const judge = truthTable("xor");
  const inputs = Array.from({ length: 40 }, (_, i) => [(i & 1) + 0.001 * i, (i >> 1) & 1]);
  const data = dataset(
    inputs,
    inputs.map(([x, y]) => Math.floor(x) ^ y),
    { judge, name: "near" },
  );
  const network: Network = { inputs: 2, layers: [{ units: 1, activation: "sigmoid" }] };
  const ended = endedWith(network, new Float32Array(3), data, trainSettings("test", {}), [0.7, 0.7]);
  const facts = factsOf(ended);
  assert.ok(facts.judged.apart);
  assertNear([facts.loss.floor, facts.loss.judged], [Math.LN2, Math.LN2], 1e-6, "all four rows tied");
  const text = factLines("unknown", ended, facts).join(" ");
  assert.match(
    text,
    /leaves a loss of ln 2 = 0\.6931\. .*On the rows by which they are judged they reach 0\.6931\./,
  );
  assert.ok(
    !factsOf(endedWith(network, new Float32Array(3), xor(), trainSettings("test", {}), [0.7])).judged.apart,
  );
});

test("factsOf() leaves what it is given as it was", () => {
  const network: Network = {
    inputs: 2,
    layers: [
      { units: 2, activation: "relu" },
      { units: 1, activation: "sigmoid" },
    ],
  };
  const weights = drawn(network, 3);
  const data = truthTable("xor");
  const before = [weights.join(), data.inputs.join(), data.targets.join()];
  factsOf(endedWith(network, weights, data, trainSettings("test", {}), [0.7, 0.6]));
  assert.deepEqual([weights.join(), data.inputs.join(), data.targets.join()], before);
  assert.equal(parameterCount(network), weights.length);
});

test("numberedText() warns of classes that are written as numbers, scaled ones too, and of no other targets", () => {
  const of = (targets: readonly number[], scale?: "standard") =>
    numberedText(
      dataset(
        targets.map((_, i) => [i, i * i]),
        targets,
        scale && { scale },
      ),
    );
  const repeated = (...values: readonly number[]) =>
    Array.from({ length: 60 }, (_, i) => values[i % values.length]);
  const warning = /^The targets are the numbers from 0 to 2, .* classes, .* outputs: 3, output: "softmax"\.$/;
  for (const scale of [undefined, "standard"] as const)
    assert.match(of(repeated(0, 1, 2), scale) ?? "", warning);
  assert.match(of(repeated(1, 2, 3, 4)) ?? "", /from 1 to 4, .* outputs: 4/);
  for (const others of [
    [0, 1],
    [2, 3, 4],
    [0, 1, 3],
    [0, 0.5, 1],
  ])
    assert.equal(of(repeated(...others)), undefined);
  assert.equal(of([0, 1, 2, 0, 1, 2]), undefined, "few rows may well be amounts");
});
