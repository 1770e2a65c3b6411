/**
 * "xorlab/engine": training and the trials of studies without TensorFlow.js, threads or a notebook. It runs wherever
 * WebAssembly does: on Node, in a page, in a worker.
 */

// data
export { moons, sine } from "./data/curves.js";
export { encoder, parity, truthTable, xor } from "./data/gates.js";
export { dataset } from "./data/ownData.js";
export { circles, clouds, gaussians, spirals } from "./data/playground.js";
export { split } from "./data/split.js";
export type * from "./networkTypes.js";
// trials of studies
export {
  studyRows,
  studyTrials,
  summarizeTrials,
  type TrialOptions,
  type TrialOutcome,
  type TrialRange,
} from "./standalone/studyTrials.js";
// training
export { type NetworkTrainOptions, trainNetwork, trainNetworkSteps } from "./standalone/trainNetwork.js";
