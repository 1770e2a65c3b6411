import assert from "node:assert/strict";
import { test } from "node:test";
import { truthTable, xor } from "../../../src/data/gates.js";
import { spirals } from "../../../src/data/playground.js";
import type { InitializerSettings } from "../../../src/engine/initializers.js";
import type { Network } from "../../../src/engine/network.js";
import type { Cause } from "../../../src/explain/cause.js";
import type { TrainOptions } from "../../../src/settings/training.js";
import {
  diagnosisOf,
  endings,
  net,
  pixelBlobs,
  prices,
  rareClass,
  rowsOf,
  tableWith,
} from "../../support/kinds.js";

/**
 * Settings of real questions about networks that do not learn. Of eight trainings each, those that do not solve their data
 * must have one of the causes that are known to be right.
 */

interface Question {
  readonly network: Network;
  readonly draw: Parameters<typeof endings>[1];
  readonly options: TrainOptions;
  readonly initializer?: InitializerSettings;
  /** How many of the eight may be solved. */
  readonly solved: readonly [least: number, most: number];
  readonly causes: readonly Cause[];
}

const XOR = truthTable("xor");
const sgd = (learningRate: number) => ({ name: "sgd", learningRate }) as const;
const adam = (learningRate: number) => ({ name: "adam", learningRate }) as const;
const squared = { loss: "meanSquaredError" } as const;
const sine = rowsOf("sine", 40, (i) => [[i / 6], [Math.sin(i / 6)]]);

