import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { truthTable, xor } from "../../src/data/gates.js";
import { clouds } from "../../src/data/playground.js";
import { initialWeights } from "../../src/engine/initializers.js";
import type { Cause } from "../../src/explain/cause.js";
import { factsOf } from "../../src/explain/facts/facts.js";
import {
  type Candidate,
  freshTally,
  millisecondsOf,
  resultOf,
  spentOn,
  surer,
  type Tally,
} from "../../src/explain/trying/attempt.js";
import { BUDGET, inFull, type TryMore, withinBudget } from "../../src/explain/trying/rounds.js";
import { candidatesFor } from "../../src/explain/trying/trying.js";
import { random } from "../../src/numbers/random.js";
import { networkSettings } from "../../src/settings/network.js";
import { trainSettings } from "../../src/settings/training.js";
import { endedWith } from "../support/endings.js";

// Needs: more than ten seconds

const RUNS = { seed: 1, numRuns: 30 };

/** Networks and data from the smallest to those of which hardly anything can be tried. */
const shapes = fc.record({
  hidden: fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 3 }),
  activation: fc.constantFrom("relu", "tanh", "sigmoid"),
  optimizer: fc.constantFrom("sgd", "rmsprop", "adam"),
  rows: fc.constantFrom(4, 20, 200, 3000, 20_000),
  epochs: fc.constantFrom(1, 50, 500, 20_000),
  batchSize: fc.constantFrom(1, 4, 64),
  seed: fc.nat(1000),
  cause: fc.constantFrom<Cause>("noise", "tied", "too-little-training", "dead-inputs", "cannot-represent"),
});
type Shape = typeof shapes extends fc.Arbitrary<infer Value> ? Partial<Value> & Omit<Value, "cause"> : never;

function candidatesOf({ hidden, activation, rows, seed, cause = "noise", ...options }: Shape): Candidate[] {
  const data = rows === 4 ? truthTable("xor") : rows > 20 ? clouds({ rows, seed }) : xor({ rows, seed });
  const { network } = networkSettings("test", { hidden, activation } as never);
  const weights = initialWeights(network, { name: "glorotUniform" }, { name: "zeros" }, seed);
  const ended = endedWith(network, weights, data, trainSettings("test", options as never), [0.7, 0.69]);
  const facts = factsOf({ ...ended, data: truthTable("xor") }); // those of large data would take long
  return candidatesFor({ ended, facts, cause });
}

/** As if trained: each remedy solves the data in a share of its trials that follows from its name. */
function pretending(seed: number): TryMore {
  return (tally, trials) => {
    const source = random(seed, `${tally.remedy.name} ${tally.trials}`);
    const share = random(seed, tally.remedy.name).uniform();
    for (let trial = 0; trial < trials; trial++)
      if (source.uniform() < share) tally.epochs.push(1 + source.below(tally.remedy.settings.epochs));
    tally.trials += trials;
    return true;
  };
}

const sumOf = (tallies: readonly Tally[]): number => tallies.reduce((sum, tally) => sum + spentOn(tally), 0);

test("withinBudget() stays within its budget, for any network and data", () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const tallies = withinBudget(candidatesOf(shape), BUDGET, pretending(shape.seed));
      assert.ok(sumOf(tallies) <= BUDGET, `${sumOf(tallies)}`);
      for (const { trials } of tallies) assert.ok(trials >= 1 && trials <= 100);
    }),
    RUNS,
  );
});

test("withinBudget() tries everything where that is quick, and what looks best a hundred times", () => {
  const shape = {
    hidden: [2],
    activation: "relu",
    optimizer: "rmsprop",
    rows: 4,
    epochs: 50,
    batchSize: 1,
    seed: 1,
  };
  const candidates = candidatesOf(shape as Shape);
  const tallies = withinBudget(candidates, BUDGET, pretending(1));
  assert.ok(candidates.every((candidate) => tallies.some((tally) => tally.candidate === candidate)));
  const remedies = tallies.filter(({ candidate }) => !candidate.fact).sort(surer);
  assert.equal(remedies[0].trials, 100);
  const [best] = remedies.map(resultOf);
  for (const tally of remedies)
    if (resultOf(tally).interval[1] >= best.rate && tally.remedy.from === "new weights")
      assert.ok(tally.trials >= 24, `${tally.remedy.name}: ${tally.trials}`);
});

