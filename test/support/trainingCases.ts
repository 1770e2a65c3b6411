import fc from "fast-check";
import { type Dataset, makeDataset } from "../../src/data/dataset.js";
import { ACTIVATION_NAMES, OUTPUT_ACTIVATION_NAMES } from "../../src/engine/functions.js";
import type { FusedPlan } from "../../src/engine/fused.js";
import { initialWeights } from "../../src/engine/initializers.js";
import { LOSS_NAMES } from "../../src/engine/losses.js";
import { type Layer, type Network, outputCount } from "../../src/engine/network.js";
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

/** A layer; half of them have something that is not at its default. */
function layers(units: number, activation: Layer["activation"][]): fc.Arbitrary<Layer> {
  const required = { units: fc.integer({ min: 1, max: units }), activation: fc.constantFrom(...activation) };
  const penalty = magnitude([-4, -2]);
  const special = { ...required, useBias: fc.constant(false as const), l1: penalty, l2: penalty };
  return fc.oneof(
    fc.record(required),
    fc.record(special, { requiredKeys: ["units", "activation"], noNullPrototype: true }),
  );
}

/** Networks of up to three hidden layers and this many outputs, each layer with an activation of its own. */
function networks(outputs: number): fc.Arbitrary<Network> {
  const hidden = fc.array(layers(9, ACTIVATION_NAMES), { maxLength: 3 });
  return fc
    .tuple(fc.integer({ min: 1, max: 4 }), hidden, layers(outputs, [...OUTPUT_ACTIVATION_NAMES]))
    .map(([inputs, below, last]) => ({ inputs, layers: [...below, last] }));
}

/** What is trained, and how: everything but the data and the seeds. */
export function anyPlans(range: OptimizerRange, outputs = 4): fc.Arbitrary<FusedPlan> {
  return fc.record({
    network: networks(outputs),
    loss: fc.constantFrom(...LOSS_NAMES),
    optimizer: optimizers(range),
    batchSize: fc.integer({ min: 1, max: 17 }),
    epochs: fc.integer({ min: 1, max: 3 }),
    shuffle: fc.boolean(),
  });
}

/**
 * The same where a cross-entropy stands behind its own activation. With other answers it may be that of its clip, where single and
 * double precision differ in kind.
 */
export function plans(range: OptimizerRange, outputs = 1): fc.Arbitrary<FusedPlan> {
  return anyPlans(range, outputs).map((plan) => {
    if (plan.loss === "binaryCrossentropy") return { ...plan, network: endingIn(plan.network, "sigmoid") };
    if (plan.loss === "categoricalCrossentropy")
      return { ...plan, network: endingIn(plan.network, "softmax") };
    return plan;
  });
}

function endingIn({ inputs, layers: all }: Network, activation: Layer["activation"]): Network {
  return { inputs, layers: [...all.slice(0, -1), { ...all[all.length - 1], activation }] };
}

export const rowCounts = fc.integer({ min: 1, max: 60 });
export const seeds = fc.nat(1_000_000);

/** Data whose inputs and targets are bits; of real inputs and one-hot targets; of targets −1 and 1; of targets from 0 to 1. */
export const kinds = fc.constantFrom(
  "bits" as const,
  "classes" as const,
  "signs" as const,
  "numbers" as const,
);
export type Kind = "bits" | "classes" | "signs" | "numbers";

/** One training: all that is drawn for it follows from the seed. */
export function laneOf(network: Network, rows: number, kind: Kind, seed: number): Lane {
  const noise = { name: "randomNormal", mean: 0, stddev: 0.3 } as const;
  const weights = initialWeights(network, { name: "glorotUniform" }, noise, seed);
  return { data: drawnData(network, rows, kind, seed), weights, seed };
}

const TASK_OF = { bits: "binary", signs: "binary", classes: "classes", numbers: "regression" } as const;

function drawnData(network: Network, rows: number, kind: Kind, seed: number): Dataset {
  const source = random(seed, "case");
  const features = network.inputs;
  const outputs = outputCount(network);
  const bit = (): number => source.below(2);
  const real = (): number => 4 * source.uniform() - 2;
  const inputs = Float32Array.from({ length: rows * features }, kind === "bits" ? bit : real);
  const classes = Array.from({ length: rows }, () => source.below(outputs));
  const target = {
    bits: bit,
    signs: () => 2 * bit() - 1,
    classes: (_: unknown, i: number) => (classes[Math.floor(i / outputs)] === i % outputs ? 1 : 0),
    numbers: source.uniform,
  }[kind];
  const targets = Float32Array.from({ length: rows * outputs }, target);
  const task = TASK_OF[kind];
  return makeDataset({
    name: kind,
    features,
    inputs,
    outputs,
    targets,
    task,
    threshold: kind === "signs" ? 0 : 0.5,
  });
}
