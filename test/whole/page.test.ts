import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type { StudyOptions } from "../../src/index.js";
import * as onNode from "../../src/index.js";
import { noChromium, openBrowser } from "../support/chromium.js";
import { type Library, openWorker, type PageWorker } from "../support/pageWorker.js";

/** The whole library in a Web Worker of a page that may ask nobody for anything: as in an exported page. */

let browser: Browser | undefined;
let worker: PageWorker;

const whole = { skip: noChromium(), timeout: 120_000 }; // milliseconds; a hang is told, not waited for

before(async () => {
  if (whole.skip) return;
  browser = await openBrowser();
  worker = await openWorker(browser);
});

after(() => browser?.close());

/** What a function makes on Node and in the page, as JSON. */
async function both<Given, Result>(
  code: (xorlab: Library, given: Given) => Promise<Result>,
  given: Given,
): Promise<readonly [inPage: Result, onNode: Result]> {
  const here = await code(onNode as unknown as Library, given);
  return [(await worker.run(code, given)) as Result, JSON.parse(JSON.stringify(here))];
}

test("a page has the same API as Node", whole, async () => {
  const names = await worker.run((xorlab) => Object.keys(xorlab), undefined);
  assert.deepEqual(names.filter((name) => name !== "inStudyWorker").sort(), Object.keys(onNode).sort());
});

const STUDIES: Readonly<Record<string, StudyOptions>> = {
  "the question's settings": {
    activation: ["sigmoid", "relu"],
    hidden: [2, 5],
    rows: 200,
    epochs: 20,
    learningRate: 0.02,
  },
  "clouds with Adam": {
    data: "clouds",
    activation: ["sigmoid", "relu"],
    hidden: [[4, 3]],
    optimizer: "adam",
    rows: 90,
    epochs: 12,
    learningRate: 0.03,
  },
  "every other activation, a network too large to be unrolled": {
    activation: ["tanh", "elu", "softplus", "leakyRelu"],
    hidden: [[9, 9]],
    data: "spirals",
    rows: 40,
    epochs: 3,
    biasInitializer: "randomNormal",
  },
  "squared errors, momentum": {
    loss: "meanSquaredError",
    output: "tanh",
    optimizer: [{ name: "sgd", momentum: 0.9 }, "adagrad"],
    rows: 50,
    epochs: 5,
    batchSize: 7,
  },
};

/** All rows and trials of a study in three threads, and one of its trials once more, with its weights. */
async function studied({ study }: Library, options: StudyOptions) {
  const done = await study({ ...options, trials: 19, workers: 3, progress: false }); // three groups of eight, one not full
  const replayed = await done.replay(0, 3);
  return {
    rows: done.rows,
    trials: done.rows.map((row) => Array.from({ length: row.trials }, (_, t) => done.trial(row, t))),
    history: replayed.history,
    weights: replayed.weights().map(({ kernel, bias }) => [kernel, bias]),
  };
}

for (const [name, options] of Object.entries(STUDIES))
  test(`a study in several workers of a page has the same bits as on Node: ${name}`, whole, async () => {
    const [there, here] = await both(studied, options);
    assert.equal(here.trials.flat().length, 19 * here.rows.length);
    assert.deepEqual(there, here);
  });

/** Runs of three classes behind a softmax, without biases and with penalties: packed bits, numbers, a network with loops. */
async function classified({ dataset, mlp, train }: Library) {
  const [seed, outputs, progress] = [7, 3, false];
  const oneHot = (i: number) => [0, 1, 2].map((j) => (j === i % 3 ? 1 : 0));
  const rows = Array.from({ length: 40 }, (_, i) => i);
  const bits = rows.map((i) => [i & 1, (i >> 1) & 1, (i >> 2) & 1]);
  const numbers = rows.map((i) => [Math.sin(i), Math.cos(5 * i), i / 40]);
  const runs = [];
  for (const inputs of [bits, numbers])
    for (const hidden of [4, 30]) {
      const more = { useBias: false, kernelRegularizer: { l1: 0.001, l2: 0.01 } };
      const model = mlp({ inputs: 3, hidden, outputs, output: "softmax", activation: "tanh", seed, ...more });
      const loss = "categoricalCrossentropy" as const;
      const run = await train(model, dataset(inputs, rows.map(oneHot)), { loss, epochs: 9, seed, progress });
      runs.push([run.engine, run.history, run.weights()]);
    }
  return runs;
}

test("runs of several classes have the same bits in a page as on Node", whole, async () => {
  const [there, here] = await both(classified, undefined);
  assert.deepEqual(there, here);
  assert.ok(here.every(([engine]) => engine === "fused"));
});

/** A run, a stopped one, and a study, with all that can be made of them. */
async function everything({ clouds, explain, figures, mlp, sine, study, train, xor }: Library) {
  const [seed, progress] = [7, false];
  const run = await train(mlp({ activation: "relu", seed }), xor({ rows: 300, seed }), { seed, progress });
  const other = await train(mlp({ hidden: [4, 3], activation: "tanh" }), clouds({ rows: 90, seed }), {
    ...{ epochs: 20, optimizer: "adam", progress },
  });
  const curve = await train(mlp({ inputs: 1, output: "linear", seed }), sine({ rows: 30, seed }), {
    ...{ epochs: 5, loss: "meanSquaredError", seed, progress },
  });
  const many = await study({
    hidden: [1, 2, 3],
    activation: ["relu", "sigmoid"],
    trials: 30,
    rows: 80,
    progress,
  });
  const given: Record<string, unknown[]> = {
    ...{ story: [[run, other], many], loss: [[run, other]] },
    ...{ successByWidth: [many], lossFloors: [many], epochsToSolve: [many] },
    ...{ fit: [curve], predictedVsTrue: [curve] },
  };
  const drawn = Object.entries(figures).map(([name, draw]) => {
    const figure = (draw as (...all: unknown[]) => object)(...(given[name] ?? [run]));
    return [name, (figure as Record<symbol, () => object>)[Symbol.for("Jupyter.display")]()];
  });
  return {
    history: [run.history, other.history],
    weights: [run.weights(), other.weights(3)],
    diagnoses: [explain(run, { trials: 8 }), explain(other, { trials: 8 })],
    table: String(many),
    figures: Object.fromEntries(drawn),
  };
}

