import assert from "node:assert/strict";
import { test } from "node:test";
import { truthTable } from "../../src/data/gates.js";
import type { Activation } from "../../src/engine/functions.js";
import { flatOf, layerCourses } from "../../src/engine/layerValues.js";
import type { Network } from "../../src/engine/network.js";
import { statesOf, type UnitState } from "../../src/explain/facts/units.js";
import { trained } from "../support/figureCases.js";

const TABLE = truthTable("xor"); // (0,0) (0,1) (1,0) (1,1)

/** One hidden layer of units given as [from x₁, from x₂, bias]; what the output does is of no matter here. */
function states(activation: Activation, units: readonly (readonly number[])[]): readonly UnitState[] {
  const network: Network = {
    inputs: 2,
    layers: [
      { units: units.length, activation },
      { units: 1, activation: "sigmoid" },
    ],
  };
  const kernel = [0, 1].flatMap((input) => units.map((unit) => unit[input]));
  const weights = [...kernel, ...units.map((unit) => unit[2]), ...units.map(() => 1), 0];
  return statesOf(layerCourses(network, weights, TABLE.inputs))[0];
}

const facts = ({ on, dead, saturated, constant, linear, duplicateOf }: UnitState) => ({
  on: on.map(Number).join(""),
  is: Object.entries({ dead, saturated, constant, linear })
    .filter(([, holds]) => holds)
    .map(([name]) => name)
    .join(" "),
  duplicateOf,
});

test("statesOf() tells dead, constant, linear and nonlinear ReLU units", () => {
  const found = states("relu", [
    [1, 1, -0.5], // on for all but (0,0)
    [-1, -1, -0.1], // off everywhere
    [1, 2, 0.5], // on everywhere
    [0, 0, 3], // a bias in disguise
    [1, 1, 0], // (0,0) is exactly on the kink: off, and its slope there 0
  ]).map(facts);
  assert.deepEqual(found, [
    { on: "0111", is: "", duplicateOf: undefined },
    { on: "0000", is: "dead constant", duplicateOf: undefined },
    { on: "1111", is: "linear", duplicateOf: undefined },
    { on: "1111", is: "constant linear", duplicateOf: undefined },
    { on: "0111", is: "", duplicateOf: undefined },
  ]);
});

test("statesOf() finds units that are copies of others on these rows", () => {
  const found = states("relu", [
    [1, 1, -1], // 0 0 0 1
    [2, 2, -2], // the same direction
    [3, 1, -3], // other weights, the same on the four rows: 0 0 0 1
    [1, 1, 0], // 0 1 1 2
    [-1, -1, 2], // 2 1 1 0: the same turned round
    [1, -1, 0], // 0 0 1 0
  ]);
  assert.deepEqual(
    found.map((state) => state.duplicateOf),
    [undefined, 0, 0, undefined, 3, undefined],
  );
});

test("statesOf() calls a leaky unit that is off everywhere linear, not dead", () => {
  assert.deepEqual(states("leakyRelu", [[-1, -2, -1]]).map(facts), [
    { on: "0000", is: "linear", duplicateOf: undefined },
  ]);
});

test("statesOf() finds saturated sigmoid and tanh units", () => {
  const found = states("sigmoid", [
    [1, 1, -1],
    [1, 1, 9], // slope below e⁻⁹ everywhere
    [12, 12, -6], // saturated on each side, yet not the same value: on nowhere
    [12, 12, -12], // not saturated on (0,1) and (1,0)
  ]).map(facts);
  assert.deepEqual(
    found.map(({ on, is }) => `${on} ${is}`),
    ["1111 ", "0000 saturated", "0000 saturated", "0110 "],
  );
  assert.equal(facts(states("tanh", [[0, 0, 20]])[0]).is, "dead saturated constant"); // tanh 20 rounds to 1
});

test("statesOf() of a deep network has a list for each hidden layer and reads a run's weights", async () => {
  const run = await trained({ hidden: [4, 2], activation: "tanh", seed: 3 }, TABLE, { epochs: 1 });
  assert.ok(run.network);
  const found = statesOf(layerCourses(run.network, flatOf(run.weights()), TABLE.inputs));
  assert.deepEqual(
    found.map((layer) => layer.map(({ layer, unit }) => `${layer}.${unit}`).join(" ")),
    ["0.0 0.1 0.2 0.3", "1.0 1.1"],
  );
  assert.ok(found.flat().every((state) => state.on.length === 4 && state.onRows <= 4));
});
