import assert from "node:assert/strict";
import { test } from "node:test";
import { lossAndGradient } from "../../../src/engine/plain.js";
import { pathPlane, weightPath, weightsAt } from "../../../src/figures/landscape/path.js";
import { landscapeOf, lineAt } from "../../../src/figures/landscape/surface.js";
import {
  clouds,
  type Figure,
  figures,
  mlp,
  type Run,
  tf,
  train,
  truthTable,
  xor,
} from "../../../src/index.js";
import {
  assertFigure,
  HOSTILE,
  hostileXor,
  stoppedAtOnce,
  titleOf,
  trained,
} from "../../support/figureCases.js";

type Surface = {
  type: string;
  x: number[];
  y: number[];
  z: (number | null)[][];
  customdata: (number | null)[][];
};
type Path = { name: string; x: number[]; y: number[]; customdata: [string, string][]; mode: string };
const surface = (figure: Figure) => figure.data[0] as unknown as Surface;
const pathOf = (figure: Figure) => figure.data.at(-1) as unknown as Path;
const flat = (run: Run, epoch?: number) =>
  Float64Array.from(run.weights(epoch).flatMap(({ kernel, bias }) => [...kernel.flat(), ...bias]));

/** Points of a path as far as pathPlane() needs them. */
const pathThrough = (...points: number[][]) => ({
  epochs: points.map((_, i) => i),
  points: points.map((point) => Float64Array.from(point)),
  broken: false,
});

test("figures.landscape() draws the loss of the plane's weights, and the path from start to end", async () => {
  const run = await trained({ hidden: 3, activation: "relu", seed: 4 }, xor({ seed: 4, rows: 200 }), {
    epochs: 30,
  });
  const figure = figures.landscape(run);
  assertFigure(figure);
  const { type, x, y, z, customdata } = surface(figure);
  assert.deepEqual([type, x.length, y.length, z.length, z[0].length], ["contour", 61, 61, 61, 61]);
  const plane = pathPlane(weightPath(run), run.seed);
  assert.ok(run.network);
  for (const [row, column] of [
    [0, 0],
    [30, 30],
    [60, 7],
    [22, 51],
  ]) {
    const weights = weightsAt(plane, [x[column], y[row]]);
    const { loss } = lossAndGradient(run.network, weights, run.data, "binaryCrossentropy");
    assert.ok(Math.abs((customdata[row][column] as number) / loss - 1) < 1e-3, `loss[${row}][${column}]`);
  }
  const path = pathOf(figure);
  assert.deepEqual(
    [path.name, path.x.length, path.customdata[0][0], path.customdata[30][0]],
    ["path", 31, "start", "epoch 30"],
  );
  const length = Math.hypot(...flat(run).map((value, i) => value - flat(run, 0)[i]));
  assert.deepEqual([path.x[0], path.y[0], path.y[30]], [0, 0, path.y[30]]);
  assert.ok(Math.abs(path.x[30] - length) < 1e-4 && Math.abs(path.y[30]) < 1e-6, "the end lies on the axis");
  const { xaxis, yaxis } = figure.layout as Record<string, { title: { text: string }; scaleanchor?: string }>;
  assert.equal(xaxis.title.text, "start &#8594; end (distance in weights)");
  assert.deepEqual([yaxis.title.text, yaxis.scaleanchor], ["main sideways direction", "x"]);
  assert.ok(JSON.stringify(figure).length < 100_000, `${JSON.stringify(figure).length} bytes`);
});

