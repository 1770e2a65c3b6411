import assert from "node:assert/strict";
import { test } from "node:test";
import { dataset, type Figure, figures, type Run } from "../../../src/index.js";
import { assertFigure, petals, plain, TASK_RUNS, titleOf, trained } from "../../support/figureCases.js";

interface Region {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly (readonly (number | null)[])[];
  readonly fillcolor: string;
}
interface Points {
  readonly name?: string;
  readonly x: readonly number[];
  readonly marker: { readonly symbol: string; readonly color: string };
}
const regionsOf = ({ data }: Figure) => data.filter(({ type }) => type === "contour") as unknown as Region[];
const keyed = ({ data }: Figure) =>
  data.filter(({ type, name }) => type === "scatter" && name !== undefined) as unknown as Points[];
const axisTitles = ({ layout }: Figure) =>
  [layout.xaxis, layout.yaxis].map((axis) => plain((axis as { title: { text: string } }).title.text));

/** How many rows of labelled data a run gets right, by its own predictions. */
function rightOf(run: Run, epoch?: number): number {
  const { inputs, rows, scaling, targets } = run.data;
  const { offset, factor } = scaling?.inputs ?? { offset: [0, 0], factor: [1, 1] };
  const places = Array.from({ length: rows }, (_, row) =>
    [0, 1].map((input) => inputs[2 * row + input] * factor[input] + offset[input]),
  );
  const answers = run.predict(places, epoch) as unknown as number[][];
  return answers.filter((answer, row) => targets[3 * row + answer.indexOf(Math.max(...answer))] === 1).length;
}

test("figures.boundary() of classes colours every place with the class whose output is largest there", async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const run = await TASK_RUNS.classes(seed);
    const figure = figures.boundary(run);
    assertFigure(figure);
    const regions = regionsOf(figure);
    assert.equal(new Set(regions.map(({ fillcolor }) => fillcolor)).size, 3);
    const { x, y } = regions[0];
    for (let i = 0; i < 61; i += 4)
      for (let j = 0; j < 61; j += 4) {
        const [outputs] = run.predict([[x[i], y[j]]]) as unknown as number[][];
        const largest = outputs.indexOf(Math.max(...outputs));
        const leading = regions.flatMap(({ z }, place) => ((z[j][i] as number) > 0 ? [place] : []));
        assert.deepEqual(leading, [largest], `seed ${seed} at ${x[i]}, ${y[j]}`);
      }
    const right = rightOf(run);
    assert.equal(
      titleOf(figure),
      `The network of 4 tanh units gets ${right === 150 ? "all 150" : `${right} of 150`} points right`,
    );
  }
});

test("figures.boundary() of classes keeps the borders where the outputs are equal", async () => {
  const run = await TASK_RUNS.classes();
  const { x, y, z } = regionsOf(figures.boundary(run))[1];
  let crossings = 0;
  z.forEach((line, row) => {
    line.slice(1).forEach((value, i) => {
      const [left, right] = [line[i] as number, value as number];
      if (left > 0 === right > 0) return;
      crossings += 1;
      const at = x[i] + ((x[i + 1] - x[i]) * left) / (left - right);
      const [outputs] = run.predict([[at, y[row]]]) as unknown as number[][];
      const others = [outputs[0], outputs[2]];
      assert.ok(Math.abs(outputs[1] - Math.max(...others)) < 0.05, `${outputs} at ${at}, ${y[row]}`);
    });
  });
  assert.ok(crossings > 20);
});

test("figures.boundary() names classes and inputs as the data do, in their own units", async () => {
  const run = await TASK_RUNS.classes();
  const figure = figures.boundary(run);
  assert.deepEqual(axisTitles(figure), ["petal length (cm)", "petal width (cm)"]);
  const points = keyed(figure);
  assert.deepEqual(
    points.map(({ name }) => name),
    ["setosa", "versicolor", "virginica"],
  );
  assert.equal(new Set(points.map(({ marker }) => marker.symbol)).size, 3);
  assert.deepEqual(
    points.map(({ x }) => [Math.min(...x), Math.max(...x)]),
    [
      [1, 1.9],
      [3, 5.1],
      [4.5, 6.9],
    ],
    "petal lengths of the three species, in Fisher's table",
  );
  assert.ok(JSON.stringify(figure).length < 250_000, `${JSON.stringify(figure).length} bytes`);
});

