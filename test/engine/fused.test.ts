import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dataset } from "../../src/data/dataset.js";
import { parity, xor } from "../../src/data/gates.js";
import { dataset } from "../../src/data/ownData.js";
import { clouds } from "../../src/data/playground.js";
import { ACTIVATION_NAMES, OUTPUT_ACTIVATION_NAMES } from "../../src/engine/functions.js";
import type { FusedPlan } from "../../src/engine/fused.js";
import { type InitializerSettings, initialWeights } from "../../src/engine/initializers.js";
import { LOSS_NAMES } from "../../src/engine/losses.js";
import type { Layer, Network } from "../../src/engine/network.js";
import { plainLearner } from "../../src/engine/plain.js";
import { optimizerSettings } from "../../src/settings/optimizers.js";
import { allMoments } from "../support/moments.js";
import { assertNear, assertRelative } from "../support/numbers.js";
import { laneOf } from "../support/trainingCases.js";
import { aloneResult, companyResults, trained } from "../support/trainings.js";

// Needs: more than ten seconds

const NOISE: InitializerSettings = { name: "randomNormal", mean: 0, stddev: 0.05 };
const USUAL = [{ name: "glorotUniform" }, NOISE] as const;

/** The same training by the fused engine, in single precision, and by the plain one, in double. */
function assertTwins(
  network: Network,
  options: Partial<FusedPlan>,
  data: Dataset,
  [kernel, bias]: readonly [InitializerSettings, InitializerSettings] = USUAL,
): void {
  const optimizer = optimizerSettings("test", "rmsprop", 0.01);
  const loss = "binaryCrossentropy" as const;
  const plan = { network, loss, optimizer, batchSize: 4, epochs: 4, shuffle: true, ...options };
  const weights = initialWeights(network, kernel, bias, 7);
  const learner = plainLearner(network, weights, data, plan);
  const plain = allMoments(learner, data.rows, { ...plan, seed: 8 }).filter((moment) => moment.epochEnds);
  const fused = trained(plan, { data, weights, seed: 8 });
  const ends = fused.moments.filter((moment) => moment.epochEnds);
  const what = JSON.stringify({ network, options, data: data.name });
  const of = (key: "loss" | "accuracy") => [ends, plain].map((all) => all.map((end) => end[key]));
  const [losses, accuracies] = [of("loss"), of("accuracy")];
  assert.equal(plain.length, plan.epochs);
  assertRelative(losses[0], losses[1], 1e-4, `loss, ${what}`);
  assertNear(accuracies[0], accuracies[1], 1e-9, `accuracy, ${what}`);
  assertNear(fused.weights, learner.weights(), 1e-4, `weights, ${what}`);
  assert.notDeepEqual(fused.weights, weights);
}

/** Hidden layers of these widths, all alike, and an output layer. */
function net(inputs: number, hidden: readonly number[], layer: Omit<Layer, "units">, output: Layer): Network {
  return { inputs, layers: [...hidden.map((units) => ({ ...layer, units })), output] };
}

const DATA = {
  xor: xor({ rows: 61, seed: 6 }),
  parity: parity({ bits: 5 }),
  clouds: clouds({ rows: 50, seed: 2 }),
};

for (const loss of LOSS_NAMES)
  for (const activation of ACTIVATION_NAMES)
    test(`the fused engine does what the plain one does: ${activation}, ${loss}`, () => {
      for (const data of loss === "categoricalCrossentropy"
        ? [classesOf(3), classesOf(5)]
        : [...Object.values(DATA), classesOf(3)])
        for (const hidden of [[1], [5], [4, 2], [3, 3, 2], [20, 9]]) {
          const last = loss === "categoricalCrossentropy" ? "softmax" : "sigmoid";
          const output = { units: data.outputs, activation: last } as const;
          assertTwins(net(data.features, hidden, { activation }, output), { loss }, data);
        }
    });

/** Random rows of three numbers, each in one of so many classes. */
function classesOf(count: number): Dataset {
  const network = net(3, [], { activation: "relu" }, { units: count, activation: "linear" });
  return laneOf(network, 40, "classes", 5).data;
}

for (const loss of LOSS_NAMES)
  test(`the fused engine does what the plain one does, with every output activation: ${loss}`, () => {
    const isEntropy = loss.endsWith("Crossentropy");
    for (const activation of OUTPUT_ACTIVATION_NAMES)
      for (const kind of ["bits", "classes", "signs", "numbers"] as const)
        for (const hidden of [[], [3], [20]])
          for (const units of [1, 2, 5]) {
            if (isEntropy && kind === "signs") continue; // its targets are from 0 to 1
            if (units === 1 && (activation === "softmax" || loss === "categoricalCrossentropy")) continue; // 1, whatever the weights
            const network = net(3, hidden, { activation: "tanh" }, { units, activation });
            // Cross-entropy needs answers well within (0, 1): at its clip single and double precision differ in kind.
            const bias = { name: "constant", value: activation === "softplus" ? -0.3 : 0.5 } as const;
            const optimizer = optimizerSettings("test", "sgd", 0.001);
            const kernel = { name: "randomUniform", minval: -0.05, maxval: 0.05 } as const;
            assertTwins(network, { loss, optimizer }, laneOf(network, 30, kind, 5).data, [kernel, bias]);
          }
  });

