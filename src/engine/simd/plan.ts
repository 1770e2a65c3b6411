import type { Loss } from "../functions.js";
import type { Network } from "../network.js";
import type { OptimizerSettings } from "../optimizers.js";

/** What a kernel is made for. */
export interface KernelPlan {
  readonly network: Network;
  readonly loss: Loss;
  readonly optimizer: OptimizerSettings;
  readonly batchSize: number;
  /** Whether all inputs and targets are 0 or 1 and fit into a byte: a row is then one byte a lane. */
  readonly bits: boolean;
  /** Vectors that are trained in turns: two keep the processor busier, one is quicker for a single trial. */
  readonly vectors: 1 | 2;
}

/** The train function's parameters. */
export const [FROM, TO, WITH_LOSS, NUMBERS, REGION] = [0, 1, 2, 3, 4];
export const TRAIN_PARAMETERS = 5;
