import type { Dataset } from "../data/dataset.js";
import type { Network } from "../engine/network.js";
import type { TrainSettings } from "../settings/training.js";
import type { Ending } from "../verdict/outcome.js";

/** A training that has ended, as explain() needs to know it. */
export interface Ended {
  readonly settings: TrainSettings;
  readonly ending: Ending;
  readonly divergedAt?: { readonly epoch: number; readonly step: number };
  readonly data: Dataset;
  readonly firstPerfectEpoch?: number | undefined;
  /** Losses of the completed epochs. */
  readonly losses: readonly number[];
  /** Rows that were held out for validation, and the loss over them after each completed epoch. */
  readonly heldOut?: { readonly data: Dataset; readonly losses: readonly number[] };
  /** True of a model that was trained elsewhere: nothing is known of its training. */
  readonly elsewhere?: boolean;
  /** The structure and the final weights; undefined for models that are no chain of dense layers. */
  readonly network: Network | undefined;
  readonly weights: Float32Array | undefined;
  /** The initial weights, where they are known. */
  readonly start?: Float32Array | undefined;
  /** Shares of the units that dropout layers leave out while training. */
  readonly dropout?: readonly number[];
  /** Whether one of them has a seed of its own: TensorFlow.js then leaves out the same units in every step. */
  readonly sameDropout?: boolean;
  /** The structure without these layers, by which answers are given; undefined if it is no chain of dense layers either. */
  readonly withoutDropout?: Network | undefined;
  /** Answers with the final weights. */
  readonly predict: (inputs: Float32Array) => ArrayLike<number>;
}
