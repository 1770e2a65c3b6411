import assert from "node:assert/strict";
import { test } from "node:test";
import {
  circles,
  type Dataset,
  dataset,
  explain,
  figures,
  iris,
  mlp,
  type NetworkOptions,
  parity,
  type TrainOptions,
  tf,
  train,
  truthTable,
} from "../../../src/index.js";
import { random } from "../../../src/numbers/random.js";
import { assertNear } from "../../support/numbers.js";

/** Trainings that do not learn, as a stranger may make them: every sentence must be true, and agree with every other. */

function ran(network: NetworkOptions, data: Dataset, options: TrainOptions) {
  const model = mlp({ inputs: data.features, outputs: data.outputs, seed: 1, ...network });
  return train(model, data, { progress: false, ...options });
}

async function facts(network: NetworkOptions, data: Dataset, options: TrainOptions) {
  return explain(await ran(network, data, options), { trials: 0 });
}

const xs = (count: number, from: number, to: number) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
const squared = { loss: "meanSquaredError" } as const;

test("explain() counts the clipped log loss as both engines report it, above 1 and below 0", async () => {
  const ones = { name: "constant", value: 1 } as const;
  for (const [data, seed, cost] of [
    [truthTable("and"), 1, /costs 15\.9 whatever/],
    [truthTable("and"), 3, /costs 16\.1 whatever/],
  ] as const)
    for (const engine of ["fused", "tfjs"] as const) {
      const run = await train(mlp({ hidden: 4, output: "linear", biasInitializer: ones, seed }), data, {
        ...{ epochs: 40, optimizer: "sgd", learningRate: 5, engine, progress: false },
      });
      const { cause, verdict, loss, text } = explain(run, { trials: 0 });
      assert.equal(cause, "wrong-loss", verdict);
      assert.match(verdict, cost);
      assertNear([loss.now], [run.finalLoss], 1e-4, engine);
      assert.match(text, /and so does the mean over the last epoch/);
    }
});

test("explain() counts the log loss of a saturated sigmoid as the engine does that trained it", async () => {
  const sgd = { epochs: 40, optimizer: "sgd", learningRate: 1000 } as const;
  for (const engine of ["fused", "tfjs"] as const)
    for (const seed of [1, 2, 3]) {
      const run = await ran({ hidden: 3, activation: "tanh", seed }, truthTable("xor"), { ...sgd, engine });
      const { loss, course } = explain(run, { trials: 0 });
      if (course?.range !== 0) continue; // else the weights still move
      assert.ok(run.finalLoss > 3, "wrong answers beyond the clip");
      assertNear([loss.now], [run.finalLoss], 1e-4, `${engine}, seed ${seed}`);
    }
});

test("explain() of targets of a millionth: steps miss them, whatever the loss does, and scaling helps", async () => {
  const waves = xs(40, -1, 1).map((x) => 1e-6 * (Math.sin(3 * x) + 2));
  const data = dataset(
    xs(40, -1, 1).map((x) => [x]),
    waves,
    { name: "currents" },
  );
  const network = { hidden: 8, activation: "tanh", output: "linear" } as const;
  for (const [optimizer, learningRate] of [
    ["rmsprop", 0.001],
    ["adam", 0.01],
  ] as const) {
    const found = explain(await ran(network, data, { ...squared, epochs: 200, optimizer, learningRate }), {
      progress: false,
    });
    assert.equal(found.cause, "target-scale", found.verdict);
    assert.match(found.verdict, /an update moves an answer by about 0\.0\d+, \d+ times that deviation;/);
    assert.ok(found.misfit?.what === "near" && found.misfit.now > 1000 && found.misfit.scaled < 0.1);
    assert.match(found.remedies[0].name, /^inputs and targets scaled/);
    assert.ok(found.remedies[0].interval[0] > 0.5, found.text);
  }
  const slow = explain(
    await ran(network, data, { ...squared, epochs: 200, optimizer: "sgd", learningRate: 0.1 }),
    {
      trials: 0,
    },
  );
  assert.equal(
    slow.cause,
    "target-scale",
    "the loss falls, but is far above that of the best constant answer",
  );
  assert.match(
    slow.text,
    /the answers of the initial weights are off by 0\.\d+ \(root mean square\), \d+ times that/,
  );
});

