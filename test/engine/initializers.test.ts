import assert from "node:assert/strict";
import { test } from "node:test";
import { type InitializerSettings, initialWeights } from "../../src/engine/initializers.js";
import { layerPlaces, type Network } from "../../src/engine/network.js";
import type { InitializerOption } from "../../src/settings/optimizers.js";
import { initializerSettings } from "../../src/settings/optimizers.js";
import { moments } from "../support/numbers.js";

const FAN_IN = 60;
const FAN_OUT = 240;
/** One wide hidden layer, so that its kernel is a large sample. */
const WIDE: Network = {
  inputs: FAN_IN,
  layers: [
    { units: FAN_OUT, activation: "relu" },
    { units: 1, activation: "sigmoid" },
  ],
};
const settings = (option: InitializerOption): InitializerSettings =>
  initializerSettings("test", "kernelInitializer", option);

/** The wide layer's kernel and the biases under initializers. */
function drawn(kernel: InitializerOption, bias: InitializerOption = "zeros", seed = 1) {
  const [wide, output] = layerPlaces(WIDE);
  const weights = initialWeights(WIDE, settings(kernel), settings(bias), seed);
  return {
    kernel: weights.subarray(wide.kernel, wide.bias),
    bias: weights.subarray(wide.bias, output.kernel),
  };
}

function assertMoments(
  sample: Float32Array,
  mean: number,
  variance: number,
  excess: number,
  name: string,
): void {
  const found = moments(sample);
  const n = sample.length;
  assert.ok(Math.abs(found.mean - mean) < 4 * Math.sqrt(variance / n), `${name}: mean ${found.mean}`);
  const spread = 4 * variance * Math.sqrt((2 + excess) / n); // of a sample's variance
  assert.ok(
    Math.abs(found.variance - variance) < spread,
    `${name}: variance ${found.variance}, not ${variance}`,
  );
}

test("the uniform initializers stay within Keras's limits and fill them", () => {
  const limits = {
    glorotUniform: Math.sqrt(6 / (FAN_IN + FAN_OUT)),
    heUniform: Math.sqrt(6 / FAN_IN),
    lecunUniform: Math.sqrt(3 / FAN_IN),
  };
  for (const [name, limit] of Object.entries(limits)) {
    const { kernel } = drawn(name as keyof typeof limits);
    const largest = Math.max(...kernel.map(Math.abs));
    assert.ok(largest <= limit && largest > 0.999 * limit, `${name}: ${largest} of ${limit}`);
    assertMoments(kernel, 0, limit ** 2 / 3, 0, name);
  }
});

test("the normal initializers have the variances of Glorot, He and LeCun, cut at two deviations", () => {
  const variances = {
    glorotNormal: 2 / (FAN_IN + FAN_OUT),
    heNormal: 2 / FAN_IN,
    lecunNormal: 1 / FAN_IN,
  };
  // A standard normal cut at ±2 has variance 1 − 4φ(2)/(2Φ(2) − 1) = 0.7737; Keras divides its root, 0.8796, out.
  const cut = 0.8796256610342398;
  for (const [name, variance] of Object.entries(variances)) {
    const { kernel } = drawn(name as keyof typeof variances);
    const limit = (2 * Math.sqrt(variance)) / cut;
    const largest = Math.max(...kernel.map(Math.abs));
    assert.ok(largest <= limit * (1 + 1e-7) && largest > 0.99 * limit, `${name}: ${largest} of ${limit}`);
    assertMoments(kernel, 0, variance, 0, name);
  }
});

test("the plain distributions have the numbers they are given", () => {
  assertMoments(drawn("randomUniform").kernel, 0, 0.1 ** 2 / 12, 0, "randomUniform");
  assertMoments(
    drawn({ name: "randomUniform", minval: 1, maxval: 3 }).kernel,
    2,
    1 / 3,
    0,
    "uniform in [1, 3)",
  );
  assertMoments(drawn("randomNormal").kernel, 0, 0.05 ** 2, 0, "randomNormal");
  assertMoments(drawn({ name: "randomNormal", mean: 5, stddev: 2 }).kernel, 5, 4, 0, "normal");
  const { kernel } = drawn({ name: "truncatedNormal", mean: 5, stddev: 2 });
  assertMoments(kernel, 5, 4 * 0.8796256610342398 ** 2, 0, "truncatedNormal"); // Keras leaves this one cut
  assert.ok(kernel.every((w) => Math.abs(w - 5) <= 4));
});

test("constant, zeros and ones are what they say", () => {
  assert.ok(drawn({ name: "constant", value: 0.25 }).kernel.every((w) => w === 0.25));
  assert.ok(drawn("zeros").kernel.every((w) => w === 0));
  assert.ok(drawn("ones").kernel.every((w) => w === 1));
});

test("biases have an initializer of their own, with the layer's units as fan in and fan out", () => {
  assert.ok(drawn("ones").bias.every((b) => b === 0));
  const { kernel, bias } = drawn("zeros", "glorotUniform");
  assert.ok(kernel.every((w) => w === 0));
  const limit = Math.sqrt(6 / (FAN_OUT + FAN_OUT));
  const largest = Math.max(...bias.map(Math.abs));
  assert.ok(largest <= limit && largest > 0.9 * limit, `${largest} of ${limit}`);
});

test("initialWeights() repeats for one seed, differs for another, and draws layer by layer", () => {
  const draw = (seed: number, network = WIDE) =>
    initialWeights(network, settings("glorotUniform"), settings("zeros"), seed);
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
  const other = draw(2);
  const correlated = moments(draw(1).map((w, i) => w * other[i])).mean;
  assert.ok(Math.abs(correlated) < 1e-4, `seeds 1 and 2 correlate: ${correlated}`);
});
