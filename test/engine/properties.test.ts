import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ACTIVATION_NAMES } from "../../src/engine/functions.js";
import { plainLearner } from "../../src/engine/plain.js";
import type { Moment } from "../../src/engine/trial.js";
import { studySettings } from "../../src/study/settings.js";
import { allMoments } from "../support/moments.js";
import { assertNear } from "../support/numbers.js";
import {
  anyPlans,
  kinds,
  laneOf,
  type OptimizerRange,
  plans,
  rowCounts,
  seeds,
} from "../support/trainingCases.js";
import {
  aloneResult,
  companyResults,
  groupSays,
  outcomeColumns,
  permutedPlaces,
  trained,
} from "../support/trainings.js";

// Needs: more than ten seconds

const CASES = { seed: 20_240_601, numRuns: 80 };

/**
 * Where two engines that round differently can be compared. Large steps make training chaotic. With an epsilon near the
 * rounding errors, or an average of squares that forgets at once, an optimizer turns a gradient that is little more than
 * such an error into a full step.
 */
const GENTLE: OptimizerRange = { rates: [-4, -1.5], epsilons: [-3, -1], memory: 0.8 };

/** Everything, exploding runs included: the comparison is to the bit. */
const ALL: OptimizerRange = { rates: [-4, 4], epsilons: [-8, -1], memory: 0 };

const EXPLODED = 100; // of a loss or weight that began near 1: what follows is noise multiplied

/** The mean loss of every epoch. */
const epochLosses = (moments: readonly Moment[]): number[] =>
  moments.filter((moment) => moment.epochEnds).map((moment) => moment.loss);

const exploded = (numbers: ArrayLike<number>): boolean =>
  Array.from(numbers).some((number) => !(Math.abs(number) < EXPLODED));

function assertLosses(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((loss, i) => {
    assert.ok(
      Math.abs(actual[i] - loss) <= 1e-4 * Math.abs(loss) + 1e-6,
      `epoch ${i + 1}: ${actual[i]}, not ${loss}`,
    );
  });
}

test("both engines agree, whatever the network, optimizer, batches and data", () => {
  const property = fc.property(plans(GENTLE, 4), rowCounts, kinds, seeds, (plan, rows, kind, seed) => {
    fc.pre(kind !== "signs" || !plan.loss.endsWith("Crossentropy")); // whose targets are from 0 to 1
    const lane = laneOf(plan.network, rows, kind, seed);
    const learner = plainLearner(plan.network, lane.weights, lane.data, plan);
    const losses = epochLosses(allMoments(learner, rows, { ...plan, seed }));
    fc.pre(!exploded(losses) && !exploded(learner.weights()));
    const fused = trained(plan, lane);
    assertLosses(epochLosses(fused.moments), losses);
    assertNear(fused.weights, learner.weights(), 1e-4, "weights");
  });
  fc.assert(property, CASES);
});

test("hidden units that change places take their training along", () => {
  const property = fc.property(plans(GENTLE, 4), rowCounts, kinds, seeds, (plan, rows, kind, seed) => {
    const lane = laneOf(plan.network, rows, kind, seed);
    const from = permutedPlaces(plan.network, seed);
    const permuted = (weights: Float32Array): Float32Array => Float32Array.from(from, (i) => weights[i]);
    const one = trained(plan, lane);
    fc.pre(!exploded(epochLosses(one.moments)) && !exploded(one.weights));
    const other = trained(plan, { ...lane, weights: permuted(lane.weights) });
    assertLosses(epochLosses(other.moments), epochLosses(one.moments)); // sums change their order: not bit for bit
    assertNear(other.weights, permuted(one.weights), 1e-4, "weights");
  });
  fc.assert(property, CASES);
});

const company = fc.array(seeds, { minLength: 2, maxLength: 8 });

test("a trial alone is the trial in company, bit for bit, in every lane", () => {
  const property = fc.property(anyPlans(ALL), rowCounts, kinds, company, (plan, rows, kind, members) => {
    const lanes = members.map((seed) => laneOf(plan.network, rows, kind, seed));
    companyResults(plan, lanes).forEach((result, i) => {
      const alone = aloneResult(plan, lanes[i]);
      assert.equal(result.diverged, alone.diverged);
      if (!alone.diverged) assert.deepEqual(result, alone); // one that diverges alone stops there
    });
  });
  fc.assert(property, CASES);
});

test("a study's trial is the same whoever is trained with it", () => {
  const property = fc.property(
    anyPlans(ALL).filter(({ loss }) => loss !== "categoricalCrossentropy"), // of one output it is always 0
    fc.record({
      activation: fc.constantFrom(...ACTIVATION_NAMES),
      output: fc.constantFrom(...ACTIVATION_NAMES),
    }),
    rowCounts,
    fc.constantFrom("xor" as const, "clouds" as const, "spirals" as const),
    fc.array(seeds, { minLength: 2, maxLength: 12 }),
    ({ network, ...training }, functions, rows, data, trials) => {
      const hidden = network.layers.slice(0, -1).map((layer) => layer.units);
      const [setting] = studySettings({ ...training, ...functions, hidden: [hidden], data, rows });
      const together = outcomeColumns(setting, trials);
      const alone = trials.map((seed) => outcomeColumns(setting, [seed]));
      together.forEach((column, i) => {
        assert.deepEqual(
          Array.from(column),
          alone.map((columns) => columns[i][0]),
        );
      });
    },
  );
  fc.assert(property, CASES);
});

test("two vectors say what one says, bit for bit, and packed rows what numbers say", () => {
  const eight = fc.array(seeds, { minLength: 8, maxLength: 8 });
  const property = fc.property(anyPlans(ALL), rowCounts, kinds, eight, (plan, rows, kind, numbers) => {
    const lanes = numbers.map((seed) => laneOf(plan.network, rows, kind, seed));
    const ways = kind === "bits" ? [true, false] : [false]; // only ones and zeros can be packed
    const [first, ...others] = ways.flatMap((bits) => [
      groupSays(plan, lanes, 2, bits),
      [lanes.slice(0, 4), lanes.slice(4)].flatMap((four) => groupSays(plan, four, 1, bits)),
    ]);
    for (const other of others) assert.deepEqual(other, first);
  });
  fc.assert(property, CASES);
});
