import fc from "fast-check";
import { type Dataset, makeDataset } from "../../src/data/dataset.js";
import { ACTIVATION_NAMES } from "../../src/engine/functions.js";
import type { FusedPlan } from "../../src/engine/fused.js";
import { initialWeights } from "../../src/engine/initializers.js";
import { LOSS_NAMES } from "../../src/engine/losses.js";
import type { Network } from "../../src/engine/network.js";
import type { OptimizerSettings } from "../../src/engine/optimizers.js";
import type { Lane } from "../../src/engine/simd/lanes.js";
import { random } from "../../src/numbers/random.js";

/** Losses that mean something for one output: categorical cross-entropy of one is always 0. */
export const ONE_OUTPUT_LOSSES = LOSS_NAMES.filter((loss) => loss !== "categoricalCrossentropy");

/** How large the numbers of the optimizers may get. */
export interface OptimizerRange {
  /** Learning rates go from 10^low to 10^high. */
  readonly rates: readonly [low: number, high: number];
  /** And the epsilons that keep divisions within bounds. */
  readonly epsilons: readonly [low: number, high: number];
  /** The least that an average of squares keeps of its past at every step (ρ, β₂). */
  readonly memory: number;
}

/** A number from low to high, evenly: fc.double() would mostly give numbers next to zero. */
function between(low: number, high: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 1000 }).map((step) => low + ((high - low) * step) / 1000);
}

/** A number from 10^low to 10^high, every order of magnitude as likely as the others. */
function magnitude([low, high]: readonly [number, number]): fc.Arbitrary<number> {
  return between(low, high).map((power) => 10 ** power);
}

function optimizers(range: OptimizerRange): fc.Arbitrary<OptimizerSettings> {
  const learningRate = magnitude(range.rates);
  const epsilon = magnitude(range.epsilons);
  const momentum = fc.oneof(fc.constant(0), between(0, 0.95));
  const beta = between(range.memory, 0.999);
  return fc.oneof(
    fc
      .record({ name: fc.constant("sgd"), learningRate, momentum, nesterov: fc.boolean() } as const)
      .map((sgd) => ({ ...sgd, nesterov: sgd.nesterov && sgd.momentum > 0 })), // without momentum it is refused
    fc.record({ name: fc.constant("rmsprop"), learningRate, rho: beta, momentum, epsilon } as const),
    fc.record({
      name: fc.constant("adam"),
      learningRate,
      beta1: between(0, 0.95),
      beta2: beta,
      epsilon,
    } as const),
    fc.record({
      name: fc.constant("adagrad"),
      learningRate,
      initialAccumulator: between(0, 1),
      epsilon,
    } as const),
  );
}

/** Networks of up to three hidden layers, each with an activation of its own. */
function networks(): fc.Arbitrary<Network> {
  const activation = fc.constantFrom(...ACTIVATION_NAMES);
  const hidden = fc.array(fc.record({ units: fc.integer({ min: 1, max: 9 }), activation }), { maxLength: 3 });
  return fc
    .tuple(fc.integer({ min: 1, max: 4 }), hidden, activation)
    .map(([inputs, layers, last]) => ({ inputs, layers: [...layers, { units: 1, activation: last }] }));
}

/** What is trained, and how: everything but the data and the seeds. */
export function plans(range: OptimizerRange): fc.Arbitrary<FusedPlan> {
  const parts = fc.record({
    network: networks(),
    loss: fc.constantFrom(...ONE_OUTPUT_LOSSES),
    optimizer: optimizers(range),
    batchSize: fc.integer({ min: 1, max: 17 }),
    epochs: fc.integer({ min: 1, max: 3 }),
    shuffle: fc.boolean(),
  });
  return parts.map((plan) => ({ ...plan, network: behindLogLoss(plan.network, plan.loss) }));
}

/**
 * The log loss is for answers within (0, 1), so its networks end in a sigmoid. With other answers the loss is that of
 * its clip, where single and double precision differ in kind.
 */
function behindLogLoss(network: Network, loss: string): Network {
  if (loss !== "binaryCrossentropy") return network;
  return { ...network, layers: [...network.layers.slice(0, -1), { units: 1, activation: "sigmoid" }] };
}

export const rowCounts = fc.integer({ min: 1, max: 60 });
export const seeds = fc.nat(1_000_000);
export const kinds = fc.constantFrom("binary" as const, "real" as const);

/** One training: all that is drawn for it follows from the seed. */
export function laneOf(network: Network, rows: number, kind: "binary" | "real", seed: number): Lane {
  const noise = { name: "randomNormal", mean: 0, stddev: 0.3 } as const;
  const weights = initialWeights(network, { name: "glorotUniform" }, noise, seed);
  return { data: drawnData(network.inputs, rows, kind, seed), weights, seed };
}

function drawnData(features: number, rows: number, kind: "binary" | "real", seed: number): Dataset {
  const source = random(seed, "case");
  const bit = (): number => source.below(2);
  const real = (): number => 4 * source.uniform() - 2;
  const inputs = Float32Array.from({ length: rows * features }, kind === "binary" ? bit : real);
  const targets = Float32Array.from({ length: rows }, kind === "binary" ? bit : source.uniform);
  return makeDataset({ name: kind, features, inputs, targets });
}
