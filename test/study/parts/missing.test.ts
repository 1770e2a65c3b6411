import assert from "node:assert/strict";
import { test } from "node:test";
import { makeOutcomes } from "../../../src/study/outcomes.js";
import { missingShards, type PartRead } from "../../../src/study/parts/missing.js";
import { shardText, trialRanges } from "../../../src/study/shard.js";

/** What is missing of 2 settings × 60 trials, where of each shard a share is there. */
function missingOf(present: Readonly<Record<string, number>>): string[] {
  const outcomes = [makeOutcomes(60), makeOutcomes(60)];
  const parts = Object.entries(present).map(([text, share]): PartRead => {
    const [part, of] = text.split("/").map(Number);
    let ended = 0;
    for (const [row, { first, count }] of trialRanges({ part, of }, 2, 60).entries()) {
      outcomes[row].status.fill(1, first, first + Math.round(share * count));
      ended += Math.round(share * count);
    }
    return { name: text, shard: { part, of }, ended, command: undefined };
  });
  return missingShards(parts, outcomes, 60).map(
    ({ shard, begun, trials }) => `${shardText(shard)}${begun ? " begun" : ""}: ${trials}`,
  );
}

test("missingShards() names the shards that were not run, and those that were begun", () => {
  assert.deepEqual(missingOf({ "1/4": 1, "2/4": 1, "3/4": 1, "4/4": 1 }), []);
  assert.deepEqual(missingOf({ "1/4": 1, "4/4": 1 }), ["2/4: 30", "3/4: 30"]);
  assert.deepEqual(missingOf({ "1/4": 1, "2/4": 0.5, "3/4": 0 }), [
    "2/4 begun: 14",
    "3/4 begun: 30",
    "4/4: 30",
  ]);
});

test("missingShards() names just what is missing where the cuts differ", () => {
  assert.deepEqual(missingOf({ "1/4": 1, "1/2": 1 }), ["2/2: 60"]);
  assert.deepEqual(missingOf({ "1/4": 1, "2/2": 1 }), ["2/4: 30"]);
  assert.deepEqual(missingOf({ "1/3": 1, "2/2": 1 }), ["3/6: 20"]);
  assert.deepEqual(missingOf({ "1/4": 1, "1/2": 0.75 }), ["1/2 begun: 14", "2/2: 60"]);
  assert.deepEqual(missingOf({ "1/4": 1, "1/2": 0.25 }), ["2/4: 30", "2/2: 60"]);
});
