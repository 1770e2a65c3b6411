import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { study } from "../../src/index.js";
import { readShard, trialRanges } from "../../src/study/shard.js";

test("trialRanges() gives every trial to one shard, and all shards the same number of trials but for one", () => {
  const cases = fc
    .record({ settings: fc.integer({ min: 1, max: 9 }), trials: fc.integer({ min: 1, max: 40 }) })
    .chain((size) =>
      fc
        .record({ of: fc.integer({ min: 1, max: size.settings * size.trials }) })
        .map((cut) => ({ ...size, ...cut })),
    );
  fc.assert(
    fc.property(cases, ({ settings, trials, of }) => {
      const owners = Array.from({ length: settings }, () => new Array<number>(trials).fill(0));
      const sizes = Array.from({ length: of }, (_, i) => {
        const ranges = trialRanges({ part: i + 1, of }, settings, trials);
        for (const [row, { first, count }] of ranges.entries())
          for (let t = first; t < first + count; t++) owners[row][t] += 1;
        return ranges.reduce((sum, { count }) => sum + count, 0);
      });
      assert.ok(owners.flat().every((count) => count === 1));
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
      assert.ok(Math.min(...sizes) > 0);
    }),
    { seed: 1 },
  );
});

test("trialRanges() is exact for very many trials", () => {
  const last = trialRanges({ part: 999_983, of: 999_983 }, 997, 100_000_000);
  assert.ok(last.every(({ first, count }) => first + count === 100_000_000));
});

test("a shard has trials of all settings", () => {
  const ranges = trialRanges({ part: 3, of: 8 }, 20, 2000);
  assert.ok(ranges.every(({ first, count }) => first === 500 && count === 250));
});

test("readShard() refuses what is no part, and more parts than trials", () => {
  const rule = 'study: shard must be "K/N", part K of N with 1 ≤ K ≤ N, such as "3/10"';
  for (const came of [
    "0/4",
    "5/4",
    "1/0",
    "3",
    "3/",
    "a/b",
    "-1/3",
    "1.5/3",
    " 1/3",
    "1/3/5",
    "",
    `1/${"9".repeat(16)}`,
  ])
    assert.throws(() => readShard("study", came, 100), {
      name: "RangeError",
      message: `${rule}, got ${JSON.stringify(came)}`,
    });
  for (const came of [3, null, [3, 10], { part: 3 }])
    assert.throws(() => readShard("study", came, 100), {
      name: "TypeError",
      message: `${rule}, got ${JSON.stringify(came)}`,
    });
  assert.throws(() => readShard("study", "1/101", 100), {
    name: "RangeError",
    message: 'study: shard must cut 100 trials into at most 100 parts, got "1/101"',
  });
  assert.deepEqual(readShard("study", "7/10", 100), { part: 7, of: 10 });
});

test("study() runs the trials of a shard, as the whole study runs them", async () => {
  const options = {
    hidden: [1, 2, 3],
    activation: "relu",
    trials: 7,
    rows: 40,
    epochs: 4,
    seed: 5,
    progress: false,
  } as const;
  const whole = await study(options);
  const part = await study({ ...options, shard: "2/3" });
  assert.deepEqual([whole.shard, part.shard, part.status], [undefined, "2/3", "completed"]);
  assert.deepEqual(
    part.rows.map(({ trials }) => trials),
    [2, 3, 2],
  );
  for (const [row, firsts] of [
    [3, 4],
    [2, 3, 4],
    [2, 3],
  ].entries())
    for (const t of firsts) assert.deepEqual(part.trial(row, t), whole.trial(row, t));
  assert.throws(() => part.trial(0, 2), {
    name: "RangeError",
    message: "trial: trial 2 of row 0 is not in shard 2/3, which has trials 3 to 4 of this row",
  });
  assert.deepEqual(part.dataOf(1), whole.dataOf(1));
  assert.equal((await part.replay(0, 0)).finalLoss, (await whole.replay(0, 0)).finalLoss);
  await assert.rejects(study({ ...options, shard: "4/3" }), /^RangeError: study: shard must be "K\/N"/);
  const some = await study({ ...options, shard: "1/21" });
  assert.throws(() => some.trial(1, 0), /is not in shard 1\/21, which has none of this row$/);
});
