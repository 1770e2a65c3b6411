import assert from "node:assert/strict";
import { test } from "node:test";
import { compileMilliseconds, trialsMilliseconds, wholeGroups } from "../../src/engine/cost.js";
import type { Network } from "../../src/engine/network.js";
import { type TrainOptions, trainSettings } from "../../src/settings/training.js";
import { assertNear } from "../support/numbers.js";

interface Shape extends TrainOptions {
  readonly units?: number;
  readonly activation?: "relu" | "tanh";
  readonly outputs?: number;
  readonly rows?: number;
  readonly looked?: number;
}

function networkOf({ units = 4, activation = "relu", outputs = 1 }: Shape): Network {
  const layers = [{ units, activation } as const, { units: outputs, activation: "sigmoid" } as const];
  return { inputs: 2, layers };
}

function rough(shape: Shape, trials = 8): number {
  const { units, activation, outputs, rows = 80, looked = 1, ...options } = shape;
  const settings = trainSettings("test", { epochs: 100, ...options });
  const network = networkOf(shape);
  return trialsMilliseconds({ ...settings, network, rows }, trials, trials * settings.epochs * looked);
}

test("trialsMilliseconds() knows what makes trials long: rows, epochs, weights, exponentials, steps, outputs, judging", () => {
  const usual = rough({});
  for (const longer of [
    ...[{ units: 8 }, { activation: "tanh" }, { batchSize: 1 }, { epochs: 120 }, { rows: 100 }],
    ...[{ outputs: 3 }, { looked: 20 }],
  ] as const)
    assert.ok(rough(longer) > 1.1 * usual, Object.keys(longer).join());
  assert.ok(rough({ optimizer: "sgd" }) < usual);
  assertNear(
    [rough({ epochs: 300 }) - rough({ epochs: 200 })],
    [rough({ epochs: 200 }) - usual],
    1e-9,
    "epochs",
  );
});

test("trialsMilliseconds() of four trials is less than of five, which train as long as eight", () => {
  assert.ok(rough({}, 4) < 0.7 * rough({}, 5));
  assert.ok(rough({}, 5) > 0.8 * rough({}, 8));
  assert.ok(rough({}, 9) > 1.5 * rough({}, 8));
  assert.deepEqual([1, 8, 9, 24].map(wholeGroups), [8, 8, 16, 24]);
});

test("compileMilliseconds() grows with the weights of networks that are written out in full", () => {
  const [small, medium, large] = [2, 16, 200].map((units) => compileMilliseconds(networkOf({ units }), 8));
  assert.ok(medium > 2 * small && large < medium, `${small}, ${medium}, ${large}`);
});