const QUESTIONS: Readonly<Record<string, Question>> = {
  "tensorflow#18493: y = x + 2 without scaling": {
    network: net(1, [1, "linear"]),
    draw: () => rowsOf("line", 24, (i) => [[i + 1], [i + 3]]),
    options: { ...squared, epochs: 10, optimizer: sgd(0.01) },
    solved: [0, 0],
    causes: ["input-scale", "diverged"],
  },
  "brain.js#518: targets from 3 to 6 behind a sigmoid": {
    network: net(2, [3, "sigmoid"], [1, "sigmoid"]),
    draw: () => rowsOf("3 to 6", 4, (i) => [[i >> 1, i & 1], [3 + i]]),
    options: { ...squared, epochs: 500, optimizer: sgd(0.1) },
    solved: [0, 0],
    causes: ["output-range"],
  },
  "a sine behind a sigmoid": {
    network: net(1, [8, "tanh"], [1, "sigmoid"]),
    draw: () => sine,
    options: { ...squared, epochs: 200, optimizer: adam(0.01) },
    solved: [0, 0],
    causes: ["output-range"],
  },
  "a sine, judged by its error": {
    network: net(1, [8, "tanh"], [1, "linear"]),
    draw: () => sine,
    options: { ...squared, epochs: 100, optimizer: adam(0.01) },
    solved: [0, 8],
    causes: ["still-learning", "too-large-steps", "noise", "plateau", "cancelled-gradients"],
  },
  "keras#3040: a target in the ten thousands": {
    network: net(2, [16, "relu"], [1, "linear"]),
    draw: prices,
    options: { ...squared, epochs: 20, optimizer: sgd(0.01) },
    solved: [0, 0],
    causes: ["diverged", "target-scale"],
  },
  "brain.js#559, AI 2349: ReLU as the output unit": {
    network: net(2, [10, "relu"], [1, "relu"]),
    draw: () => XOR,
    options: { ...squared, epochs: 2000, optimizer: sgd(0.1) },
    solved: [0, 5],
    causes: ["dead-output", "dead-units"],
  },
  "SO 63062211: log loss behind a linear output": {
    network: net(2, [4, "tanh"], [1, "linear"]),
    draw: () => XOR,
    options: { epochs: 1000, optimizer: adam(0.01) },
    solved: [0, 5],
    causes: ["wrong-loss"],
  },
  "keras#1295: SGD 0.01 for 500 epochs": {
    network: net(2, [2, "sigmoid"], [1, "sigmoid"]),
    draw: () => XOR,
    options: { epochs: 500, optimizer: sgd(0.01) },
    solved: [0, 0],
    causes: ["too-little-training"],
  },
  "PyTorch forum 98714: XNOR, SGD 0.01 for 1000 epochs": {
    network: net(2, [4, "sigmoid"], [1, "sigmoid"]),
    draw: () => truthTable("xnor"),
    options: { ...squared, epochs: 1000, optimizer: sgd(0.01) },
    solved: [0, 0],
    causes: ["too-little-training"],
  },
  "scikit-learn: logistic (4, 2), stopped after some dozens of iterations": {
    network: net(2, [4, "sigmoid"], [2, "sigmoid"], [1, "sigmoid"]),
    draw: () => XOR,
    options: { epochs: 60, optimizer: adam(0.001) },
    solved: [0, 0],
    causes: ["too-little-training", "still-learning", "vanishing-gradient"],
  },
  "own 20 rows with the defaults: 2500 steps where the script makes 25 000": {
    network: net(2, [8, "tanh"], [1, "sigmoid"]),
    draw: (seed) => spirals({ rows: 20, noise: 0.1, seed }),
    options: { epochs: 500 },
    solved: [0, 1],
    causes: ["too-little-training", "still-learning"],
  },
  "a start of normal(0, 0.01)": {
    network: net(2, [5, "sigmoid"], [1, "sigmoid"]),
    draw: () => XOR,
    options: { epochs: 20_000, optimizer: sgd(0.1) },
    initializer: { name: "randomNormal", mean: 0, stddev: 0.01 },
    solved: [0, 0],
    causes: ["small-start"],
  },
  "Flux#1352: Adam with a rate of 1": {
    network: net(2, [5, "sigmoid"], [1, "sigmoid"]),
    draw: () => XOR,
    options: { ...squared, epochs: 1000, optimizer: adam(1) },
    solved: [0, 4],
    causes: ["too-large-steps"],
  },
  "SO 38248657: no biases": {
    network: net(2, [2, "tanh", { useBias: false }], [1, "sigmoid", { useBias: false }]),
    draw: () => XOR,
    options: { epochs: 500, optimizer: adam(0.01) },
    solved: [0, 0],
    causes: ["no-bias"],
  },
  "L2 of 0.1": {
    network: net(2, [4, "tanh", { l2: 0.1 }], [1, "sigmoid", { l2: 0.1 }]),
    draw: () => XOR,
    options: { epochs: 3000, optimizer: adam(0.01) },
    solved: [0, 0],
    causes: ["regularized"],
  },
  "XOR with inputs 0 and 255: sigmoid units that start saturated and stay so": {
    network: net(2, [2, "sigmoid"], [1, "sigmoid"]),
    draw: () => rowsOf("xor of pixels", 4, (i) => [[255 * (i >> 1), 255 * (i & 1)], [(i >> 1) ^ (i & 1)]]),
    options: { epochs: 1000, optimizer: adam(0.001) },
    solved: [0, 4],
    causes: ["input-scale"],
  },
  "blobs with inputs from 0 to 255": {
    network: net(2, [2, "tanh"], [1, "sigmoid"]),
    draw: pixelBlobs,
    options: { epochs: 100, optimizer: sgd(0.1) },
    solved: [0, 5],
    causes: ["input-scale"],
  },
  "DSSE 19283: 230 of 2000 rows are 'yes'": {
    network: net(2, [8, "relu"], [1, "sigmoid"]),
    draw: (seed) => rareClass(seed, 2000, 0.115),
    options: { epochs: 20, batchSize: 32, optimizer: adam(0.01) },
    solved: [0, 0],
    causes: ["imbalance"],
  },
  "keras#112: a softmax over one unit": {
    network: net(2, [4, "relu"], [1, "softmax"]),
    draw: () => XOR,
    options: { ...squared, epochs: 100 },
    solved: [0, 0],
    causes: ["output-range"],
  },
  "SO 4190494: 2-4-1 of tanh with targets −1 and 1": {
    network: net(2, [4, "tanh"], [1, "tanh"]),
    draw: () => tableWith(XOR, [-1, 1], [-1, 1]),
    options: { ...squared, epochs: 1000, optimizer: sgd(0.2) },
    solved: [3, 8],
    causes: ["tied", "cancelled-gradients", "saddle", "dead-inputs", "no-slope"],
  },
  "the question: two ReLU units": {
    network: net(2, [2, "relu"], [1, "sigmoid"]),
    draw: (seed) => xor({ seed }),
    options: { epochs: 100 },
    solved: [0, 4],
    causes: ["dead-inputs", "dead-units"],
  },
};

for (const [name, { network, draw, options, initializer, solved, causes }] of Object.entries(QUESTIONS))
  test(`explain() finds the cause: ${name}`, () => {
    const runs = endings(network, draw, options, initializer);
    const others = runs.filter(({ ending }) => ending !== "solved");
    const [least, most] = solved;
    const count = runs.length - others.length;
    assert.ok(count >= least && count <= most, `${count} solved`);
    for (const found of others.map(diagnosisOf))
      assert.ok(causes.includes(found.cause), `${found.cause}: ${found.text}`);
  });
