import assert from "node:assert/strict";
import { test } from "node:test";
import { clouds, type Figure, figures, parity, type Run, truthTable } from "../../../src/index.js";
import {
  assertFigure,
  line,
  plain,
  stoppedAtOnce,
  type Title,
  titleOf,
  trained,
  withHistory,
} from "../../support/figureCases.js";

type Trace = { name: string; x: number[]; y: number[]; mode: string; showlegend?: boolean };
const traces = (figure: Figure) => figure.data as unknown as Trace[];
const labels = ({ layout }: Figure) =>
  (layout.annotations as { text: string }[]).map(({ text }) => plain(text));
const lines = ({ layout }: Figure) =>
  (layout.shapes as { type: string; y0: number; line: { dash: string } }[]).filter(
    ({ type }) => type === "line",
  );
const axes = ({ layout }: Figure) =>
  [layout.xaxis, layout.yaxis].map((axis) => plain((axis as { title: { text: string } }).title.text));

test("figures.loss() draws one line a run, epochs counted from 1", async () => {
  const runs = [await trained(), await trained({ hidden: 3, activation: "relu" }, undefined, { seed: 7 })];
  const figure = figures.loss(runs);
  assertFigure(figure);
  const drawn = traces(figure).slice(0, 2);
  assert.deepEqual(
    drawn.map(({ name }) => name),
    ["sigmoid-2, seed 1", "relu-3, seed 7"],
  );
  runs.forEach(({ history }, i) => {
    assert.deepEqual(drawn[i].x, [1, 2, 3, 4, 5]);
    assert.deepEqual(
      drawn[i].y,
      history.loss.map((loss) => Number(loss.toPrecision(6))),
    );
  });
  assert.deepEqual(axes(figure), ["epoch", "loss (nats)"]);
});

test("figures.loss() names the unit of a squared error, and draws no chance there", async () => {
  const figure = figures.loss(await trained({}, undefined, { loss: "meanSquaredError" }));
  assert.deepEqual(axes(figure), ["epoch", "loss (mean squared error)"]);
  assert.ok(lines(figure).every(({ line }) => line.dash === "dot"));
  assert.deepEqual(
    labels(figure).map((label) => label.slice(0, 6)),
    ["0.1250", "0.1667", "0.2500"],
  );
});

test("figures.loss() tells runs with one network and seed apart by what differs", async () => {
  const run = await trained();
  const adam = await trained({}, undefined, { optimizer: "adam" });
  assert.deepEqual(
    traces(figures.loss([run, adam])).map(({ name }) => name),
    ["sigmoid-2, rmsprop, seed 1", "sigmoid-2, adam, seed 1"],
  );
  assert.deepEqual(
    traces(figures.loss([run, run])).map(({ name }) => name),
    ["sigmoid-2, seed 1 (run 1)", "sigmoid-2, seed 1 (run 2)"],
  );
});

test("figures.loss() draws chance and the floors of the truth table, with their meaning", async () => {
  const figure = figures.loss(await trained({}, truthTable("xor")));
  assert.deepEqual(
    lines(figure).map(({ y0, line }) => `${y0.toFixed(4)} ${line.dash}`),
    ["0.6931 dash", "0.3466 dot", "0.4774 dot"],
  );
  assert.deepEqual(labels(figure), [
    "chance: ln 2 = 0.6931",
    "0.3466: 2 inputs, 1 answer",
    "0.4774: 3 inputs, 1 answer",
  ]);
  assert.deepEqual(labels(figures.loss(await trained({}, clouds({ rows: 30 })))), ["chance: ln 2 = 0.6931"]);
});

test("figures.loss() names the lines beside the drawing where the curves of several runs would cross the names", async () => {
  const run = await trained({}, truthTable("xor"));
  const figure = figures.loss([run, await trained({ activation: "relu" }, truthTable("xor"))]);
  const names = figure.layout.annotations as { text: string; x: number; xref: string; xanchor: string }[];
  assert.deepEqual(labels(figure), ["chance", "0.3466", "0.4774"]);
  assert.ok(names.every(({ x, xref, xanchor }) => x === 1 && xref === "paper" && xanchor === "left"));
  assert.match(
    plain((figure.layout.title as Title).subtitle.text),
    /Lines: 0\.3466 \(2 inputs, 1 answer\), 0\.4774 \(3 inputs, 1 answer\), 0\.6931 \(chance\)\./,
  );
});

test("figures.loss() leaves out floors whose labels would lie on each other", async () => {
  const run = await trained({}, truthTable("xor"));
  assert.deepEqual(labels(figures.loss(withHistory(run, line(30, 9, 8)))), ["chance: ln 2 = 0.6931"]);
  const three = figures.loss(await trained({ inputs: 3 }, parity({ bits: 3 })));
  assert.ok(labels(three).length <= 4, "of the many floors of a larger table, only those where a run ended");
});

