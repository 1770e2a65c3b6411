import { judgedRows } from "../../src/data/dataset.js";
import { type FusedPlan, fusedGroup, fusedTrial, groupFor, type LaneResult } from "../../src/engine/fused.js";
import { layerPlaces, type Network, parameterCount } from "../../src/engine/network.js";
import { type Lane, LaneGroup } from "../../src/engine/simd/lanes.js";
import type { Moment } from "../../src/engine/trial.js";
import { random, shuffle } from "../../src/numbers/random.js";
import type { StudySetting } from "../../src/study/settings.js";
import { fusedOutcomes } from "../../src/study/trials.js";
import { solvedTest } from "../../src/verdict/outcome.js";

/** A whole training by the fused engine, alone. */
export function trained(
  plan: FusedPlan,
  lane: Lane,
): { readonly moments: Moment[]; readonly weights: Float32Array } {
  const trial = fusedTrial(plan, lane);
  return { moments: [...trial.moments], weights: trial.weights() };
}

/** The end of a lone trial in the words of a group. */
export function aloneResult(plan: FusedPlan, lane: Lane): LaneResult {
  const trial = fusedTrial(plan, lane);
  const passes = solvedTest(plan.network, judgedRows(lane.data), { ...plan, solvedAccuracy: 1 });
  const moments: Moment[] = [];
  let firstSolvedEpoch = 0;
  let next = trial.moments.next();
  for (; !next.done; next = trial.moments.next()) {
    const moment = next.value;
    moments.push(moment);
    if (moment.epochEnds && firstSolvedEpoch === 0 && passes(trial.weights()))
      firstSolvedEpoch = moment.epoch;
  }
  const weights = trial.weights();
  const last = moments.at(-1)!;
  const perfect = moments.find((moment) => moment.epochEnds && moment.accuracy === 1);
  return {
    weights,
    diverged: next.value === "diverged",
    finalLoss: last.loss,
    firstPerfectEpoch: perfect?.epoch ?? 0,
    firstSolvedEpoch,
  };
}

/** The trials of a group, run to their end. */
export function companyResults(plan: FusedPlan, lanes: readonly Lane[]): LaneResult[] {
  const data = lanes.map((lane) => lane.data);
  const tests = data.map((one) => solvedTest(plan.network, judgedRows(one), { ...plan, solvedAccuracy: 1 }));
  const work = fusedGroup(plan, groupFor(plan, data, lanes.length > 4 ? 2 : 1), lanes, tests);
  let next = work.next();
  while (!next.done) next = work.next();
  return next.value;
}

/** The columns of what a study keeps of the trials with these seeds. */
export function outcomeColumns(setting: StudySetting, trials: readonly number[]): ArrayLike<number>[] {
  const work = fusedOutcomes(setting, trials);
  let next = work.next();
  while (!next.done) next = work.next();
  return Object.values(next.value);
}

/** Everything a group says of its lanes after a training. */
export function groupSays(plan: FusedPlan, lanes: readonly Lane[], vectors: 1 | 2, bits: boolean) {
  const { network, loss, optimizer, batchSize } = plan;
  const { rows, task, threshold } = lanes[0].data;
  const group = new LaneGroup({ network, loss, optimizer, batchSize, task, threshold, bits, vectors }, rows);
  group.start(lanes);
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    if (plan.shuffle) group.shuffle();
    group.startEpoch();
    group.train(0, rows, true);
  }
  return lanes.map((_, lane) => ({
    weights: group.weights(lane),
    loss: group.lossSum(lane),
    wrong: group.wrong(lane),
    finite: group.finiteSteps(lane),
  }));
}

/** For every weight, the index of the weight that takes its place if the hidden units change places. */
export function permutedPlaces(network: Network, seed: number): Uint32Array {
  const source = random(seed, "permutation");
  const places = layerPlaces(network);
  const order = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);
  const from = new Uint32Array(parameterCount(network));
  let below = order(network.inputs);
  places.forEach(({ inputs, units, kernel, bias, end }, layer) => {
    const own = order(units);
    if (layer < places.length - 1) shuffle(own, source);
    for (let j = 0; j < units; j++) {
      if (end > bias) from[bias + j] = bias + own[j];
      for (let i = 0; i < inputs; i++) from[kernel + i * units + j] = kernel + below[i] * units + own[j];
    }
    below = own;
  });
  return from;
}
