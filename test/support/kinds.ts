import type { Dataset } from "../../src/data/dataset.js";
import { makeDataset } from "../../src/data/dataset.js";
import { encoder, parity, truthTable, xor } from "../../src/data/gates.js";
import { circles, clouds, spirals } from "../../src/data/playground.js";
import type { LayerActivation } from "../../src/engine/functions.js";
import { type InitializerSettings, initialWeights } from "../../src/engine/initializers.js";
import type { Layer, Network } from "../../src/engine/network.js";
import { predictions } from "../../src/engine/plain.js";
import { causeOf } from "../../src/explain/cause.js";
import { type Diagnosis, makeDiagnosis } from "../../src/explain/diagnosis.js";
import type { Ended } from "../../src/explain/ended.js";
import { factsOf } from "../../src/explain/facts.js";
import type { KnownEnd } from "../../src/explain/remedy.js";
import { NOTHING_TRIED } from "../../src/explain/trying.js";
import { type Random, random } from "../../src/numbers/random.js";
import { type TrainOptions, trainSettings } from "../../src/settings/training.js";
import { endedTogether } from "./endings.js";

/** Networks, data and trainings of many kinds, for tests of what explain() says. */

type Shape = readonly [units: number, activation: LayerActivation, more?: Partial<Layer>];

/** A network from its layers: net(2, [3, "relu"], [1, "sigmoid"]). */
export function net(inputs: number, ...layers: readonly Shape[]): Network {
  return { inputs, layers: layers.map(([units, activation, more]) => ({ units, activation, ...more })) };
}

/** Data from a function of the row's number. */
export function rowsOf(
  name: string,
  rows: number,
  row: (i: number) => readonly [inputs: readonly number[], targets: readonly number[]],
): Dataset {
  const all = Array.from({ length: rows }, (_, i) => row(i));
  const [inputs, targets] = [0, 1].map((part) =>
    Float32Array.from(all.flatMap((one) => [...one[part as 0 | 1]])),
  );
  return makeDataset({ name, features: all[0][0].length, outputs: all[0][1].length, inputs, targets });
}

/** A truth table with other numbers for 0 and 1. */
export function tableWith(
  table: Dataset,
  inputs: readonly [number, number],
  targets: readonly [number, number],
): Dataset {
  const { name, features } = table;
  return makeDataset({
    ...{ name, features },
    inputs: table.inputs.map((bit) => inputs[bit]),
    targets: table.targets.map((bit) => targets[bit]),
  });
}

/** Eight trainings of a network, everything of each from its seed, as they end. */
export function endings(
  network: Network,
  draw: (seed: number) => Dataset,
  options: TrainOptions,
  initializer: InitializerSettings = { name: "glorotUniform" },
  first = 1,
): KnownEnd[] {
  const lanes = Array.from({ length: 8 }, (_, i) => {
    const seed = first + i;
    return { data: draw(seed), weights: initialWeights(network, initializer, { name: "zeros" }, seed), seed };
  });
  return endedTogether(network, trainSettings("test", options), lanes);
}

/** What is said of an end, without trying anything. */
export function diagnosisOf(ended: Ended): Diagnosis {
  const facts = factsOf(ended);
  return makeDiagnosis(causeOf(ended, facts), ended, facts, NOTHING_TRIED, 1);
}

/** The same training with weights of one's own. */
export function withWeights(ended: KnownEnd, weights: readonly number[]): KnownEnd {
  const own = Float32Array.from(weights);
  return { ...ended, weights: own, predict: (inputs) => predictions(ended.network, own, inputs) };
}

/** A kind of task. */
export interface Kind extends Pick<TrainOptions, "epochs" | "loss"> {
  readonly draw: (seed: number) => Dataset;
  readonly output?: LayerActivation;
  readonly layer?: Partial<Layer>;
}

