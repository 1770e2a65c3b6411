import { type Dataset, judgedRows } from "../../src/data/dataset.js";
import { xor } from "../../src/data/gates.js";
import { groupFor } from "../../src/engine/fused.js";
import { initialWeights } from "../../src/engine/initializers.js";
import type { Network } from "../../src/engine/network.js";
import { predictions } from "../../src/engine/plain.js";
import type { Lane } from "../../src/engine/simd/lanes.js";
import type { KnownEnd } from "../../src/explain/remedy.js";
import { type TrainOptions, type TrainSettings, trainSettings } from "../../src/settings/training.js";
import { endingOf } from "../../src/verdict/outcome.js";

/** A training that ended with these weights, as explain() gets it. */
export function endedWith(
  network: Network,
  weights: ArrayLike<number>,
  data: Dataset,
  settings: TrainSettings,
  losses: readonly number[] = [],
  start?: Float32Array,
): KnownEnd {
  const own = Float32Array.from(weights);
  const predict = (inputs: Float32Array) => predictions(network, own, inputs);
  const judged = judgedRows(data);
  const status = losses.every(Number.isFinite) ? "completed" : "diverged";
  return {
    ...{ settings, network, data, losses: losses.filter(Number.isFinite), predict },
    ...{ weights: own, start },
    ending: endingOf(status, predict(judged.inputs), judged, settings),
  };
}

/** The question's network by hand: (0, 0) and (0, 1) off, the others right. */
export function flatEnd(options: TrainOptions = {}): KnownEnd {
  const network: Network = {
    inputs: 2,
    layers: [
      { units: 2, activation: "relu" },
      { units: 1, activation: "sigmoid" },
    ],
  };
  const settings = trainSettings("test", { epochs: 50, learningRate: 0.005, ...options });
  const losses = Array<number>(50).fill(0.35);
  return endedWith(network, [3, 3, 0, -3, -1, -1, 4, -3, 0], xor({ rows: 200, seed: 1 }), settings, losses);
}

/** Up to eight trainings side by side, with the losses of every epoch. */
export function endedTogether(network: Network, settings: TrainSettings, lanes: readonly Lane[]): KnownEnd[] {
  const group = groupFor(
    { ...settings, network },
    lanes.map((lane) => lane.data),
    2,
  );
  const { rows } = lanes[0].data;
  const losses = lanes.map((): number[] => []);
  group.start(lanes);
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    if (settings.shuffle) group.shuffle();
    group.startEpoch();
    group.train(0, rows, true);
    for (const [lane, own] of losses.entries()) own.push(group.lossSum(lane) / rows);
  }
  return lanes.map(({ data, weights }, lane) =>
    endedWith(network, group.weights(lane), data, settings, losses[lane], weights),
  );
}

/** Eight lanes, everything of each from its seed. */
export function lanesFrom(network: Network, data: (seed: number) => Dataset, first: number): Lane[] {
  return Array.from({ length: 8 }, (_, i) => {
    const seed = first + i;
    const weights = initialWeights(network, { name: "glorotUniform" }, { name: "zeros" }, seed);
    return { data: data(seed), weights, seed };
  });
}
