import assert from "node:assert/strict";
import { test } from "node:test";
import { xor } from "../../src/data/gates.js";
import { clouds } from "../../src/data/playground.js";
import { initialWeights } from "../../src/engine/initializers.js";
import { type Cause, causeOf } from "../../src/explain/cause.js";
import { factsOf } from "../../src/explain/facts/facts.js";
import type { KnownEnd } from "../../src/explain/trying/remedy.js";
import {
  type Asked,
  candidatesFor,
  expectedMilliseconds,
  type Onlooker,
  type Trying,
  tryAll,
} from "../../src/explain/trying/trying.js";
import { networkSettings } from "../../src/settings/network.js";
import { trainSettings } from "../../src/settings/training.js";
import { endedWith, flatEnd } from "../support/endings.js";

// Needs: more than ten seconds

const ASKED: Asked = { trials: 8, seed: 1 };

function triedFor(ended: KnownEnd, cause?: Cause, asked: Partial<Asked> = {}, look?: Onlooker): Trying {
  const facts = factsOf(ended);
  return tryAll({ ended, facts, cause: cause ?? causeOf(ended, facts) }, { ...ASKED, ...asked }, look);
}

test("tryAll() puts the surest first, and follows the cause", () => {
  const found = triedFor(flatEnd(), undefined, { trials: 8 });
  const least = found.remedies.map(({ interval: [low] }) => low);
  assert.deepEqual(
    least,
    [...least].sort((a, b) => b - a),
  );
  assert.equal(found.trainedOn?.epochs, 500);
  const ended = flatEnd();
  const stopped = triedFor({ ...ended, losses: ended.losses.slice(0, 20) }, "stopped");
  assert.equal(stopped.trainedOn?.epochs, 30); // what was left
  assert.deepEqual(triedFor(ended, "solved").remedies, []);
  const impossible = { ended, facts: { ...factsOf(ended), possible: false }, cause: "noise" } as const;
  assert.deepEqual(tryAll(impossible, ASKED).remedies, []);
});

test("tryAll() solves runs that only needed time by training on, and none whose inputs are off", () => {
  const { network } = networkSettings("test", { hidden: 8, activation: "tanh" });
  const weights = initialWeights(network, { name: "glorotUniform" }, { name: "zeros" }, 3);
  const settings = trainSettings("test", { epochs: 60, learningRate: 0.01 });
  const early = endedWith(network, weights, xor({ rows: 200, seed: 3 }), settings, [0.7, 0.7]);
  assert.equal(triedFor(early, undefined, { trials: 16 }).trainedOn?.rate, 1);
  assert.equal(triedFor(flatEnd(), "dead-inputs", { trials: 16 }).trainedOn?.solved, 0);
});

test("tryAll() says what it had no time for, and how long everything would take", () => {
  const { network } = networkSettings("test", { hidden: [80, 80], activation: "tanh" });
  const weights = initialWeights(network, { name: "glorotUniform" }, { name: "zeros" }, 1);
  const settings = trainSettings("test", { epochs: 100 });
  const ended = endedWith(network, weights, clouds({ rows: 500, seed: 1 }), settings, [0.7]);
  const found = triedFor(ended, "noise", { trials: undefined });
  assert.ok(found.untried.length > 0 && (found.tooLong ?? 0) > 2, `${found.tooLong}`);
  const about = { ended, facts: factsOf(ended), cause: "noise" } as const;
  const milliseconds = expectedMilliseconds(about, candidatesFor(about), { trials: 8, seed: 1 });
  assert.ok(Math.abs((found.tooLong ?? 0) - milliseconds / 1000) < 1, `${found.tooLong}`);
  const names = [...found.remedies, ...found.untried].map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});

test("tryAll() tells who looks on how far it is, and ends when told to", () => {
  const shares: number[] = [];
  triedFor(flatEnd(), undefined, {}, (share) => shares.push(share) > 0);
  assert.deepEqual(
    shares,
    [...shares].sort((a, b) => a - b),
  );
  assert.ok(shares[0] < 0.1 && (shares.at(-1) ?? 0) > 0.6 && (shares.at(-1) ?? 0) <= 1, `${shares.at(-1)}`);
  let looks = 0;
  const stopped = triedFor(flatEnd(), undefined, {}, () => ++looks < shares.length / 2);
  assert.equal(stopped.stopped, true);
  assert.ok(stopped.remedies.length > 0 && stopped.untried.length > 0);
  assert.equal(stopped.tooLong, undefined);
});