const source = (seed: number): Random => random(seed, "rows");
const XOR = truthTable("xor");
const bit = (i: number, place: number): number => (i >> place) & 1;
const oneHot = (at: number, count: number): number[] =>
  Array.from({ length: count }, (_, j) => Number(j === at));
const squared = { output: "linear", loss: "meanSquaredError" } as const;

/** Blobs of two classes in pixels from 0 to 255. */
export function pixelBlobs(seed: number): Dataset {
  const { normal } = source(seed);
  const pixel = (mean: number): number => Math.max(0, Math.min(255, mean + 30 * normal()));
  return rowsOf("pixels", 60, (i) => [[pixel(i % 2 ? 160 : 90), pixel(i % 2 ? 150 : 100)], [i % 2]]);
}

/** A regression whose targets are in the ten thousands. */
export function prices(seed: number): Dataset {
  const { normal } = source(seed);
  return rowsOf("prices", 50, () => {
    const [x, y] = [normal(), normal()];
    return [[x, y], [20_000 + 5000 * x - 2000 * y]];
  });
}

/** Inputs that tell nothing of the class. */
export function shuffledLabels(seed: number, rows = 100): Dataset {
  const { normal, below } = source(seed);
  return rowsOf("shuffled labels", rows, () => [[normal(), normal()], [below(2)]]);
}

/** A class of which there are few, and that lies within the other. */
export function rareClass(seed: number, rows = 200, share = 0.1): Dataset {
  const { normal } = source(seed);
  return rowsOf("rare class", rows, (i) => {
    const rare = i < share * rows ? 1 : 0;
    return [[normal() + 0.5 * rare, normal()], [rare]];
  });
}

/** Three classes round a triangle, some of which overlap. */
export function threeBlobs(seed: number): Dataset {
  const { normal } = source(seed);
  const around = (at: number, own: number): number => 0.8 * normal() + (at === own ? 2 : 0);
  return rowsOf("three blobs", 60, (i) => [[around(i % 3, 1), around(i % 3, 2)], oneHot(i % 3, 3)]);
}

function sine(seed: number): Dataset {
  const { uniform } = source(seed);
  return rowsOf("sine", 50, () => {
    const x = 6 * uniform() - 3;
    return [[x], [Math.sin(2 * x)]];
  });
}

function productAndDifference(seed: number): Dataset {
  const { normal } = source(seed);
  return rowsOf("two targets", 40, () => {
    const [x, y] = [normal(), normal()];
    return [
      [x, y],
      [x * y, x - y],
    ];
  });
}

function contradictory(seed: number): Dataset {
  const { below, uniform } = source(seed);
  return rowsOf("contradictory xor", 40, () => {
    const [a, b] = [below(2), below(2)];
    return [[a, b], [uniform() < 0.2 ? 1 - (a ^ b) : a ^ b]];
  });
}