/** What the rows' gradients have in common, against what differs from batch to batch: as a share, by hand. */
function commonShare(ratio: number, batch: number, rows: number): number {
  return ratio / (Math.sqrt((1 - ratio ** 2) / batch) * Math.sqrt(1 - batch / rows));
}

test("explain() of a loss that jumps since batches differ does not blame the steps", async () => {
  const [batchSize, rows] = [1, 16];
  let found = 0;
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
    const { course, cause, gradient, verdict } = await facts(
      { hidden: 5, activation: "tanh", seed },
      parity({ bits: 4 }),
      {
        ...{ epochs: 150, batchSize, seed, optimizer: "adam", learningRate: 0.1 },
      },
    );
    if (course?.word !== "oscillating" || !gradient) continue;
    const share = commonShare(gradient.ratio, batchSize, rows);
    if (share < 1) assert.doesNotMatch(verdict, /as happens where steps are too large/);
    if (cause !== "noise") continue;
    found += 1;
    assert.ok(share < 1);
    assert.match(verdict, new RegExp(`the part common to all rows is only ${Math.round(100 * share)} %`));
  }
  assert.ok(found > 0, "one of ten is such a run");
});

const HELPS = /^inputs scaled to mean 0 and deviation 1, \d+ times as many epochs/m;

test("explain() of iris with Adam tries scaled inputs together with many more epochs, which helps", async () => {
  let helped = "";
  for (const [hidden, epochs, seed] of [
    [4, 60, 2],
    [8, 60, 2],
    [8, 90, 3],
  ] as const) {
    const run = await ran({ hidden, activation: "tanh", output: "softmax", seed }, iris(), {
      ...{ epochs, seed, optimizer: "adam", learningRate: 0.01, loss: "categoricalCrossentropy" },
    });
    if (run.solved) continue;
    const { verdict, remedies } = explain(run, { progress: false, ...(HELPS.test(helped) && { trials: 0 }) });
    assert.doesNotMatch(verdict, /as happens where steps are too large/);
    for (const { rate, name } of remedies) if (rate > 0.5) helped += `${name}\n`;
  }
  assert.match(helped, HELPS);
});

/** A model of one hidden layer and a sigmoid output, whatever TensorFlow.js has for units. */
function modelOf(activation: "selu" | "hardSigmoid", output: "sigmoid" | "hardSigmoid" = "sigmoid") {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 3, activation, kernelInitializer, inputShape: [2] }));
  model.add(tf.layers.dense({ units: 1, activation: output, kernelInitializer }));
  return model;
}

test("explain() of units that only TensorFlow.js knows tries others, and says so; else it says why nothing is tried", async () => {
  const short = { epochs: 20, progress: false } as const;
  for (const activation of ["selu", "hardSigmoid"] as const) {
    const run = await train(modelOf(activation), truthTable("xor"), short);
    const { text, remedies, trainedOn, untriable } = explain(run, { progress: false });
    assert.match(
      text,
      /What was tried has other units than this model: only TensorFlow\.js can train it as it is/,
    );
    assert.deepEqual([trainedOn, untriable], [undefined, false]);
    assert.ok(remedies.length >= 5, text);
    for (const { from, name, write } of remedies) {
      assert.equal(from, "new weights");
      assert.match(name, /^(tanh|leaky ReLU) units/);
      assert.match(write, /activation: "(tanh|leakyRelu)"/);
    }
    assert.ok(remedies[0].solved > 0, text);
  }
  const run = await train(modelOf("selu", "hardSigmoid"), truthTable("xor"), short);
  const [tried, facts] = [explain(run, { progress: false }), explain(run, { trials: 0 })];
  assert.match(tried.text, /Nothing was tried: only TensorFlow\.js can train this model/);
  assert.deepEqual([tried.untriable, facts.untriable, tried.remedies], [true, false, []]);
  assert.doesNotMatch(facts.text, /tried/);
});

const BITS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

test("explain() counts clipped rows as all others, each as often as it is there", async () => {
  const twice = dataset([...BITS, [1, 1]], [0, 0, 0, 1, 1], { name: "twice" });
  const { text } = await facts({ hidden: 4, output: "linear" }, twice, {
    ...{ epochs: 60, optimizer: "sgd", learningRate: 5, batchSize: 5 },
  });
  assert.match(text, /on (\d of|all) 5 rows they lie beyond 0 or 1/);
});

