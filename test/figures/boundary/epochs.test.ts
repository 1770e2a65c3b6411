import assert from "node:assert/strict";
import { test } from "node:test";
import { clouds, type Figure, figures, mlp, type Run, spirals, train, xor } from "../../../src/index.js";
import { assertFigure, plain, stoppedAtOnce, titleOf, trained } from "../../support/figureCases.js";

interface Frame {
  readonly name: string;
  readonly traces: readonly number[];
  readonly data: readonly { readonly x?: number[]; readonly y?: number[]; readonly z?: number[][] }[];
  readonly layout: { readonly annotations: readonly { readonly text: string }[] };
}
const framesOf = (figure: Figure) => (figure.frames ?? []) as unknown as Frame[];
const captionOf = (frame: Frame) => plain(frame.layout.annotations.at(-1)?.text ?? "").replace(/<\/?b>/g, "");

const SEED = 588516;
const pinned = (activation: "sigmoid" | "relu"): Promise<Run> =>
  train(mlp({ activation, seed: SEED }), xor({ seed: SEED }), { seed: SEED, progress: false });

test("figures.boundary() has a frame for every shown epoch, with the network of that epoch", async () => {
  const run = await pinned("sigmoid");
  const figure = figures.boundary(run);
  assertFigure(figure);
  const frames = framesOf(figure);
  const names = frames.map((frame) => frame.name);
  for (const epoch of ["0", "50", "79", "100"]) assert.ok(names.includes(epoch), names.join(" "));
  assert.ok(frames.length > 50, "every second epoch at least");
  for (const frame of frames) {
    const { x, y, z } = frame.data[0];
    assert.ok(x && y && z);
    for (const [row, column] of [
      [0, 0],
      [15, 5],
    ]) {
      const [exact] = run.predict([[x[column], y[row]]], Number(frame.name));
      assert.ok(Math.abs(z[row][column] - exact) <= 0.005, `epoch ${frame.name}: z[${row}][${column}]`);
    }
    const table = run.predict(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      Number(frame.name),
    );
    const right = table.filter((answer, i) => answer > 0.5 === [false, true, true, false][i]).length;
    assert.match(
      captionOf(frame),
      new RegExp(`\\b${frame.name === "0" ? "before training" : frame.name}\\b.*${right} of 4 right`),
    );
  }
});

test("figures.boundary() first shows the end of the run, in full", async () => {
  const figure = figures.boundary(await pinned("relu"));
  const frames = framesOf(figure);
  assert.deepEqual(frames.at(-1)?.data[0].z, figure.data[0].z);
  assert.equal((figure.data[0].x as number[]).length, 61);
  const [slider] = figure.layout.sliders as { active: number; steps: { label: string }[] }[];
  assert.deepEqual([slider.active, slider.steps.length], [frames.length - 1, frames.length]);
  assert.equal(
    titleOf(figure),
    "The network of 2 ReLU units gets 3 of 4 inputs right; (0, 0) is on the wrong side",
  );
});

test("figures.boundary() stays within 250 kB, many points and epochs included", async () => {
  const runs = [
    await pinned("sigmoid"),
    await trained({ hidden: [4, 2], activation: "tanh" }, clouds({ rows: 2000, noise: 0.5 }), {
      epochs: 240,
    }),
    await trained({ hidden: 8, activation: "relu" }, spirals({ rows: 3000 }), { epochs: 110 }),
  ];
  for (const run of runs) {
    const bytes = JSON.stringify(figures.boundary(run)).length;
    assert.ok(bytes < 250_000, `${bytes} bytes`);
  }
});

test("figures.boundary() marks the wrong points of every epoch, and moves no other", async () => {
  const data = clouds({ rows: 300, noise: 0.3 });
  const run = await trained({ hidden: 4, activation: "relu" }, data, { epochs: 8 });
  const figure = figures.boundary(run);
  const inputs = Array.from({ length: 300 }, (_, row) => [data.inputs[2 * row], data.inputs[2 * row + 1]]);
  const wrongTraces = figure.data.flatMap(({ showlegend }, i) => (showlegend === false && i > 1 ? [i] : []));
  assert.equal(wrongTraces.length, 2); // the line at the threshold has no entry in the key either
  const frames = framesOf(figure);
  for (const frame of frames) {
    const outputs = run.predict(inputs, Number(frame.name));
    const wrong = outputs.filter((output, i) => output > 0.5 !== data.targets[i] > 0.5).length;
    const drawn = wrongTraces.map((trace) => frame.data[frame.traces.indexOf(trace)].x?.length ?? 0);
    assert.equal(drawn[0] + drawn[1], wrong, `epoch ${frame.name}`);
    assert.match(captionOf(frame), new RegExp(`${300 - wrong} of 300 right`));
    assert.equal(frame.data[frame.traces.indexOf(2)]?.x, undefined, "the points stay");
  }
});

test("figures.boundary() shows one epoch that is asked for, without a slider, and says so", async () => {
  const run = await pinned("sigmoid");
  for (const [epoch, title] of [
    [0, /^Before training, the network of 2 sigmoid units gets /],
    [5, /^After epoch 5 of 100, the network of 2 sigmoid units gets 2 of 4 inputs right; /],
    [100, /^After epoch 100 of 100, the network of 2 sigmoid units gets all 4 inputs right$/],
  ] as const) {
    const figure = figures.boundary(run, { epoch });
    assertFigure(figure);
    assert.match(titleOf(figure), title);
    assert.equal(figure.frames, undefined);
    assert.equal(figure.layout.sliders, undefined);
    const texts = (figure.layout.annotations as { text: string }[]).map(({ text }) => text);
    assert.ok(!texts.some((text) => text.includes("epoch")), "no caption: the title says the epoch");
    const { x, y, z } = figure.data[0] as unknown as { x: number[]; y: number[]; z: number[][] };
    assert.ok(Math.abs(z[8][40] - run.predict([[x[40], y[8]]], epoch)[0]) <= 0.0005);
  }
});

test("figures.boundary() shows a run that was stopped at once, and one that diverged", async () => {
  assertFigure(figures.boundary(await stoppedAtOnce()));
  const options = { optimizer: "sgd", learningRate: 50, loss: "meanSquaredError", epochs: 40 } as const;
  const diverged = await trained(
    { output: "linear", hidden: 4, activation: "relu" },
    xor({ rows: 100 }),
    options,
  );
  const figure = figures.boundary(diverged);
  assertFigure(figure);
  assert.equal(
    titleOf(figure),
    "The network of 4 ReLU units diverged in epoch 1; this is its output before training",
  );
  assert.ok(
    (figure.data[0].z as (number | null)[][]).flat().some((value) => value !== null),
    "the last finite weights",
  );
});
