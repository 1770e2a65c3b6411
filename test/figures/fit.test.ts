import assert from "node:assert/strict";
import { test } from "node:test";
import { dataset, type Figure, figures, type Run } from "../../src/index.js";
import { assertFigure, heights, plain, TASK_RUNS, titleOf, trained } from "../support/figureCases.js";

interface Trace {
  readonly type: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly (readonly number[])[];
  readonly zmin: number;
  readonly zmax: number;
  readonly marker: {
    readonly size: readonly number[];
    readonly color: readonly number[];
    readonly cmin: number;
  };
}
interface Frame {
  readonly name: string;
  readonly traces: readonly number[];
  readonly data: readonly Partial<Trace>[];
  readonly layout: { readonly annotations: readonly { readonly text: string }[] };
}
const traces = (figure: Figure) => figure.data as unknown as Trace[];
const frames = (figure: Figure) => figure.frames as unknown as Frame[];
const axisTitle = ({ layout }: Figure, axis: string) =>
  plain((layout[axis] as { title: { text: string } }).title.text);

/** What heights() is made of, in its own units. */
const units = (inputs: 1 | 2) => {
  const rows = Array.from({ length: 60 }, (_, i) => [100 + i / 3, 40 * Math.sin(2.4 * i)].slice(0, inputs));
  return { rows, targets: rows.map(([x, y = 0]) => 5000 + 300 * Math.sin((x - 100) / 4) + 10 * y) };
};

/** A line's height at a place between its points. */
function between(x: readonly number[], y: readonly number[], at: number): number {
  const next = Math.max(
    1,
    x.findIndex((one) => one >= at),
  );
  return y[next - 1] + ((at - x[next - 1]) / (x[next] - x[next - 1])) * (y[next] - y[next - 1]);
}

/** R² and the root of the mean squared error, as scikit-learn defines them. */
function errors(run: Run, rows: number[][], targets: number[], epoch?: number) {
  const answers = run.predict(rows, epoch);
  const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
  const [misses, spread] = [answers, targets.map(() => mean)].map((from) =>
    targets.reduce((sum, target, i) => sum + (target - from[i]) ** 2, 0),
  );
  return { r2: 1 - misses / spread, rmse: Math.sqrt(misses / targets.length) };
}

const near = (text: string, pattern: RegExp, expected: number) => {
  const [, said] = pattern.exec(text) ?? [];
  const value = Number(said?.replace("−", "-"));
  assert.ok(Math.abs(value - expected) <= 0.006 * Math.max(0.1, Math.abs(expected)), `${text}: ${expected}`);
};

test("figures.fit() draws the output as a curve over the data, both in their own units, for every epoch", async () => {
  const { rows, targets } = units(1);
  for (const seed of [1, 2, 3]) {
    const run = await TASK_RUNS.curve(seed);
    const figure = figures.fit(run);
    assertFigure(figure);
    assert.deepEqual([axisTitle(figure, "xaxis"), axisTitle(figure, "yaxis")], ["way (km)", "target"]);
    const [points, curve] = traces(figure);
    points.x.forEach((x, i) => {
      assert.ok(Math.abs(x - rows[i][0]) < 0.01 && Math.abs(points.y[i] - targets[i]) < 0.1);
    });
    const answers = run.predict(curve.x.map((x) => [x]));
    curve.y.forEach((y, i) => {
      assert.ok(Math.abs(y - answers[i]) < 1, `${y} is ${answers[i]}`);
    });
    const { r2, rmse } = errors(run, rows, targets);
    near(titleOf(figure), /^The network of 6 tanh units on heights: R² (\S+),/, r2);
    near(titleOf(figure), /RMSE (\S+)$/, rmse);
    for (const { name, data, layout } of frames(figure)) {
      const { x = curve.x, y = [] } = data[0];
      const exact = run.predict(
        curve.x.map((at) => [at]),
        Number(name),
      ) as number[];
      curve.x.forEach((at, i) => {
        assert.ok(Math.abs(between(x as number[], y as number[], at) - exact[i]) < 2, `epoch ${name}`);
      });
      const caption = plain(layout.annotations.at(-1)?.text ?? "");
      near(caption, /R² (\S+)$/, errors(run, rows, targets, Number(name)).r2);
    }
  }
});

test("figures.fit() of two inputs draws the output as colours and the data in those of their targets, large where they are missed", async () => {
  const { rows, targets } = units(2);
  const run = await TASK_RUNS.surface();
  const figure = figures.fit(run);
  assertFigure(figure);
  assert.deepEqual([axisTitle(figure, "xaxis"), axisTitle(figure, "yaxis")], ["way (km)", "side (m)"]);
  const [ground, points] = traces(figure);
  const [low, high] = [Math.min(...targets), Math.max(...targets)];
  assert.ok(Math.abs(ground.zmin - low) < 0.1 && Math.abs(ground.zmax - high) < 0.1);
  assert.equal(points.marker.cmin, ground.zmin);
  for (const [row, column] of [
    [0, 0],
    [30, 12],
    [60, 60],
  ]) {
    const [exact] = run.predict([[ground.x[column], ground.y[row]]]);
    assert.ok(Math.abs(ground.z[row][column] - exact) <= (high - low) / 400);
  }
  const misses = run.predict(rows).map((answer, i) => Math.abs(answer - targets[i]));
  const order = [...misses.keys()].sort((a, b) => misses[a] - misses[b]);
  const sizes = order.map((row) => points.marker.size[row]);
  assert.deepEqual(
    sizes,
    [...sizes].sort((a, b) => a - b),
    "the larger the error, the larger the point",
  );
  near(titleOf(figure), /R² (\S+),/, errors(run, rows, targets).r2);
  assert.ok(JSON.stringify(figure).length < 250_000, `${JSON.stringify(figure).length} bytes`);
});

