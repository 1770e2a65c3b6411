import { type Dataset, judgedRows } from "../../src/data/dataset.js";
import { groupFor } from "../../src/engine/fused.js";
import { initialWeights } from "../../src/engine/initializers.js";
import type { Network } from "../../src/engine/network.js";
import { predictions } from "../../src/engine/plain.js";
import type { Lane } from "../../src/engine/simd/lanes.js";
import type { KnownEnd } from "../../src/explain/remedies.js";
import type { TrainSettings } from "../../src/settings/training.js";
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