test("the fused engine does what the plain one does, whatever the batches", () => {
  for (const data of [DATA.xor, classesOf(4)])
    for (const batchSize of [1, 3, 61, 1000])
      for (const shuffle of [true, false])
        for (const loss of ["meanAbsoluteError", "categoricalCrossentropy"] as const) {
          const output = {
            units: data.outputs,
            activation: data.outputs > 1 ? "softmax" : "sigmoid",
          } as const;
          if (data.outputs === 1 && loss === "categoricalCrossentropy") continue;
          assertTwins(
            net(data.features, [3], { activation: "tanh" }, output),
            { batchSize, shuffle, loss },
            data,
          );
        }
});

test("the fused engine does what the plain one does, with rows of up to eight bits and longer ones", () => {
  for (const [inputs, units] of [
    [7, 1],
    [6, 2],
    [4, 4],
    [7, 2],
    [8, 1],
  ]) {
    const network = net(inputs, [4], { activation: "tanh" }, { units, activation: "sigmoid" });
    assertTwins(network, {}, laneOf(network, 40, "bits", 3).data);
  }
});

test("the fused engine does what the plain one does, without biases and with penalties", () => {
  const extras: Partial<Layer>[] = [
    { useBias: false },
    { l1: 0.01 },
    { l2: 0.02 },
    { useBias: false, l1: 0.01, l2: 0.02 },
  ];
  for (const extra of extras)
    for (const loss of LOSS_NAMES)
      for (const hidden of [[], [4], [5, 3], [30]])
        for (const batchSize of [4, 7]) {
          const data = classesOf(3);
          const layer = { ...extra, activation: "tanh" } as const;
          const network = net(3, hidden, layer, { ...extra, units: 3, activation: "softmax" });
          assertTwins(network, { loss, batchSize }, data);
        }
});

/** The losses of one epoch over one row of a single layer without biases, whose weights hardly move. */
function reported(
  kernel: number[],
  target: number[],
  loss: FusedPlan["loss"],
  activation: Layer["activation"],
) {
  const network: Network = { inputs: 1, layers: [{ units: target.length, activation, useBias: false }] };
  const optimizer = optimizerSettings("test", "sgd", 1e-30);
  const plan = { network, loss, optimizer, batchSize: 1, epochs: 1, shuffle: false };
  const data = dataset([[1]], [target]);
  const weights = Float32Array.from(kernel);
  const [plain] = allMoments(plainLearner(network, weights, data, plan), 1, { ...plan, seed: 1 });
  const [fused] = trained(plan, { data, weights, seed: 1 }).moments;
  return { fused: fused.loss, plain: plain.loss };
}

test("cross-entropies keep their digits next to 0, and are clipped at 1e-7, in both engines", () => {
  for (const far of [0.1, 1, 5, 9, 12, 15]) {
    const softmax = reported([far, 0, -3], [1, 0, 0], "categoricalCrossentropy", "softmax");
    const exact = Math.log1p(Math.exp(-far) + Math.exp(-3 - far));
    assertRelative([softmax.fused, softmax.plain], [exact, exact], 2e-6, `softmax, ${far}`);
    const sigmoid = reported([far], [1], "binaryCrossentropy", "sigmoid");
    const log = Math.log1p(Math.exp(-far));
    assertRelative([sigmoid.fused, sigmoid.plain], [log, log], 2e-6, `sigmoid, ${far}`);
  }
  for (const [sign, expected] of [
    [1, 1e-7],
    [-1, -Math.log(1e-7)],
  ] as const)
    for (const far of [20, 100, 1e30, 3e38]) {
      const softmax = reported([sign * far, 0], [1, 0], "categoricalCrossentropy", "softmax");
      const sigmoid = reported([sign * far], [1], "binaryCrossentropy", "sigmoid");
      const losses = [softmax.fused, softmax.plain, sigmoid.fused, sigmoid.plain];
      assertRelative(
        losses,
        losses.map(() => expected),
        1e-6,
        `${sign} · ${far}`,
      );
    }
  const soft = reported([40], [0.75], "binaryCrossentropy", "sigmoid"); // a quarter of the largest loss
  assertRelative(
    [soft.fused, soft.plain],
    [1, 1].map(() => -Math.log(1e-7) / 4),
    1e-6,
    "soft target",
  );
});

test("fusedGroup() notices a loss that overflows in an early epoch only", () => {
  // One step takes a weight so large that the sum of two losses, or its own square, overflows, to 0.
  const cases = [
    {
      layer: { activation: "linear" },
      loss: "meanAbsoluteError",
      weight: 3e38,
      learningRate: 3e38,
      input: 1,
    },
    { layer: { activation: "linear" }, loss: "meanSquaredError", weight: 3e19, learningRate: 0.5, input: 1 },
    {
      layer: { activation: "sigmoid", l2: 0.5 },
      loss: "binaryCrossentropy",
      weight: 3e19,
      learningRate: 1,
      input: 0,
    },
  ] as const;
  for (const { layer, loss, weight, learningRate, input } of cases) {
    const network: Network = { inputs: 1, layers: [{ ...layer, units: 1, useBias: false }] };
    const optimizer = optimizerSettings("test", "sgd", learningRate);
    const plan = { network, loss, optimizer, batchSize: 2, epochs: 3, shuffle: false };
    const lane = { data: dataset([[input], [input]], [0, 0]), weights: Float32Array.of(weight), seed: 1 };
    assert.equal(aloneResult(plan, lane).diverged, true);
    const [together] = companyResults(plan, [lane]);
    assert.deepEqual([together.diverged, Array.from(together.weights)], [true, [0]], loss);
  }
});