test("figures.fit() of one input and two classes draws the threshold, and counts right answers", async () => {
  const run = await TASK_RUNS.named();
  const figure = figures.fit(run);
  assertFigure(figure);
  const [shape] = figure.layout.shapes as { y0: number; y1: number }[];
  assert.deepEqual([shape.y0, shape.y1, axisTitle(figure, "yaxis")], [0.5, 0.5, "output"]);
  const right = Array.from({ length: 20 }, (_, i) => run.predict([[i]])[0] > 0.5 === i > 12).filter(
    Boolean,
  ).length;
  assert.equal(
    titleOf(figure),
    `The network of 2 tanh units gets ${right === 20 ? "all 20" : `${right} of 20`} points right`,
  );
});

test("figures.fit() shows one of several outputs, by its name, and the epoch that is asked for", async () => {
  const rows = Array.from({ length: 12 }, (_, i) => [i]);
  const data = dataset(
    rows,
    rows.map(([x]) => [x, 100 - x * x]),
    { name: "two", scale: "minMax" },
  );
  const run = await trained({ inputs: 1, hidden: 3, outputs: 2, output: "linear" }, data, {
    ...{ loss: "meanSquaredError", epochs: 6 },
  });
  const figure = figures.fit(run, { output: 2, epoch: 3 });
  assertFigure(figure);
  assert.match(
    titleOf(figure),
    /^After epoch 3 of 6, output 2 of the network of 3 sigmoid units on two: R² /,
  );
  assert.equal(figure.frames, undefined);
  const [points, curve] = traces(figure);
  points.y.forEach((y, x) => {
    assert.ok(Math.abs(y - (100 - x * x)) < 0.01);
  });
  const answers = run.predict([[curve.x[7]]], 3) as unknown as number[][];
  assert.ok(Math.abs(curve.y[7] - answers[0][1]) < 0.1);
});

test("figures.fit() shows a run that diverged, constant targets and a single row", async () => {
  const diverged = await trained({ inputs: 1, hidden: 4, activation: "relu", output: "linear" }, heights(1), {
    ...{ loss: "meanSquaredError", optimizer: "sgd", learningRate: 100, epochs: 20 },
  });
  assert.equal(diverged.status, "diverged");
  assertFigure(figures.fit(diverged));
  assert.match(
    titleOf(figures.fit(diverged)),
    /^The network of 4 ReLU units diverged in epoch 1; this is its output /,
  );
  const cases = [
    dataset([[1], [2], [4]], [7, 7, 7]),
    dataset(
      [
        [1, 2],
        [3, 4],
      ],
      [7, 7],
    ),
    dataset([[1, 2]], [5]),
  ];
  for (const data of cases) {
    const options = { loss: "meanSquaredError", epochs: 2 } as const;
    const run = await trained({ inputs: data.features, output: "linear" }, data, options);
    assertFigure(figures.fit(run));
    assertFigure(figures.predictedVsTrue(run));
  }
});

test("figures.predictedVsTrue() puts each row at its true number and its answer, with R² and RMSE of the data", async () => {
  const { rows, targets } = units(2);
  const run = await TASK_RUNS.surface();
  const figure = figures.predictedVsTrue(run);
  assertFigure(figure);
  const [diagonal, points] = traces(figure);
  assert.deepEqual(diagonal.x, diagonal.y);
  const answers = run.predict(rows);
  points.x.forEach((x, i) => {
    assert.ok(Math.abs(x - targets[i]) < 0.1 && Math.abs(points.y[i] - answers[i]) < 0.1);
  });
  const { r2, rmse } = errors(run, rows, targets);
  near(titleOf(figure), /R² (\S+),/, r2);
  near(titleOf(figure), /RMSE (\S+)$/, rmse);
  assert.deepEqual(
    ["xaxis", "yaxis"].map((axis) => axisTitle(figure, axis)),
    ["true target", "predicted target"],
  );
});

test("figures.predictedVsTrue() answers other rows, given in their own units", async () => {
  const run = await TASK_RUNS.surface();
  const { rows, targets } = units(2);
  const [some, theirs] = [rows.slice(5, 25), targets.slice(5, 25)];
  const figure = figures.predictedVsTrue(run, { data: dataset(some, theirs, { name: "held out" }) });
  const { r2 } = errors(run, some, theirs);
  near(titleOf(figure), /^The network of 6 tanh units on held out: R² (\S+),/, r2);
  assert.equal(traces(figure)[1].x.length, 20);
});

test("figures of a network whose answers are no numbers say so", async () => {
  const run = await TASK_RUNS.surface();
  const broken = {
    ...run,
    predict: (rows: readonly unknown[]) => rows.map(() => Number.NaN),
  } as unknown as Run;
  for (const draw of [figures.fit, figures.predictedVsTrue]) {
    assertFigure(draw(broken));
    assert.equal(
      titleOf(draw(broken)),
      "The network of 6 tanh units on heights: R² is no number, nor is RMSE",
    );
  }
});
