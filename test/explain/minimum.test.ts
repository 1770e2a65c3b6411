import assert from "node:assert/strict";
import { test } from "node:test";
import { circles } from "../../src/data/playground.js";
import { causeOf } from "../../src/explain/cause.js";
import { factsOf } from "../../src/explain/facts/facts.js";
import { networkSettings } from "../../src/settings/network.js";
import { trainSettings } from "../../src/settings/training.js";
import { endedTogether, lanesFrom } from "../support/endings.js";

const LEVEL = Array<number>(40).fill(0.5);

test("explain() says of no loss that still falls, or rises, that it is at a minimum", () => {
  const { network } = networkSettings("test", { hidden: 2, activation: "tanh" });
  const settings = trainSettings("test", { epochs: 300, optimizer: { name: "adam", learningRate: 0.03 } });
  const runs = endedTogether(
    network,
    settings,
    lanesFrom(network, (seed) => circles({ rows: 80, seed }), 1),
  );
  const causes = (losses: readonly number[]) =>
    runs.map((run) => ({ ...run, losses })).map((ended) => causeOf(ended, factsOf(ended)));
  const falling = Array.from({ length: 40 }, (_, i) => 0.5 - i / 2000);
  const rising = Array.from({ length: 40 }, (_, i) => 0.5 + i / 200);
  const [flat, later, higher] = [LEVEL, falling, rising].map(causes);
  const still = flat.flatMap((cause, i) => (cause === "cancelled-gradients" ? [i] : []));
  assert.ok(still.length > 0, flat.join());
  for (const i of still) assert.deepEqual([later[i], higher[i]], ["plateau", "too-large-steps"]);
});