test("runs, explanations and all figures are the same in a page as on Node", whole, async () => {
  const [there, here] = await both(everything, undefined);
  assert.deepEqual(Object.keys(here.figures).sort(), Object.keys(onNode.figures).sort());
  for (const [name, figure] of Object.entries(here.figures))
    assert.deepEqual(there.figures[name], figure, name);
  assert.deepEqual(there, here);
});

/** What TensorFlow.js itself learns, and which backend it has. */
async function withTensorFlow({ mlp, tf, train, xor }: Library) {
  const model = mlp({ seed: 3 });
  const run = await train(model, xor({ rows: 40 }), { epochs: 3, engine: "tfjs", progress: false });
  const [answer] = (model.predict(tf.tensor2d([[0, 1]])) as onNode.Tensor).dataSync();
  return { losses: run.history.loss, answer, backend: tf.getBackend() };
}

test("TensorFlow.js computes in a page, in plain JavaScript", whole, async () => {
  const [there, here] = await both(withTensorFlow, undefined);
  assert.equal(there.backend, "cpu");
  const numbers = ({ losses, answer }: typeof here) => [...losses, answer] as number[];
  for (const [i, value] of numbers(there).entries()) assert.ok(Math.abs(value - numbers(here)[i]) < 1e-5);
});

test("show() hands the page a bundle, and its update() the next", whole, async () => {
  const before = (await worker.said()).length;
  await worker.run(async ({ mlp, show, study, train, xor }) => {
    const shown = show(await train(mlp(), xor({ rows: 8 }), { epochs: 1, progress: false }));
    shown.update(await study({ trials: 1, epochs: 1, progress: false }));
  }, undefined);
  const [first, second, ...more] = (await worker.said()).slice(before);
  assert.deepEqual([first.xorlab, second.xorlab, more.length], ["display", "update", 0]);
  assert.equal(first.id, second.id);
  assert.match(String(first.bundle["text/plain"]), /^2 sigmoid units on xor: /);
  assert.match(String(second.bundle["text/markdown"]), /^\| activation \|/);
});

test("a page writes no figures as pages, and says so", whole, async () => {
  const messages = await worker.run(async ({ figures, mlp, show, train, xor }) => {
    const figure = figures.loss(await train(mlp(), xor({ rows: 8 }), { epochs: 2, progress: false }));
    return [() => figure.toHTML(), () => show(figure, { path: "a.html" })].map((write) => {
      try {
        return write() && "written";
      } catch (error) {
        return String(error);
      }
    });
  }, undefined);
  const why = "a page cannot write a figure as a page of its own; call it in Node";
  assert.deepEqual(messages, [`Error: toHTML: ${why}`, `Error: show: ${why}`]);
});

const LONG: Readonly<Record<string, (xorlab: Library) => Promise<string>>> = {
  "a training": async ({ mlp, train, xor }) => (await train(mlp(), xor(), { epochs: 1_000_000 })).status,
  "a study in workers": async ({ study }) => (await study({ trials: 1_000_000, workers: 2 })).status,
  "a study in one thread": async ({ study }) => (await study({ trials: 1_000_000, workers: 1 })).status,
};

for (const [name, work] of Object.entries(LONG))
  test(`${name} in a page shows its progress as a picture, and Stop ends it`, whole, async () => {
    const before = (await worker.said()).length;
    const status = worker.run(work, undefined);
    while ((await worker.said()).length < before + 3) await new Promise((resolve) => setTimeout(resolve, 50));
    await worker.stop();
    assert.equal(await status, "stopped");
    const said = (await worker.said()).slice(before);
    assert.deepEqual(
      said.map(({ xorlab }) => xorlab),
      said.map((_, i) => (i === 0 ? "display" : "update")),
    );
    assert.equal(new Set(said.map(({ id }) => id)).size, 1);
    assert.match(String(said[1].bundle["image/svg+xml"]), /^<svg /);
    assert.deepEqual(Object.keys(said.at(-1)?.bundle ?? {}), ["text/plain"], "one line is left");
  });

test("a signal ends work in a page", whole, async () => {
  const statuses = await worker.run(async ({ mlp, study, train, xor }) => {
    const options = () => ({ signal: AbortSignal.timeout(300), progress: false });
    return [
      (await train(mlp(), xor(), { epochs: 1_000_000, ...options() })).status,
      (await study({ trials: 1_000_000, workers: 2, ...options() })).status,
    ];
  }, undefined);
  assert.deepEqual(statuses, ["stopped", "stopped"]);
});

test("a study fails, and names the trials, where workers cannot start", whole, async () => {
  const failed = worker.run(async ({ study }) => {
    const { Worker } = self;
    self.Worker = class extends Worker {
      constructor() {
        super(URL.createObjectURL(new Blob(["throw new Error('broken');"])));
      }
    };
    try {
      return await study({ trials: 40, workers: 2, progress: false });
    } finally {
      self.Worker = Worker;
    }
  }, undefined);
  await assert.rejects(failed, /study: a worker thread failed 3 times on trials 0 to \d+ of row 0/);
});

test("the page asked nobody for anything, and no error was left to the console", whole, () => {
  assert.deepEqual([worker.requests, worker.refused, worker.errors], [[], [], []]);
});