test("pathPlane() spans a plane of right angles in which start and end lie, and measures what it holds", () => {
  // Steps of 3 across, 1 up, and a little in a third direction at the middle point.
  const plane = pathPlane(pathThrough([1, 1, 1, 1], [2.5, 2, 1, 1.1], [4, 1, 1, 1]), 1);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  for (const [a, b, expected] of [
    [plane.across, plane.across, 1],
    [plane.up, plane.up, 1],
    [plane.across, plane.up, 0],
  ] as const)
    assert.ok(Math.abs(dot(a, b) - expected) < 1e-12);
  assert.deepEqual(Array.from(plane.across), [1, 0, 0, 0]);
  const up = Math.hypot(1, 0.1);
  plane.path.forEach((at, i) => {
    const expected = [
      [0, 0],
      [1.5, up],
      [3, 0],
    ][i];
    assert.ok(Math.hypot(at[0] - expected[0], at[1] - expected[1]) < 1e-12, `point ${i}: ${at}`);
  });
  assert.ok(Math.abs(plane.share - 1) < 1e-12, "three points always lie in a plane");
  assert.equal(plane.drawn, "none");
  // Two strays at right angles, 2 and 1: variance across 10·…, of which the plane leaves out the smaller stray.
  const spread = pathPlane(pathThrough([0, 0, 0], [1, 2, 0], [2, 0, 1], [3, 0, 0]), 1);
  const variance = (values: number[]) => {
    const mean = values.reduce((a, b) => a + b) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  const [across, high, deep] = [variance([0, 1, 2, 3]), variance([0, 2, 0, 0]), variance([0, 0, 1, 0])];
  assert.ok(Math.abs(spread.share - (across + high) / (across + high + deep)) < 1e-12, String(spread.share));
});

test("pathPlane() draws missing directions from the seed, and says so", () => {
  const straight = pathThrough([0, 0, 0], [1, 1, 0], [2, 2, 0]);
  const still = pathThrough([1, 2, 3]);
  assert.deepEqual([pathPlane(straight, 1).drawn, pathPlane(still, 1).drawn], ["up", "both"]);
  for (const path of [straight, still]) {
    assert.deepEqual(pathPlane(path, 7), pathPlane(path, 7));
    assert.notDeepEqual(pathPlane(path, 7).up, pathPlane(path, 8).up);
    assert.ok(Math.abs(pathPlane(path, 7).share - 1) < 1e-12);
  }
  const closed = pathPlane(pathThrough([0, 0], [4, 0], [0, 0]), 1);
  assert.deepEqual([Array.from(closed.across), closed.drawn], [[1, 0], "up"]);
});

test("landscapeOf() has the engine's loss for every loss and activation, however often rows are repeated", async () => {
  for (const [hidden, activation, output, loss] of [
    [2, "relu", "sigmoid", "binaryCrossentropy"],
    [[3, 2], "tanh", "linear", "meanSquaredError"],
    [[], "elu", "softplus", "meanSquaredError"],
  ] as const) {
    const run = await trained({ hidden, activation, output }, xor({ rows: 90 }), { loss });
    assert.ok(run.network);
    const { loss: expected } = lossAndGradient(run.network, flat(run), run.data, loss);
    const land = landscapeOf(run.network, run.data, loss, pathPlane(weightPath(run), run.seed));
    assert.equal(land.rows, 90);
    assert.ok(Math.abs(land.lossOf(flat(run)) - expected) < 1e-12 * (1 + expected));
  }
});

test("lineAt() finds the line of one loss: here a circle", () => {
  const ticks = Array.from({ length: 61 }, (_, i) => i / 10 - 3);
  const loss = ticks.map((y) => ticks.map((x) => Math.exp(x * x + y * y)));
  const land = { x: ticks, y: ticks, loss };
  const pieces = lineAt(land, Math.exp(4));
  const length = pieces.reduce((sum, [a, b]) => sum + Math.hypot(a[0] - b[0], a[1] - b[1]), 0);
  assert.ok(Math.abs(length - 4 * Math.PI) < 0.02, `the circle's length: ${length}`);
  for (const [x, y] of pieces.flat()) assert.ok(Math.abs(Math.hypot(x, y) - 2) < 0.01);
  assert.deepEqual(lineAt(land, 1e-9), []);
});

test("figures.landscape() marks the losses of tied inputs and of the constant answer", async () => {
  const run = await trained({ hidden: 2, seed: 1 }, truthTable("xor"), {
    epochs: 400,
    learningRate: 0.05,
    optimizer: "adam",
  });
  const figure = figures.landscape(run);
  const names = figure.data.map((trace) => trace.name as string);
  assert.ok(names.includes("0.3466: 2 inputs, 1 answer"), names.join(" | "));
  assert.match(
    figure.layout.meta.description,
    /Lines, from light to dark: 0\.3466 \(2 inputs, 1 answer\), .*0\.6931 \(constant answer, ln 2\)\./,
  );
  const line = figure.data[1] as unknown as { x: (number | null)[]; name: string };
  assert.equal(line.x[2], null, "pieces with gaps between them");
});

test("figures.landscape() draws the shortest runs, stopped and diverged ones", async () => {
  const diverging = { optimizer: "sgd", learningRate: 50, loss: "meanSquaredError", epochs: 40 } as const;
  const linear = { output: "linear", hidden: 4, activation: "relu" } as const;
  const cases: [string, Run, RegExp, RegExp][] = [
    [
      "stopped at once",
      await stoppedAtOnce(),
      /^The network of 2 sigmoid units was stopped /,
      /Only the start of the path is known: two random directions/,
    ],
    [
      "one epoch",
      await trained({}, undefined, { epochs: 1 }),
      /^The network of 2 sigmoid units ends /,
      /The path is straight: upward is a random direction/,
    ],
    [
      "diverged",
      await trained(linear, xor({ rows: 100 }), diverging),
      /^The network of 4 ReLU units diverged: its last finite weights have loss /,
      /two random/,
    ],
  ];
  for (const [name, run, title, plane] of cases) {
    const figure = figures.landscape(run);
    assertFigure(figure);
    assert.match(titleOf(figure), title, name);
    assert.match(figure.layout.meta.description, plane, name);
  }
});

test("figures.landscape() takes an even part of many rows, and says of how many", async () => {
  const run = await trained({ hidden: [16, 16], activation: "tanh" }, clouds({ rows: 3000 }), { epochs: 1 });
  const figure = figures.landscape(run);
  assertFigure(figure);
  assert.match(figure.layout.meta.description, /The loss is that of \d+ of the 3000 rows\./);
  assert.equal(surface(figure).x.length, 41);
});

test("figures.landscape() is the same twice and changes nothing", async () => {
  const run = await trained();
  const before = JSON.stringify([run.history, run.weights()]);
  assert.deepEqual(figures.landscape(run), figures.landscape(run));
  assert.equal(JSON.stringify([run.history, run.weights()]), before);
});

test("figures.landscape() shows a hostile name letter by letter", async () => {
  const { layout } = figures.landscape(await trained({}, hostileXor()));
  const { text } = (layout.title as { subtitle: { text: string } }).subtitle;
  assert.doesNotMatch(text.replaceAll("<br>", ""), /[<>%$&](?!#\d+;)/);
  assert.ok(text.includes("&#60;b&#62;x"), HOSTILE);
});

test("figures.landscape() refuses what it cannot draw", async () => {
  assert.throws(() => figures.landscape([] as never), {
    name: "TypeError",
    message: "figures.landscape: expected a run (made by await train(…)), got []",
  });
  const layers = [tf.layers.dense({ units: 3, inputShape: [2] }), tf.layers.dropout({ rate: 0.5 })];
  const model = tf.sequential({ layers: [...layers, tf.layers.dense({ units: 1, activation: "sigmoid" })] });
  const run = await train(model, xor({ rows: 20 }), { epochs: 2, progress: false });
  assert.throws(() => figures.landscape(run), {
    name: "TypeError",
    message: /^figures\.landscape: the model must be a chain of dense layers \(made by mlp, …\): /,
  });
  const broken = await train(mlp(), xor({ rows: 20 }), { epochs: 1, progress: false });
  const none = {
    ...broken,
    weights: () => broken.weights().map((layer) => ({ ...layer, bias: [Number.NaN] })),
  };
  assert.throws(() => figures.landscape(none), {
    name: "RangeError",
    message: "figures.landscape: the run must start at finite weights, got weights that are no numbers",
  });
});