test("figures.loss() titles state only what the numbers show", async () => {
  const run = await trained();
  const perfect = (from: number, length = 100): number[] =>
    line(length, 0, length - 1).map((i) => (i + 1 >= from ? 1 : 0.75));
  const dip = perfect(60);
  dip[79] = 0.99;
  const last = perfect(60);
  last[99] = 0.998;
  const cases: [Run, string][] = [
    [
      withHistory(run, line(100, 0.7, 0.1), perfect(79)),
      "sigmoid-2 solves xor: accuracy 1.0 from epoch 79 on",
    ],
    [withHistory(run, line(100, 0.7, 0.1), dip), "sigmoid-2 solves xor: accuracy 1.0 from epoch 81 on"],
    [
      withHistory(run, line(100, 0.7, 0.1), last, { solved: true }),
      "sigmoid-2 solves xor: accuracy 0.998 in the last epoch",
    ],
    [
      withHistory(run, [...line(50, 0.7, 0.34), ...line(50, 0.34, 0.3397)]),
      "sigmoid-2 stalls at loss 0.3397",
    ],
    [withHistory(run, line(100, 0.7, 0.3)), "sigmoid-2 has not solved xor by epoch 100"],
    [withHistory(run, line(12, 0.69, 0.69)), "sigmoid-2 has not solved xor by epoch 12"],
    [
      withHistory(run, line(100, 0.7, 0.1), undefined, {
        status: "stopped",
        settings: { ...run.settings, epochs: 200 },
      }),
      "sigmoid-2 was stopped after epoch 100 of 200",
    ],
    [
      withHistory(run, line(3, 0.7, 9), undefined, {
        status: "diverged",
        divergedAt: { epoch: 3, step: 80 },
      }),
      "sigmoid-2 diverged in epoch 4",
    ],
    [await stoppedAtOnce(), "sigmoid-2 was stopped before its first epoch ended"],
  ];
  for (const [drawn, title] of cases) {
    assert.equal(titleOf(figures.loss(drawn)), title);
    assertFigure(figures.loss(drawn));
  }
});

test("figures.loss() counts the runs that solve", async () => {
  const run = await trained();
  const solves = withHistory(run, line(100, 0.7, 0.1), line(100, 1, 1));
  const not = withHistory(run, line(100, 0.7, 0.4));
  const title = (...runs: Run[]) => titleOf(figures.loss(runs));
  assert.equal(title(solves, not, solves), "2 of 3 sigmoid-2 runs solve xor");
  assert.equal(title(solves, not, not), "1 of 3 sigmoid-2 runs solves xor");
  assert.equal(title(not, not), "Neither sigmoid-2 run solves xor");
  assert.equal(title(solves, solves, solves), "All 3 sigmoid-2 runs solve xor");
  const other = {
    ...not,
    network: {
      inputs: 2,
      layers: [
        { units: 2, activation: "relu" as const },
        { units: 1, activation: "sigmoid" as const },
      ],
    },
  };
  assert.equal(title(solves, other), "sigmoid-2 solves xor, relu-2 does not");
  assert.match(
    figures.loss([solves, not, { ...not, status: "stopped" }]).layout.meta.description,
    /loss 0\.4000 at the end; 1 stopped/,
  );
});

test("figures.loss() marks the first perfect epoch", async () => {
  const run = withHistory(await trained(), line(4, 0.7, 0.1), [0.5, 0.9, 1, 1]);
  const figure = figures.loss(run);
  const ring = traces(figure).find(({ mode }) => mode === "markers");
  assert.deepEqual([ring?.x, ring?.y], [[3], [0.3]]);
  assert.ok(labels(figure).includes("first perfect epoch: 3"));
});

test("figures.loss() thins long lines without losing a peak", async () => {
  const losses = line(20_000, 0.7, 0.4);
  losses[12_345] = 0.9;
  const figure = figures.loss(withHistory(await trained(), losses));
  const [{ x, y }] = traces(figure);
  assert.ok(x.length <= 500 && x[0] === 1 && x.at(-1) === 20_000);
  assert.equal(y[x.indexOf(12_346)], 0.9);
  assert.ok(JSON.stringify(figure).length < 60_000);
});

test("figures.loss() groups many runs by their outcome", async () => {
  const run = await trained();
  const runs = line(20, 1, 20).map((seed) =>
    withHistory(run, line(100, 0.7, 0.1), line(100, seed > 12 ? 1 : 0.5, seed > 12 ? 1 : 0.5), { seed }),
  );
  const named = traces(figures.loss(runs))
    .filter(({ showlegend }) => showlegend !== false)
    .map(({ name }) => plain(name));
  assert.deepEqual(named, ["solved: 8 runs", "not solved: 12 runs"]);
});

test("figures.loss() keeps a few high losses above the frame, and explosions on a logarithmic axis", async () => {
  const run = await trained();
  const spiked = figures.loss(withHistory(run, [7.31, 2, ...line(98, 0.7, 0.5)]));
  assert.match(spiked.layout.meta.description, /Losses up to 7\.31 lie above the frame/);
  assert.ok((spiked.layout.yaxis as { range: number[] }).range[1] < 1);
  const squared = { settings: { ...run.settings, loss: "meanSquaredError" as const } };
  const exploded = figures.loss(withHistory(run, [1, 1e3, 1e9, 1e20], undefined, squared));
  assert.equal((exploded.layout.yaxis as { type: string }).type, "log");
});