test("withinBudget() tries first, and longest, what the cause points to, and of large data nothing else", () => {
  const shape = {
    hidden: [60],
    activation: "tanh",
    optimizer: "sgd",
    rows: 3000,
    epochs: 50,
    batchSize: 4,
    seed: 1,
  };
  const candidates = candidatesOf(shape as Shape);
  const tallies = withinBudget(candidates, BUDGET, pretending(1));
  const remedies = tallies.filter(({ candidate }) => !candidate.fact);
  assert.ok(remedies.length > 0 && remedies.length < 0.5 * candidates.length, `${remedies.length}`);
  assert.ok(remedies[0].candidate.pointedTo, remedies[0].remedy.name);
  const longest = Math.max(...tallies.map(spentOn));
  assert.ok(remedies.some((tally) => tally.candidate.pointedTo && spentOn(tally) > 0.5 * longest));
});

test("withinBudget() tries nothing twice that a shorter version of something else was already", () => {
  const shape = {
    hidden: [10],
    activation: "relu",
    optimizer: "sgd",
    rows: 200,
    epochs: 50,
    batchSize: 4,
    seed: 1,
  };
  const long = candidatesOf(shape as Shape).find(({ remedy, fact }) => !fact && remedy.shorter);
  const shorter = long?.remedy.shorter?.() ?? [];
  assert.ok(long && shorter.length > 1);
  const candidates = [long, ...shorter.map((remedy) => ({ ...long, remedy }))];
  const pointedTo = candidates.map((one) => ({ ...one, pointedTo: true }));
  const tooLittle = (0.99 * millisecondsOf(freshTally(long), 4)) / 0.4; // one may take 0.4 of it
  const names = withinBudget(pointedTo, tooLittle, pretending(1)).map(({ remedy }) => remedy.name);
  assert.ok(names.length > 0 && !names.includes(long.remedy.name));
  assert.equal(new Set(names).size, names.length, names.join());
});

test("withinBudget() gives the same for the same, whatever the time", () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const tried = () =>
        withinBudget(candidatesOf(shape), BUDGET, pretending(3)).map(({ remedy, trials }) => [
          remedy.name,
          trials,
        ]);
      assert.deepEqual(tried(), tried());
    }),
    { ...RUNS, numRuns: 10 },
  );
});

test("inFull() tries everything so often, and once what always goes the same way", () => {
  const shape = {
    hidden: [2],
    activation: "relu",
    optimizer: "sgd",
    rows: 4,
    epochs: 50,
    batchSize: 4,
    seed: 1,
  };
  const candidates = candidatesOf(shape as Shape);
  const tallies = inFull(candidates, ({ fact }) => (fact ? 3 : 11), pretending(2));
  assert.deepEqual(
    tallies.slice(0, candidates.length).map(({ candidate }) => candidate),
    candidates,
  );
  for (const { candidate, remedy, trials } of tallies)
    assert.equal(trials, remedy.startsAlike ? 1 : candidate.fact ? 3 : 11, remedy.name);
});

test("withinBudget() and inFull() end as soon as they are stopped, and keep what was tried", () => {
  const shape = {
    hidden: [2],
    activation: "relu",
    optimizer: "sgd",
    rows: 4,
    epochs: 50,
    batchSize: 1,
    seed: 1,
  };
  const candidates = candidatesOf(shape as Shape);
  for (const tries of [
    (tryMore: TryMore) => withinBudget(candidates, BUDGET, tryMore),
    (tryMore: TryMore) => inFull(candidates, () => 8, tryMore),
  ]) {
    let calls = 0;
    const tallies = tries((tally, trials) => pretending(1)(tally, trials) && ++calls < 5);
    assert.deepEqual([calls, tallies.length], [5, 5]);
  }
});

test("pairs are tried only where no single remedy is good, and change what both change", () => {
  const shape = {
    hidden: [2],
    activation: "relu",
    optimizer: "sgd",
    rows: 4,
    epochs: 50,
    batchSize: 1,
    seed: 1,
  };
  const candidates = candidatesOf(shape as Shape);
  const solving =
    (share: number): TryMore =>
    (tally, trials) => {
      tally.trials += trials;
      tally.epochs.push(...Array<number>(Math.round(share * trials)).fill(1));
      return true;
    };
  const pairs = (share: number) =>
    withinBudget(candidates, BUDGET, solving(share)).filter(
      ({ candidate }) => !candidates.includes(candidate),
    );
  assert.deepEqual(pairs(1), []);
  const found = pairs(0.25);
  assert.ok(found.length > 0);
  for (const { remedy } of found) assert.match(remedy.name, /^.+, .+, new weights$/);
});
