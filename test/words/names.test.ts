import assert from "node:assert/strict";
import { test } from "node:test";
import {
  differing,
  floorName,
  inCommon,
  inputsText,
  lossUnit,
  networkName,
  networkSubject,
  outputText,
  said,
  unitsText,
} from "../../src/words/names.js";

test("floorName() says how many inputs share an answer, and what always answering one half costs", () => {
  const floor = (loss: number, inputs: number, constant = false) => floorName({ loss, inputs, constant });
  assert.equal(floor(0.4774, 3), "3 inputs, 1 answer");
  assert.equal(floor(Math.LN2, 4), "4 inputs, 1 answer", "two pairs of eight rows cost as much");
  assert.equal(floor(0.5623, 4, true), "constant answer");
  assert.equal(floor(Math.LN2, 4, true), "constant answer, ln 2");
});

test("differing() and inCommon() compare whole names, said() writes short ones", () => {
  const long = ["x", "y"].map((end) => ({ data: `${"a".repeat(200)}${end}`, rows: 100, epochs: 1 }));
  assert.deepEqual(differing(long), ["data"]);
  assert.deepEqual(inCommon(long, ["data", "rows", "epochs"]), ["100 rows", "1 epoch"]);
  assert.equal(said("data", long[0]).length, 120);
  assert.equal(said("data", { data: "" }), "data without a name");
});

test("networks are named by their hidden units, alone and in sentences", () => {
  const layers = (...all: [number, string][]) => ({
    layers: [...all, [1, "sigmoid"] as const].map(([units, activation]) => ({ units, activation })),
  });
  assert.equal(networkName(layers([1, "relu"])), "1 ReLU unit");
  assert.equal(networkName(layers([4, "elu"], [2, "elu"])), "4 and 2 ELU units");
  assert.equal(networkName(layers([4, "relu"], [1, "tanh"])), "4 ReLU and 1 tanh unit");
  assert.deepEqual([networkName(layers()), networkName(undefined)], ["no hidden layer", "model"]);
  assert.equal(networkSubject(layers([2, "relu"])), "The network of 2 ReLU units");
  assert.equal(networkSubject(layers(), "within"), "the network without hidden layers");
  assert.equal(networkSubject(layers([2, "relu"]), "beside"), "the one of 2 ReLU units");
  assert.deepEqual(
    [networkSubject(undefined), networkSubject(undefined, "beside")],
    ["The model", "the model"],
  );
  assert.equal(unitsText("", [4, 2]), "4 and 2 units");
});

test("inputsText() leaves out of many inputs all but the first", () => {
  assert.equal(inputsText([0, 0.25, 1, 0, 1, 0, 1, 0]), "(0, 0.25, 1, 0, 1, 0, 1, 0)");
  assert.equal(inputsText(Array(64).fill(0.5)), "(0.5, 0.5, 0.5, 0.5, …)");
});

test("outputText() has the article, said() a learning rate in few digits", () => {
  assert.deepEqual(["elu", "relu", "sigmoid"].map(outputText), [
    "an ELU output",
    "a ReLU output",
    "a sigmoid output",
  ]);
  assert.equal(said("learningRate", { learningRate: 1e20 }), "rate 1e+20");
});

test("said() tells how biases start", () => {
  const starts = ["zeros", { name: "constant", value: 0.1 }, { name: "randomNormal", stddev: 1 }] as const;
  assert.deepEqual(
    starts.map((biasInitializer) => said("biasInitializer", { biasInitializer })),
    ["initial biases of 0", "initial biases of 0.1", "initial biases randomNormal (stddev 1)"],
  );
});

test("lossUnit() says in what a loss is counted, in less room more briefly", () => {
  const units = (loss: string) => [lossUnit(loss), lossUnit(loss, "briefUnit")];
  assert.deepEqual(units("meanSquaredError"), ["mean squared error", "squared error"]);
  assert.deepEqual(units("meanAbsoluteError"), ["mean absolute error", "absolute error"]);
  assert.deepEqual(units("binaryCrossentropy"), ["nats", "nats"]);
});