test("explain() of targets that are all the same, and beyond the output", async () => {
  const one = dataset([[0.3, 0.7]], [5], { name: "one" });
  const { verdict, text } = await facts({}, one, { ...squared, epochs: 20 });
  assert.match(
    verdict,
    /a sigmoid output answers between 0 and 1, while every target is 5, so that R² can be 0\.360/,
  );
  assert.match(
    text,
    /R² is 0\.\d+ \(against answers of 0, since all targets are alike\), and 0\.99 was asked for/,
  );
});

test("explain() does not blame the output's range for a loss that no answers can have", async () => {
  const soft = dataset(
    xs(20, 0, 1).map((x) => [x]),
    xs(20, 0.1, 0.9),
    { name: "soft" },
  );
  const { cause, verdict } = await facts({ hidden: 3 }, soft, { epochs: 50, solvedLoss: 0.2 });
  assert.equal(cause, "too-little-training");
  assert.match(
    verdict,
    /No answers can have a loss below 0\.5645: with these targets even exact answers cost that/,
  );
  assert.doesNotMatch(verdict, /sigmoid output/);
});

test("explain() writes growth and bends that are next to nothing as such", async () => {
  const still = await facts({ hidden: 3, activation: "tanh" }, truthTable("xor"), {
    ...{ epochs: 200, optimizer: "sgd", learningRate: 1e-5 },
  });
  assert.match(still.verdict, /a small deviation barely grows in that many/);
  const kernelInitializer = { name: "randomNormal", stddev: 1e-4 } as const;
  const small = await facts({ hidden: 4, activation: "tanh", kernelInitializer }, truthTable("xor"), {
    ...{ epochs: 50, optimizer: "sgd", learningRate: 0.1 },
  });
  assert.match(
    small.verdict,
    /the slope of no hidden unit differs from row to row by more than 0\.001 %: all are/,
  );
});

test("explain() of inputs and targets that are both far away names the targets, out of the updates' reach", async () => {
  const areas = xs(40, 40, 190);
  const homes = dataset(
    areas.map((area) => [area]),
    areas.map((area) => 50_000 + 2500 * area),
    { name: "homes" },
  );
  const found = await facts({ hidden: 8, activation: "relu", output: "linear" }, homes, {
    ...squared,
    epochs: 50,
  });
  assert.deepEqual([found.cause, found.misfit?.what], ["target-scale", "far"], found.verdict);
});

test('explain() and figures put names such as "or" in quotes', async () => {
  const run = await ran({ output: "softmax" }, truthTable("or"), { epochs: 20 });
  assert.match(explain(run, { trials: 0 }).verdict, /cannot solve "or": a softmax over a single unit/);
  assert.match(
    JSON.stringify(figures.loss(run).layout.title).replaceAll("<br>", " "),
    /solve &#34;or&#34;: its loss/,
  );
});

test("explain() says what follows from a network without biases, where that is no proof", async () => {
  const rings = circles({ rows: 60, seed: 1 });
  const quick = { epochs: 60, optimizer: "adam", learningRate: 0.02 } as const;
  for (const [activation, says] of [
    [
      "tanh",
      /It has no biases, so that its answers to opposite inputs, x and −x, never lie on the same side of ½\./,
    ],
    [
      "relu",
      /It has no biases, so that its answers to inputs in one direction from zero never lie on different sides/,
    ],
    ["elu", /It has no biases\./],
  ] as const) {
    const run = await ran({ hidden: 4, activation, useBias: false }, rings, quick);
    assert.equal(run.ending, "unsolved", String(run));
    assert.match(explain(run, { trials: 0 }).text, says);
    for (const [x, y] of xs(9, 0.1, 2).map((size, i) => [size * Math.cos(i), size * Math.sin(i)])) {
      const [here, there, farther] = run.predict([
        [x, y],
        [-x, -y],
        [3 * x, 3 * y],
      ]);
      if (activation === "tanh") assert.ok((here - 0.5) * (there - 0.5) <= 0);
      if (activation === "relu") assert.ok((here - 0.5) * (farther - 0.5) >= 0);
    }
  }
});

