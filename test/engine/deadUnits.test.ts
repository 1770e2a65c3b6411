// Needs: a quiet machine
import assert from "node:assert/strict";
import { test } from "node:test";
import { study } from "../../src/index.js";

/** Processor milliseconds of a few trials. */
async function milliseconds(
  activation: "relu" | "leakyRelu",
  optimizer: "rmsprop" | "adam",
): Promise<number> {
  const before = process.cpuUsage();
  await study({ hidden: 4, activation, optimizer, trials: 32, workers: 1, seed: 1, progress: false });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

for (const optimizer of ["rmsprop", "adam"] as const)
  test(`units that die, as only ReLUs do, make training no slower: ${optimizer}`, async () => {
    const ratios: number[] = [];
    for (let i = 0; i < 9; i++)
      ratios.push((await milliseconds("relu", optimizer)) / (await milliseconds("leakyRelu", optimizer)));
    ratios.sort((a, b) => a - b);
    assert.ok(ratios[4] < 1.3, ratios.map((ratio) => ratio.toFixed(2)).join(", "));
  });
