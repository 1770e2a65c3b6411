import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Answer,
  clouds,
  dataset,
  type Figure,
  figures,
  parity,
  type Run,
  spirals,
  truthTable,
  xor,
} from "../../../src/index.js";
import { assertFigure, plain, titleOf, trained } from "../../support/figureCases.js";

type Points = {
  name: string;
  x: number[];
  y: number[];
  customdata: (string | number)[];
  marker: { symbol: string; color: string };
};
type Plane = { type: string; x: number[]; y: number[]; z: (number | null)[][]; zmin: number; zmax: number };
const plane = (figure: Figure) => figure.data[0] as unknown as Plane;
const points = (figure: Figure) =>
  figure.data.slice(1).filter(({ name }) => name !== undefined) as unknown as Points[];
const labels = ({ layout }: Figure) =>
  (layout.annotations as { text: string }[])
    .map(({ text }) => plain(text))
    .filter((text) => text.startsWith("target"));

/** A run whose network answers by this rule. */
const answering = (run: Run, rule: (x: number, y: number) => number): Run => ({
  ...run,
  predict: (inputs) => inputs.map(([x, y]) => rule(x, y)) as Answer[],
});

test("figures.boundary() draws the network's output over the plane, from 0 to 1", async () => {
  const run = await trained();
  const figure = figures.boundary(run);
  assertFigure(figure);
  const { x, y, z, zmin, zmax } = plane(figure);
  assert.deepEqual([x.length, y.length, z.length, z[0].length, zmin, zmax], [61, 61, 61, 61, 0, 1]);
  for (const [row, column] of [
    [0, 0],
    [60, 0],
    [17, 42],
  ]) {
    const [exact] = run.predict([[x[column], y[row]]]);
    assert.ok(Math.abs((z[row][column] as number) - exact) <= 0.0005, `z[${row}][${column}]`);
  }
  const { xaxis, yaxis } = figure.layout as Record<string, { title: { text: string }; scaleanchor?: string }>;
  assert.deepEqual([xaxis.title.text, yaxis.title.text, yaxis.scaleanchor], ["input 1", "input 2", "x"]);
});

test("figures.boundary() counts the right answers and names the wrong ones", async () => {
  const run = await trained({}, xor({ rows: 40 }));
  const title = (rule: (x: number, y: number) => number) => titleOf(figures.boundary(answering(run, rule)));
  assert.equal(
    title((x, y) => (x === y ? 0.1 : 0.9)),
    "The network of 2 sigmoid units gets all 4 inputs right",
  );
  assert.equal(
    title((x, y) => (x > y ? 0.9 : 0.4)),
    "The network of 2 sigmoid units gets 3 of 4 inputs right; (0, 1) is on the wrong side",
  );
  assert.equal(
    title(() => 0.5),
    "The network of 2 sigmoid units gets none of the 4 inputs right", // an answer of ½ is on neither side
  );
  assert.equal(
    title((x, y) => (x === y ? 0.9 : 0.1)),
    "The network of 2 sigmoid units gets none of the 4 inputs right",
  );
});

