import type { Dataset } from "../../data/dataset.js";
import { generatorState } from "../../numbers/random.js";
import { outputCount } from "../network.js";
import { kernelBytes } from "./kernel.js";
import {
  CELL,
  FINITE_STEPS,
  GENERATOR,
  type KernelPlan,
  LANES,
  type Layout,
  LOSS_SUM,
  layoutOf,
  POWERS,
  rowWidth,
  WEIGHTS,
  WRONG,
} from "./layout.js";
import { fitsIntoBits, packBits, packNumbers, type Region, regionAt, wordAt } from "./memory.js";

/** One training in a lane: its data, initial weights, and the seed of its shuffles. */
export interface Lane {
  readonly data: Dataset;
  readonly weights: Float32Array;
  readonly seed: number;
}

interface Kernel {
  shuffle(rows: number, start: number): void;
  train(from: number, to: number, withLoss: number, numbers: number, region: number): void;
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

/** An optimizer's average below this changes no weight: it is far below the last digit of any usual ε. */
const LEAST_AVERAGE = 2 ** -100;
const USUAL_EPSILON = 1e-10;
/** About the steps in which an average, multiplied by 0.9 each time, becomes subnormal from there. */
const SETTLED_EVERY = 200;

/** Up to four or eight trainings that go through their data side by side. Its state is private and changes with every step. */
export class LaneGroup {
  private readonly layout: Layout;
  /** Where in a region the rows' numbers begin, if they are not bits. */
  private readonly numbersAt: number;
  /** Bytes of a region. */
  private readonly size: number;
  private readonly kernel: Kernel;
  private readonly regions: readonly Region[];
  private stepsUnsettled = 0;

  /** Allocates memory for four lanes a vector, each with `rows` rows of data. */
  constructor(
    private readonly plan: KernelPlan,
    private readonly rows: number,
  ) {
    this.layout = layoutOf(plan.network);
    this.numbersAt = this.layout.rows + rows * CELL;
    const needed = plan.bits
      ? this.layout.rows + rows * LANES
      : this.numbersAt + rows * rowWidth(plan.network) * CELL;
    const size = Math.ceil(needed / CELL) * CELL;
    const memory = new WebAssembly.Memory({ initial: Math.ceil((size * plan.vectors) / 65536) });
    const imports = { env: { memory } };
    this.kernel = new WebAssembly.Instance(compiled(plan), imports).exports as unknown as Kernel;
    this.size = size;
    this.regions = [0, size].slice(0, plan.vectors).map((start) => regionAt(memory.buffer, start, size));
  }

  /** Whether the group can train data like these. */
  takes(data: readonly Dataset[]): boolean {
    const { network, bits, task, threshold } = this.plan;
    return data.every(
      (one) =>
        one.rows === this.rows &&
        one.features === network.inputs &&
        one.outputs === outputCount(network) &&
        one.task === task &&
        one.threshold === threshold &&
        (!bits || fitsIntoBits(one)),
    );
  }

  /** Starts new trainings, at most one for each lane, all with data of the same size. */
  start(lanes: readonly Lane[]): void {
    const { layout, plan } = this;
    this.stepsUnsettled = 0;
    for (const { floats, doubles } of this.regions) {
      floats.fill(0, 0, layout.rows / 4);
      doubles.fill(1, POWERS / 8, POWERS / 8 + 2);
      if (plan.optimizer.name === "adagrad")
        floats.fill(plan.optimizer.initialAccumulator, layout.first / 4, layout.second / 4);
    }
    for (let lane = 0; lane < LANES * plan.vectors; lane++)
      this.load(lanes[Math.min(lane, lanes.length - 1)], lane); // unused lanes repeat the last training
  }

  private load({ data, weights, seed }: Lane, lane: number): void {
    const region = this.regionOf(lane);
    generatorState(seed, "shuffle").forEach((word, i) => {
      region.words[wordAt(GENERATOR + CELL * i, lane)] = word;
    });
    weights.forEach((weight, i) => {
      region.floats[wordAt(WEIGHTS + CELL * i, lane)] = weight;
    });
    if (this.plan.bits) packBits(region, this.layout.rows, data, lane % LANES);
    else packNumbers(region, this.layout.rows, this.numbersAt, data, lane % LANES);
  }

  /** Puts every lane's rows into a new order. */
  shuffle(): void {
    for (const { start } of this.regions) this.kernel.shuffle(this.rows, start);
  }

  /** Sets the sums of an epoch to zero. */
  startEpoch(): void {
    for (const { floats } of this.regions) floats.fill(0, LOSS_SUM / 4, POWERS / 4);
    if (this.stepsUnsettled >= SETTLED_EVERY) this.settleAverages();
  }

  /**
   * Sets averages that are too small to change a weight to 0. Those of a dead unit would decay until they are subnormal, and stay
   * so, and a product with such a number takes a processor a hundred times as long.
   */
  private settleAverages(): void {
    const { optimizer } = this.plan;
    const { first, gradient } = this.layout;
    this.stepsUnsettled = 0;
    if ("epsilon" in optimizer && optimizer.epsilon < USUAL_EPSILON) return;
    for (const { floats } of this.regions)
      for (let i = first / 4; i < gradient / 4; i++) if (Math.abs(floats[i]) < LEAST_AVERAGE) floats[i] = 0;
  }

  /** Takes the batches of rows from … to − 1 of the present order. `from` is where a batch begins. */
  train(from: number, to: number, withLoss: boolean): void {
    this.stepsUnsettled += Math.ceil((to - from) / this.plan.batchSize);
    this.kernel.train(from, to, withLoss ? 1 : 0, this.numbersAt, this.size);
  }

  /** Summed loss over the epoch's rows so far, where it was asked for. */
  lossSum(lane: number): number {
    return this.regionOf(lane).doubles[LOSS_SUM / 8 + (lane % LANES)];
  }

  /** Rows of the epoch so far whose answers were not accurate. */
  wrong(lane: number): number {
    return this.regionOf(lane).words[wordAt(WRONG, lane)];
  }

  /** Steps since the start whose loss was finite, among those for which it was asked. */
  finiteSteps(lane: number): number {
    return this.regionOf(lane).words[wordAt(FINITE_STEPS, lane)];
  }

  /** A lane's present weights, flat, copied into an array: a new one unless given. */
  weights(lane: number, into = new Float32Array(this.layout.parameters)): Float32Array {
    const { floats } = this.regionOf(lane);
    const first = wordAt(WEIGHTS, lane);
    for (let i = 0; i < into.length; i++) into[i] = floats[first + LANES * i];
    return into;
  }

  private regionOf(lane: number): Region {
    return this.regions[lane < LANES ? 0 : 1];
  }
}
