import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dataset } from "../../src/data/dataset.js";
import { parity, truthTable, xor } from "../../src/data/gates.js";
import { clouds } from "../../src/data/playground.js";
import { rowsAt } from "../../src/data/rows.js";
import { layerPlaces } from "../../src/engine/network.js";
import { lossAndGradient } from "../../src/engine/plain.js";
import { type Cause, causeOf, PROVEN } from "../../src/explain/cause.js";
import { factsOf } from "../../src/explain/facts.js";
import type { KnownEnd } from "../../src/explain/remedy.js";
import { networkSettings } from "../../src/settings/network.js";
import { type TrainOptions, trainSettings } from "../../src/settings/training.js";
import { endedTogether, lanesFrom } from "../support/endings.js";

/** Thousands of trainings that did not solve their data, over many settings: each must get a cause, and a true one. */

const DATA: Readonly<Record<string, { epochs: number; draw: (seed: number) => Dataset }>> = {
  xor: { epochs: 60, draw: (seed) => xor({ rows: 100, seed }) },
  "the table of XOR": { epochs: 300, draw: () => truthTable("xor") },
  and: { epochs: 150, draw: () => truthTable("and") },
  "parity of 3": { epochs: 300, draw: () => parity({ bits: 3 }) },
  clouds: { epochs: 40, draw: (seed) => clouds({ rows: 80, seed }) },
};

const SCHEDULES: readonly TrainOptions[] = [
  { optimizer: { name: "rmsprop", learningRate: 0.01 } },
  { optimizer: { name: "adam", learningRate: 0.003 }, loss: "meanSquaredError" },
  { optimizer: { name: "sgd", learningRate: 0.1 } },
  { optimizer: { name: "rmsprop", learningRate: 0.3 }, loss: "meanSquaredError" },
  { optimizer: { name: "sgd", learningRate: 3, momentum: 0.5 } },
];

function* trainings(): Generator<KnownEnd[]> {
  for (let first = 1; ; first += 8)
    for (const activation of ["relu", "sigmoid", "tanh", "leakyRelu"] as const)
      for (const hidden of [1, 2, 3, 4, 5, [4, 2]])
        for (const { epochs, draw } of Object.values(DATA))
          for (const schedule of SCHEDULES) {
            const inputs = draw(1).features;
            const { network } = networkSettings("test", { inputs, hidden, activation });
            const settings = trainSettings("test", { ...schedule, epochs });
            yield endedTogether(network, settings, lanesFrom(network, draw, first));
          }
}

const UNSOLVED = 10_000;
const CONTINUED = 40; // of each cause

test(`explain() finds the cause of ${UNSOLVED} unsolved runs, and none it calls final is ever solved`, () => {
  const counts = new Map<Cause, number>();
  let unsolved = 0;
  for (const group of trainings()) {
    for (const ended of group) {
      if (ended.ending === "solved") continue;
      const cause = causeOf(ended, factsOf(ended));
      const count = (counts.get(cause) ?? 0) + 1;
      counts.set(cause, count);
      unsolved += 1;
      assert.notEqual(cause, "solved");
      if (PROVEN.has(cause) && count <= CONTINUED) assertStays(ended, cause);
      if (cause === "dead-inputs" && count <= CONTINUED) assertNoGradient(ended);
    }
    if (unsolved >= UNSOLVED) break;
  }
  assert.ok((counts.get("unknown") ?? 0) <= 0.01 * unsolved, `unknown: ${counts.get("unknown")}`);
  for (const cause of ["cannot-represent", "dead-units", "dead-inputs", "too-large-steps"] as const)
    assert.ok((counts.get(cause) ?? 0) > 0.01 * unsolved, `${cause}: ${counts.get(cause)}`);
  for (const cause of ["still-learning", "saddle", "tied", "plateau", "no-slope", "one-line"] as const)
    assert.ok(counts.has(cause), `no run with cause ${cause}`);
});

/** The inputs that are said to move no weight below: their own gradients, one by one, must be exactly zero there. */
function assertNoGradient(ended: KnownEnd): void {
  const { network, weights, settings } = ended;
  const { ties, judged } = factsOf(ended);
  for (const { rows, offLayer } of ties) {
    if (offLayer === undefined) continue;
    const { bias, units } = layerPlaces(network)[offLayer];
    for (const row of rows) {
      const { gradient } = lossAndGradient(
        network,
        Float64Array.from(weights),
        rowsAt(judged.rows, [row]),
        settings.loss,
      );
      assert.ok(
        gradient.subarray(0, bias + units).every((slope) => slope === 0),
        `row ${row} has a gradient`,
      );
    }
  }
}

/** Trains on from the end, with other shuffles and a fresh optimizer: no network may solve the data. */
function assertStays(ended: KnownEnd, cause: Cause): void {
  const { network, weights, data, settings } = ended;
  const lanes = [901, 902, 903, 904].map((seed) => ({ data, weights, seed }));
  const epochs = 4 * settings.epochs;
  for (const rate of [1, 5]) {
    const learningRate = rate * settings.optimizer.learningRate;
    const optimizer = { ...settings.optimizer, learningRate };
    for (const later of endedTogether(network, { ...settings, optimizer, epochs }, lanes))
      assert.notEqual(later.ending, "solved", `${cause}, yet training on solved it`);
  }
}
