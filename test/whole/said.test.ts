import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { study } from "../../src/index.js";
import { CHECKOUT } from "../support/checkout.js";
import { RUNS, saidOf, saidOfStudy } from "../support/describedRuns.js";

// Needs: more than ten seconds

/**
 * Every sentence that the library says of a dozen runs and two studies is kept in a fixture: who changes a word, a digit or a
 * test of verdict/ sees here what changes for readers. `SAID=write npm test -- whole/said` writes the fixture anew.
 */
const FIXTURE = join(CHECKOUT, "test", "fixtures", "said.json");
const WRITE = process.env.SAID === "write";

type Said = Record<string, Record<string, string | readonly string[]>>;
const kept: Said = WRITE ? {} : JSON.parse(readFileSync(FIXTURE, "utf8"));
const said: Said = {};

for (const [name, run] of Object.entries(RUNS))
  test(`what is said of ${name} is as it was`, async () => {
    said[name] = saidOf(await run());
    if (!WRITE) assert.deepEqual(said[name], kept[name]);
  });

test("what is said of two studies is as it was", async () => {
  const widths = await study({
    ...{ hidden: [1, 2, 5], activation: ["sigmoid", "relu"], trials: 40, rows: 400, epochs: 80, seed: 3 },
    progress: false,
  });
  const rates = await study({
    ...{
      data: "clouds",
      rows: 60,
      hidden: 3,
      activation: "tanh",
      optimizer: "adam",
      learningRate: [0.001, 0.1],
    },
    ...{ trials: 20, epochs: 40, seed: 3, progress: false },
  });
  said["a study of widths"] = saidOfStudy(widths);
  said["a study of learning rates"] = saidOfStudy(rates);
  if (WRITE) writeFileSync(FIXTURE, `${JSON.stringify(said, null, 1)}\n`);
  else
    for (const name of ["a study of widths", "a study of learning rates"])
      assert.deepEqual(said[name], kept[name]);
});