/** Thirty kinds of task: tables, clouds, several classes and outputs, regressions, and each with something that goes wrong. */
export const KINDS: Readonly<Record<string, Kind>> = {
  "table of XOR": { draw: () => XOR, epochs: 300 },
  "table of XNOR": { draw: () => truthTable("xnor"), epochs: 300 },
  "table of AND": { draw: () => truthTable("and"), epochs: 100 },
  xor: { draw: (seed) => xor({ rows: 100, seed }), epochs: 40 },
  "parity of 3": { draw: () => parity({ bits: 3 }), epochs: 300 },
  "parity of 4": { draw: () => parity({ bits: 4 }), epochs: 150 },
  clouds: { draw: (seed) => clouds({ rows: 80, seed }), epochs: 40 },
  "noisy clouds": { draw: (seed) => clouds({ rows: 120, noise: 0.4, seed }), epochs: 40 },
  circles: { draw: (seed) => circles({ rows: 80, seed }), epochs: 40 },
  spirals: { draw: (seed) => spirals({ rows: 100, seed }), epochs: 40 },
  "−1 and 1": {
    draw: () => tableWith(XOR, [-1, 1], [-1, 1]),
    ...{ epochs: 300, output: "tanh", loss: "meanSquaredError" },
  },
  "targets −1 and 1": { draw: () => tableWith(XOR, [0, 1], [-1, 1]), epochs: 300, ...squared },
  "targets 3 and 6": { draw: () => tableWith(XOR, [0, 1], [3, 6]), epochs: 300, loss: "meanSquaredError" },
  pixels: { draw: pixelBlobs, epochs: 60 },
  "rare class": { draw: rareClass, epochs: 30 },
  "shuffled labels": { draw: shuffledLabels, epochs: 60 },
  line: { draw: () => rowsOf("line", 24, (i) => [[i + 1], [i + 3]]), epochs: 40, ...squared },
  sine: { draw: sine, epochs: 60, ...squared },
  "sine behind a sigmoid": { draw: sine, epochs: 60, loss: "meanSquaredError" },
  prices: { draw: prices, epochs: 60, ...squared },
  "three blobs": { draw: threeBlobs, epochs: 40, output: "softmax", loss: "categoricalCrossentropy" },
  "xor as two classes": {
    draw: () =>
      rowsOf("xor as two classes", 4, (i) => [[bit(i, 1), bit(i, 0)], oneHot(bit(i, 1) ^ bit(i, 0), 2)]),
    ...{ epochs: 300, output: "softmax", loss: "categoricalCrossentropy" },
  },
  encoder: { draw: () => encoder(), epochs: 200 },
  "two targets": { draw: productAndDifference, epochs: 60, output: "linear", loss: "meanAbsoluteError" },
  "and, xor": {
    draw: () =>
      rowsOf("and, xor", 4, (i) => [
        [bit(i, 1), bit(i, 0)],
        [bit(i, 1) & bit(i, 0), bit(i, 1) ^ bit(i, 0)],
      ]),
    epochs: 300,
  },
  "ReLU output": { draw: () => XOR, epochs: 300, output: "relu", loss: "meanSquaredError" },
  "linear output, log loss": { draw: () => XOR, epochs: 300, output: "linear" },
  "no biases": { draw: () => XOR, epochs: 300, layer: { useBias: false } },
  "L2 penalty": { draw: () => XOR, epochs: 300, layer: { l2: 0.1 } },
  contradictory: { draw: contradictory, epochs: 60 },
};

const WIDTHS: readonly (readonly number[])[] = [[], [1], [2], [3], [5], [8], [4, 2], [4, 4, 4]];
const SCHEDULES: readonly TrainOptions[] = [
  { optimizer: { name: "rmsprop", learningRate: 0.001 } },
  { optimizer: { name: "rmsprop", learningRate: 0.01 } },
  { optimizer: { name: "rmsprop", learningRate: 0.5 } },
  { optimizer: { name: "adam", learningRate: 0.003 } },
  { optimizer: { name: "adam", learningRate: 0.1 } },
  { optimizer: { name: "sgd", learningRate: 0.01 } },
  { optimizer: { name: "sgd", learningRate: 0.1 } },
  { optimizer: { name: "sgd", learningRate: 1, momentum: 0.5 } },
];

/** Trainings of a kind without an end, over widths, activations and schedules in an order that is drawn. */
export function* trainingsOf(name: string): Generator<KnownEnd[]> {
  const { draw, epochs, loss, output = "sigmoid", layer = {} } = KINDS[name];
  const { features, outputs } = draw(1);
  const { below } = random(1, name);
  for (let first = 1; ; first += 8) {
    const widths = WIDTHS[below(WIDTHS.length)];
    const activation = (["relu", "sigmoid", "tanh", "leakyRelu"] as const)[below(4)];
    const hidden = widths.map((units): Shape => [units, activation, layer]);
    const network = net(features, ...hidden, [outputs, output, layer]);
    yield endings(network, draw, { ...SCHEDULES[below(SCHEDULES.length)], epochs, loss }, undefined, first);
  }
}