test("figures.boundary() shows the regions of every epoch", async () => {
  const run = await TASK_RUNS.classes();
  const frames = figures.boundary(run).frames as unknown as {
    name: string;
    data: Region[];
    layout: { annotations: { text: string }[] };
  }[];
  for (const { name, data, layout } of frames) {
    const { x, y } = data[0];
    const [outputs] = run.predict([[x[5], y[5]]], Number(name)) as unknown as number[][];
    const largest = outputs.indexOf(Math.max(...outputs));
    assert.ok((data[largest].z[5][5] as number) > 0, `epoch ${name}`);
    const caption = plain(layout.annotations.at(-1)?.text ?? "");
    assert.match(caption, new RegExp(`${rightOf(run, Number(name))} of 150 right$`));
  }
});

test("figures.boundary() draws the threshold of other targets than 0 and 1", async () => {
  const run = await TASK_RUNS.signs();
  const figure = figures.boundary(run);
  assertFigure(figure);
  const [{ zmin, zmax, colorbar }] = figure.data as unknown as {
    zmin: number;
    zmax: number;
    colorbar: { title: { text: string }; ticktext: string[] };
  }[];
  assert.deepEqual([zmin, zmax], [-1, 1]);
  assert.equal(plain(colorbar.title.text), "network's output (line: 0)");
  assert.deepEqual(colorbar.ticktext.map(plain), ["−1", "0", "1"]);
  assert.deepEqual(
    keyed(figure).map(({ name }) => plain(name as string)),
    ["target −1", "target 1"],
  );
  const right = [0, 1, 2, 3].filter((row) => {
    const [answer] = run.predict([[row >> 1, row & 1]]);
    return answer > 0 === (row === 1 || row === 2);
  }).length;
  assert.ok(
    titleOf(figure).startsWith(
      right === 4
        ? "The network of 3 tanh units gets all 4 inputs right"
        : `The network of 3 tanh units gets ${right} of 4`,
    ),
  );
});

test("figures.boundary() shows one of several outputs", async () => {
  const run = await TASK_RUNS.outputs();
  const [sum, carry] = [1, 2].map((output) => figures.boundary(run, { output }));
  assert.deepEqual(figures.boundary(run), sum, "the first unless asked");
  for (const [output, figure] of [sum, carry].entries()) {
    assertFigure(figure);
    const { x, y, z } = regionsOf(figure)[0];
    const [answers] = run.predict([[x[9], y[40]]]) as unknown as number[][];
    assert.ok(Math.abs((z[40][9] as number) - answers[output]) <= 0.0005);
    assert.match(titleOf(figure), new RegExp(`^Output ${output + 1} of the network of 3 tanh units gets `));
  }
  assert.deepEqual(
    keyed(carry).map(({ x }) => x.length),
    [3, 1],
  );
  assert.throws(() => figures.boundary(run, { output: 3 }), {
    name: "RangeError",
    message: "figures.boundary: output must be a whole number ≥ 1 and ≤ 2, got 3",
  });
  const classes = await TASK_RUNS.classes();
  assert.throws(() => figures.boundary(classes, { output: 1 }), {
    name: "RangeError",
    message: "figures.boundary: output is for outputs that are no classes, got 1",
  });
});

test("figures.boundary() counts rows without a largest output as wrong", async () => {
  const run = await trained({ outputs: 3, output: "softmax" }, petals(false), {
    ...{ loss: "categoricalCrossentropy", epochs: 1 },
  });
  const level = {
    ...run,
    predict: (rows: readonly unknown[]) => rows.map(() => [0.25, 0.25, 0.5].fill(1 / 3)),
  };
  const figure = figures.boundary(level as unknown as Run);
  assertFigure(figure);
  assert.equal(titleOf(figure), "The network of 2 sigmoid units gets none of the 150 points right");
});

test("figures.boundary() tells more classes apart than it has colours", async () => {
  const rows = Array.from({ length: 8 }, (_, i) => [Math.cos(i), Math.sin(i)]);
  const data = dataset(
    rows,
    rows.map((_, i) => `c${i}`),
  );
  const run = await trained({ outputs: 8, output: "softmax" }, data, {
    ...{ loss: "categoricalCrossentropy", epochs: 2 },
  });
  const figure = figures.boundary(run);
  assertFigure(figure);
  const looks = keyed(figure).map(({ marker }) => `${marker.color} ${marker.symbol}`);
  assert.deepEqual([looks.length, new Set(looks).size], [8, 8]);
});
