import type { Dataset } from "../../data/dataset.js";
import { generatorState } from "../../random.js";
import { type CompiledModule, webAssembly } from "./host.js";
import { kernelBytes } from "./kernel.js";
import {
  CELL,
  FINITE_STEPS,
  GENERATOR,
  LANES,
  LOSS_SUM,
  layoutOf,
  POWERS,
  WEIGHTS,
  WRONG,
} from "./layout.js";
import type { KernelPlan } from "./row.js";

/** One training in a lane: its data, initial weights, and the seed of its shuffles. */
export interface Lane {
  readonly data: Dataset;
  readonly weights: Float32Array;
  readonly seed: number;
}

/** Up to four trainings that go through their data side by side. What it holds is private and changes as they learn. */
export interface LaneGroup {
  /** Whether data like these fit in. */
  takes(data: readonly Dataset[]): boolean;
  /** Begins anew with up to four lanes, all with data of the same size. */
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
  shuffle(rows: number): void;
  train(from: number, to: number, withLoss: number, numbers: number): void;
}

/** Whether every input and target is 0 or 1 and a row fits into a byte. */
export function fitsIntoBits(data: Dataset): boolean {
  const binary = (value: number): boolean => value === 0 || value === 1;
  return data.features <= 7 && data.inputs.every(binary) && data.targets.every(binary);
}

const modules = new Map<string, CompiledModule>();
const MODULES_KEPT = 200;

/** The compiled kernel for a plan; made once. */
function compiled(plan: KernelPlan): CompiledModule {
  const key = JSON.stringify(plan);
  const known = modules.get(key);
  if (known) return known;
  if (modules.size >= MODULES_KEPT) modules.delete(modules.keys().next().value as string);
  const made = new webAssembly.Module(kernelBytes(plan));
  modules.set(key, made);
  return made;
}

/** Makes room for four lanes of so many rows. */
export function makeLaneGroup(plan: KernelPlan, rows: number): LaneGroup {
  const layout = layoutOf(plan.network);
  const features = plan.network.inputs;
  const numbersAt = layout.rows + rows * CELL;
  const bytes = plan.bits ? layout.rows + rows * LANES : numbersAt + rows * (features + 1) * CELL;
  const memory = new webAssembly.Memory({ initial: Math.ceil(bytes / 65536) });
  const kernel = new webAssembly.Instance(compiled(plan), { env: { memory } }).exports as unknown as Kernel;
  const floats = new Float32Array(memory.buffer);
  const words = new Int32Array(memory.buffer);
  const doubles = new Float64Array(memory.buffer);
  const wordAt = (address: number, lane: number): number => address / 4 + lane;
  return {
    takes: (data) =>
      data.every(
        (one) => one.rows === rows && one.features === features && (!plan.bits || fitsIntoBits(one)),
      ),
    start(lanes) {
      floats.fill(0, 0, layout.rows / 4);
      doubles.fill(1, POWERS / 8, POWERS / 8 + 2);
      if (plan.optimizer.name === "adagrad")
        floats.fill(plan.optimizer.initialAccumulator, layout.first / 4, layout.second / 4);
      for (let lane = 0; lane < LANES; lane++) {
        const { data, weights, seed } = lanes[Math.min(lane, lanes.length - 1)]; // lanes left over repeat the last one
        generatorState(seed, "shuffle").forEach((word, i) => {
          words[wordAt(GENERATOR + CELL * i, lane)] = word;
        });
        weights.forEach((weight, i) => {
          floats[wordAt(WEIGHTS + CELL * i, lane)] = weight;
        });
        if (plan.bits) packBits(new Uint8Array(memory.buffer), layout.rows, data, lane);
        else packNumbers(floats, words, layout.rows, numbersAt, data, lane);
      }
    },
    shuffle: () => kernel.shuffle(rows),
    startEpoch() {
      floats.fill(0, LOSS_SUM / 4, POWERS / 4);
    },
    train: (from, to, withLoss) => kernel.train(from, to, withLoss ? 1 : 0, numbersAt),
    lossSum: (lane) => doubles[LOSS_SUM / 8 + lane],
    wrong: (lane) => words[wordAt(WRONG, lane)],
    finiteSteps: (lane) => words[wordAt(FINITE_STEPS, lane)],
    weights: (lane) =>
      Float32Array.from({ length: layout.parameters }, (_, i) => floats[wordAt(WEIGHTS + CELL * i, lane)]),
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
