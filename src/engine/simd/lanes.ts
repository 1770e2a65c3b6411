import type { Dataset } from "../../data/dataset.js";
import { generatorState } from "../../numbers/random.js";
import { kernelBytes } from "./kernel.js";
import {
  CELL,
  FINITE_STEPS,
  GENERATOR,
  type KernelPlan,
  LANES,
  LOSS_SUM,
  layoutOf,
  POWERS,
  WEIGHTS,
  WRONG,
} from "./layout.js";

/** One training in a lane: its data, initial weights, and the seed of its shuffles. */
export interface Lane {
  readonly data: Dataset;
  readonly weights: Float32Array;
  readonly seed: number;
}

/** Up to four or eight trainings that go through their data side by side. What it holds is private and changes as they learn. */
export interface LaneGroup {
  /** How many trainings it takes at once: four for each vector. */
  readonly lanes: number;
  /** Whether data like these fit in. */
  takes(data: readonly Dataset[]): boolean;
  /** Begins anew with up to so many lanes, all with data of the same size. */
  start(lanes: readonly Lane[]): void;
  /** Puts every lane's rows into a new order. */
  shuffle(): void;
  /** Sets the sums of an epoch to zero. */
  startEpoch(): void;
  /** Takes the batches of rows from … to − 1 of the present order. `from` is where a batch begins. */
  train(from: number, to: number, withLoss: boolean): void;
  /** Summed loss over the epoch's rows so far, where it was asked for. */
  lossSum(lane: number): number;
  /** Rows of the epoch so far that were on the wrong side of ½. */
  wrong(lane: number): number;
  /** Steps since the start whose loss was finite, among those for which it was asked. */
  finiteSteps(lane: number): number;
  weights(lane: number): Float32Array;
}

interface Kernel {
  shuffle(rows: number, start: number): void;
  train(from: number, to: number, withLoss: number, numbers: number, region: number): void;
}

/** Whether every input and target is 0 or 1 and a row fits into a byte. */
export function fitsIntoBits(data: Dataset): boolean {
  const binary = (value: number): boolean => value === 0 || value === 1;
  return data.features <= 7 && data.inputs.every(binary) && data.targets.every(binary);
}

const modules = new Map<string, WebAssembly.Module>();
const MODULES_KEPT = 200;

/** The compiled kernel for a plan; made once. */
function compiled(plan: KernelPlan): WebAssembly.Module {
  const key = JSON.stringify(plan);
  const known = modules.get(key);
  if (known) return known;
  if (modules.size >= MODULES_KEPT) modules.delete(modules.keys().next().value as string);
  const made = new WebAssembly.Module(kernelBytes(plan));
  modules.set(key, made);
  return made;
}

/** A vector's region of the memory, seen as bytes, words, floats and doubles. */
interface Region {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
}

function regionAt(memory: ArrayBuffer, start: number, size: number): Region {
  return {
    bytes: new Uint8Array(memory, start, size),
    words: new Int32Array(memory, start, size / 4),
    floats: new Float32Array(memory, start, size / 4),
    doubles: new Float64Array(memory, start, size / 8),
  };
}

/** Makes room for four or eight lanes of so many rows. */
export function makeLaneGroup(plan: KernelPlan, rows: number): LaneGroup {
  const layout = layoutOf(plan.network);
  const features = plan.network.inputs;
  const numbersAt = layout.rows + rows * CELL;
  const needed = plan.bits ? layout.rows + rows * LANES : numbersAt + rows * (features + 1) * CELL;
  const size = Math.ceil(needed / CELL) * CELL;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((size * plan.vectors) / 65536) });
  const kernel = new WebAssembly.Instance(compiled(plan), { env: { memory } }).exports as unknown as Kernel;
  const starts = [0, size].slice(0, plan.vectors);
  const regions = starts.map((start) => regionAt(memory.buffer, start, size));
  const regionOf = (lane: number): Region => regions[Math.floor(lane / LANES)];
  const wordAt = (address: number, lane: number): number => address / 4 + (lane % LANES);
  const begin = (region: Region): void => {
    region.floats.fill(0, 0, layout.rows / 4);
    region.doubles.fill(1, POWERS / 8, POWERS / 8 + 2);
    if (plan.optimizer.name !== "adagrad") return;
    region.floats.fill(plan.optimizer.initialAccumulator, layout.first / 4, layout.second / 4);
  };
  const load = ({ data, weights, seed }: Lane, lane: number): void => {
    const { bytes, words, floats } = regionOf(lane);
    generatorState(seed, "shuffle").forEach((word, i) => {
      words[wordAt(GENERATOR + CELL * i, lane)] = word;
    });
    weights.forEach((weight, i) => {
      floats[wordAt(WEIGHTS + CELL * i, lane)] = weight;
    });
    if (plan.bits) packBits(bytes, layout.rows, data, lane % LANES);
    else packNumbers(floats, words, layout.rows, numbersAt, data, lane % LANES);
  };
  return {
    lanes: LANES * plan.vectors,
    takes: (data) =>
      data.every(
        (one) => one.rows === rows && one.features === features && (!plan.bits || fitsIntoBits(one)),
      ),
    start(lanes) {
      regions.forEach(begin);
      for (let lane = 0; lane < LANES * plan.vectors; lane++)
        load(lanes[Math.min(lane, lanes.length - 1)], lane); // lanes left over repeat the last one
    },
    shuffle() {
      for (const start of starts) kernel.shuffle(rows, start);
    },
    startEpoch() {
      for (const { floats } of regions) floats.fill(0, LOSS_SUM / 4, POWERS / 4);
    },
    train: (from, to, withLoss) => kernel.train(from, to, withLoss ? 1 : 0, numbersAt, size),
    lossSum: (lane) => regionOf(lane).doubles[LOSS_SUM / 8 + (lane % LANES)],
    wrong: (lane) => regionOf(lane).words[wordAt(WRONG, lane)],
    finiteSteps: (lane) => regionOf(lane).words[wordAt(FINITE_STEPS, lane)],
    weights(lane) {
      const { floats } = regionOf(lane);
      const weights = new Float32Array(layout.parameters);
      for (let i = 0; i < weights.length; i++) weights[i] = floats[wordAt(WEIGHTS + CELL * i, lane)];
      return weights;
    },
  };
}

function packBits(bytes: Uint8Array, start: number, data: Dataset, lane: number): void {
  for (let row = 0; row < data.rows; row++) {
    let packed = data.targets[row] << data.features;
    for (let i = 0; i < data.features; i++) packed |= data.inputs[row * data.features + i] << i;
    bytes[start + LANES * row + lane] = packed;
  }
}

function packNumbers(
  floats: Float32Array,
  words: Int32Array,
  orderAt: number,
  numbersAt: number,
  data: Dataset,
  lane: number,
): void {
  const width = data.features + 1;
  for (let row = 0; row < data.rows; row++) {
    words[orderAt / 4 + LANES * row + lane] = row;
    const start = numbersAt / 4 + LANES * row * width + lane;
    for (let i = 0; i < data.features; i++) floats[start + LANES * i] = data.inputs[row * data.features + i];
    floats[start + LANES * data.features] = data.targets[row];
  }
}