test("explain() blames a penalty that holds the weights, not steps that were large at first", async () => {
  const run = await ran({ hidden: 3, activation: "elu", kernelRegularizer: { l2: 1 } }, truthTable("xor"), {
    ...{ epochs: 200, optimizer: "adagrad", learningRate: 10 },
  });
  const { cause, steps, gradient, verdict } = explain(run, { trials: 0 });
  assert.deepEqual([cause, steps?.large], ["regularized", true], verdict);
  const { startSize, endSize } = steps as { startSize: number; endSize: number };
  assert.ok(endSize < 0.25 * startSize || (gradient?.norm ?? 1) < 0.1 * (gradient?.dataNorm ?? 0));
});

test("explain() does not name a column that is the same in all rows for what differs too little", async () => {
  const band = dataset(
    xs(30, 0, 1).map((x) => [x, 7]),
    xs(30, 0, 1).map((x) => Number(Math.abs(x - 0.5) < 0.25)),
    { name: "band" },
  );
  for (const seed of [3, 5, 48]) {
    const { misfit, text } = await facts({ hidden: 3, activation: "relu", seed }, band, { epochs: 120 });
    assert.notEqual(misfit?.what, "small", text);
  }
});

test("explain() says of changes of another model once what all of them need", async () => {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 2 });
  for (const activation of ["relu", "selu"] as const) {
    const model = tf.sequential();
    model.add(tf.layers.dense({ units: 4, activation, kernelInitializer, inputShape: [2] }));
    model.add(tf.layers.dropout({ rate: 0.5 }));
    model.add(tf.layers.dense({ units: 1, activation: "sigmoid", kernelInitializer }));
    const run = await train(model, truthTable("xor"), { epochs: 25, progress: false });
    const { remedies } = explain(run, { progress: false });
    assert.ok(remedies.some(({ name }) => /Adam/.test(name)) && remedies.length > 5);
    for (const { name, write } of remedies) {
      assert.match(name, activation === "relu" ? /^no dropout\b/ : /^no dropout, (tanh|leaky ReLU) units\b/);
      assert.equal(name.match(/no dropout/g)?.length, 1, name);
      assert.ok((name.match(/tanh units/g)?.length ?? 0) <= 1, name);
      assert.match(write, /the model without its dropout layers/);
    }
  }
});

test("explain() of a model trained elsewhere says of its gradient only what that is", async () => {
  const sizes = new Set<string>();
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const run = await ran({ hidden: 3, output: "softmax", seed }, iris(), {
      ...{ epochs: 5 * seed, loss: "categoricalCrossentropy" },
    });
    const { cause, gradient, verdict } = explain(run.model, iris(), { trials: 0 });
    if (cause !== "unfinished") continue;
    sizes.add(gradient?.size ?? "");
    assert.match(
      verdict,
      gradient?.size === "small"
        ? /The rows' gradients nearly cancel out \(their mean is \d[\d.]* % as long as a single row's\), but not altogether/
        : /The gradient is not small, so that training on would lower the loss\./,
    );
  }
  assert.ok(sizes.has("small") || sizes.has("not small"), [...sizes].join());
});

test("explain() of dead units does not say how many updates their answers are away, nor of chance that scaling is at fault", async () => {
  const data = dataset(
    xs(20, 0, 1).map((x) => [x]),
    xs(20, 100, 300),
    { name: "dead" },
  );
  const weights = [
    { kernel: [[1, 2]], bias: [-9, -9] },
    { kernel: [[1], [1]], bias: [0] },
  ];
  const options = { ...squared, epochs: 40, optimizer: "adam" } as const;
  const model = mlp({ inputs: 1, hidden: 2, activation: "relu", output: "linear", weights });
  const dead = explain(await train(model, data, { ...options, progress: false }), { trials: 0 });
  assert.equal(dead.cause, "dead-units", dead.text);
  assert.doesNotMatch(dead.text, /that takes/);
  const source = random(1, "chance");
  const prices = dataset(
    xs(200, 0, 199).map(() => [100 + 10 * source.normal(), 100 + 10 * source.normal()]),
    xs(200, 0, 199).map(() => Number(source.uniform() < 0.5)),
    { name: "chance" },
  );
  const guess = await facts({ hidden: 8, activation: "relu" }, prices, { epochs: 100, optimizer: "adam" });
  assert.equal(guess.cause, "overlapping-classes", guess.text);
});
