import { type Dataset, mlp } from "../../src/index.js";
import { trainSettings } from "../../src/settings/training.js";
import { makeRun } from "../../src/train/makeRun.js";
import { runBundle } from "../../src/train/runBundle.js";

/** A run as if these had been the final weights of one layer of linear units: first those of the inputs, then the biases. */
export function linearRun(data: Dataset, weights: readonly number[]) {
  const finalWeights = Float32Array.from(weights);
  return makeRun(
    {
      data,
      validation: undefined,
      engine: "fused",
      engineReason: "a test",
      network: { inputs: data.features, layers: [{ units: data.outputs, activation: "linear" }] },
      settings: trainSettings("test", { loss: "meanSquaredError" }),
    },
    {
      status: "completed",
      firstSolvedEpoch: undefined,
      milliseconds: 1,
      history: { loss: [], accuracy: [] },
      snapshots: new Map([[0, finalWeights]]),
      finalWeights,
    },
    { model: mlp() },
    runBundle,
  );
}
