import type { drawData } from "../../src/data/drawn.js";
import type { FusedPlan, fusedTrial } from "../../src/engine/fused.js";
import type { initialWeights } from "../../src/engine/initializers.js";
import type { StudySetting } from "../../src/study/settings.js";
import type { fusedOutcomes } from "../../src/study/trials.js";

/** The functions of the engine that a page needs to train, whichever way it came by them. */
export interface Engine {
  readonly fusedTrial: typeof fusedTrial;
  readonly fusedOutcomes: typeof fusedOutcomes;
  readonly initialWeights: typeof initialWeights;
  readonly drawData: typeof drawData;
}

/**
 * Trains trials of a setting, side by side and the first of them alone, and writes down what came of them, every number
 * by its bits. The text of this function runs in the page too: it refers to nothing outside of itself.
 */
export function trialBits(engine: Engine, setting: StudySetting, seeds: readonly number[]) {
  const hex = (numbers: ArrayBufferView): string =>
    Array.from(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
  const work = engine.fusedOutcomes(setting, seeds);
  let next = work.next();
  while (!next.done) next = work.next();
  const { status, finalLoss, judgedLoss, firstPerfect } = next.value;
  const [seed] = seeds;
  const { network, kernelInitializer, biasInitializer } = setting.network;
  const plan: FusedPlan = { ...setting.training, network };
  const weights = engine.initialWeights(network, kernelInitializer, biasInitializer, seed);
  const trial = engine.fusedTrial(plan, { data: engine.drawData(setting.source, seed), weights, seed });
  const losses = [...trial.moments].map((moment) => moment.loss);
  return {
    status: hex(status),
    finalLoss: hex(finalLoss),
    judgedLoss: hex(judgedLoss),
    firstPerfect: hex(firstPerfect),
    weights: hex(trial.weights()),
    losses: hex(Float64Array.from(losses)),
  };
}