test("figures.boundary() labels a table's rows with target and answer", async () => {
  const run = answering(await trained({}, truthTable("xor")), (x, y) => (x > y ? 0.98 : 0.4996));
  const figure = figures.boundary(run);
  assert.deepEqual(labels(figure), [
    "target 0 answer 0.4996",
    "target 1 answer 0.4996: wrong",
    "target 1 answer 0.980",
    "target 0 answer 0.4996",
  ]);
  assert.match(figure.layout.meta.description, /\(1, 0\) → 0\.980/);
  assert.deepEqual(
    points(figure).map(({ x, y }) => [x, y]),
    [
      [
        [0, 1],
        [0, 1],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    ],
  );
});

test("figures.boundary() tells classes by shape as well as colour, and draws at most 400 points", async () => {
  for (const data of [clouds({ rows: 3000, noise: 0.2 }), spirals({ rows: 3000 })]) {
    const run = await trained({ hidden: 4, activation: "relu" }, data, { epochs: 2 });
    const figure = figures.boundary(run);
    assertFigure(figure);
    const [zeros, ones] = points(figure);
    assert.equal(zeros.x.length + ones.x.length, 400);
    assert.ok(Math.min(zeros.x.length, ones.x.length) > 150, "both classes are drawn");
    assert.notEqual(zeros.marker.symbol, ones.marker.symbol);
    assert.notEqual(zeros.marker.color, ones.marker.color);
    const right = run.predict(rowsOf(data)).filter((p, i) => p > 0.5 === data.targets[i] > 0.5).length;
    assert.equal(titleOf(figure), `The network of 4 ReLU units gets ${right} of 3000 points right`);
    assert.ok(JSON.stringify(figure).length < 130_000, `${JSON.stringify(figure).length} bytes`);
  }
});

const rowsOf = ({ inputs, rows }: { inputs: Float32Array; rows: number }) =>
  Array.from({ length: rows }, (_, row) => [inputs[2 * row], inputs[2 * row + 1]]);

test("figures.boundary() stays small for an output that hardly differs from ½", async () => {
  const run = answering(await trained({}, clouds({ rows: 500 })), (x, y) => 0.5 + 1e-4 * Math.sin(x + y * 7));
  assert.ok(JSON.stringify(figures.boundary(run, { epoch: 5 })).length < 60_000);
});

test("figures.boundary() draws the data of a network whose output is no number", async () => {
  const figure = figures.boundary(answering(await trained(), () => Number.NaN));
  assertFigure(figure);
  assert.equal(titleOf(figure), "The network of 2 sigmoid units diverged: its output is no number");
  assert.ok(
    plane(figure)
      .z.flat()
      .every((value) => value === null),
  );
});

test("figures.boundary() draws your own data: one row, equal rows, one column of values, targets that are no classes", async () => {
  const cases: [number[][], number[], string][] = [
    [[[5, 5]], [1], "its only input right"],
    [[[5, 5]], [0], "its only input wrong"],
    [
      [
        [0, 0],
        [0, 1],
        [0, 0],
        [0, 1],
      ],
      [0, 1, 0, 1],
      "both inputs right",
    ],
    [
      [
        [0, 0],
        [0, 0],
      ],
      [0, 1],
      "1 of 2 points right",
    ],
    [
      [
        [0, 0.3],
        [1, 1000],
      ],
      [0.2, 0.7],
      "both inputs right",
    ],
  ];
  for (const [inputs, targets, words] of cases) {
    const data = dataset(inputs, targets, { name: "mine" });
    const run = await trained({}, data, { epochs: 1, loss: "meanSquaredError" });
    const figure = figures.boundary(answering(run, (x, y) => (x + y > 0.5 ? 0.9 : 0.1)));
    assertFigure(figure);
    assert.equal(titleOf(figure), `The network of 2 sigmoid units gets ${words}`);
  }
});

test("figures.boundary() refuses data that are no plane", async () => {
  const run = await trained({ inputs: 3 }, parity({ bits: 3 }));
  assert.throws(() => figures.boundary(run), {
    name: "RangeError",
    message:
      'figures.boundary: the data must have 2 inputs to be drawn in a plane, got "parity of 3 bits" with 3 inputs; figures.confusion draws the run',
  });
});

test("figures.boundary() refuses epochs that there are none of, and unknown options", async () => {
  const run = await trained();
  const cases: [object, string, string][] = [
    [{ epoch: 6 }, "RangeError", "figures.boundary: epoch must be a whole number ≥ 0 and ≤ 5, got 6"],
    [{ epoch: "3" }, "TypeError", 'figures.boundary: epoch must be a whole number ≥ 0, got "3"'],
    [
      { epochs: 3 },
      "RangeError",
      'figures.boundary: unknown option "epochs"; did you mean "epoch"? (epoch, output)',
    ],
  ];
  for (const [options, name, message] of cases)
    assert.throws(() => figures.boundary(run, options), { name, message });
});

test("figures.boundary() has its line where the output is the threshold, straight beside a flat region too", async () => {
  const kinked = (x: number, y: number) => 1 / (1 + Math.exp(-Math.min(0.004, 3 - 5 * x - 2 * y)));
  const run = answering(await trained({}, truthTable("xor")), kinked);
  const { x, y } = figures.boundary(run).data[1] as unknown as { x: (number | null)[]; y: (number | null)[] };
  assert.deepEqual([x.length, x.includes(null)], [2, false], "one straight line");
  x.forEach((across, i) => {
    assert.ok(Math.abs(3 - 5 * (across as number) - 2 * (y[i] as number)) < 0.001, `(${across}, ${y[i]})`);
  });
});
