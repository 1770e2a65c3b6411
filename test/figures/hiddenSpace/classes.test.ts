import assert from "node:assert/strict";
import { test } from "node:test";
import { flatOf, layerCourses } from "../../../src/engine/layerValues.js";
import { bordersOf, type PlaneScore, regionOf } from "../../../src/figures/hiddenSpace/view.js";
import { dataset, type Figure, figures, type Run, truthTable } from "../../../src/index.js";
import { random } from "../../../src/numbers/random.js";
import { assertFigure, petals, plain, TASK_RUNS, titleOf, trained } from "../../support/figureCases.js";
import { handBuilt, SOLUTION } from "../../support/handBuilt.js";

interface Trace {
  readonly name?: string;
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
  readonly fill?: string;
}
const traces = (figure: Figure) => figure.data as unknown as Trace[];
const grounds = (figure: Figure) => traces(figure).filter(({ fill }) => fill === "toself");
const named = (figure: Figure, name: string) =>
  traces(figure).find((trace) => trace.name !== undefined && plain(trace.name) === name) as Trace;

/** Whether a place lies in a polygon: an odd number of edges to its right. */
function inside({ x, y }: Pick<Trace, "x" | "y">, [px, py]: readonly [number, number]): boolean {
  let odd = false;
  for (let i = 0; i < x.length; i++) {
    const [ax, ay, bx, by] = [x[i], y[i], x[(i + 1) % x.length], y[(i + 1) % x.length]] as number[];
    if (ay > py !== by > py && px < ax + ((bx - ax) * (py - ay)) / (by - ay)) odd = !odd;
  }
  return odd;
}

const FRAME = { x: [-2, 3], y: [-1, 2], alike: false } as const;

test("regionOf() divides a frame by the largest score, and bordersOf() lies between its regions", () => {
  const source = random(1, "regions");
  for (let round = 0; round < 200; round++) {
    const scores = Array.from({ length: 2 + (round % 5) }, (): PlaneScore => {
      const [a, b, level] = [0, 0, 0].map(() => source.normal());
      return { a, b, level };
    });
    const scoreAt = ({ a, b, level }: PlaneScore, x: number, y: number) => a * x + b * y + level;
    const regions = scores.map((_, place) => regionOf(scores, place, FRAME));
    const polygons = regions.map((corners) => ({
      x: corners.map(({ at }) => at[0]),
      y: corners.map(({ at }) => at[1]),
    }));
    for (let i = 0; i < 20; i++) {
      const place = [-2 + 5 * source.uniform(), -1 + 3 * source.uniform()] as const;
      const heights = scores.map((score) => scoreAt(score, ...place));
      const largest = heights.indexOf(Math.max(...heights));
      assert.deepEqual(
        polygons.flatMap((polygon, region) => (inside(polygon, place) ? [region] : [])),
        [largest],
      );
    }
    for (const [from, to] of bordersOf(regions)) {
      const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      const [first, second] = scores.map((score) => scoreAt(score, x, y)).sort((a, b) => b - a);
      assert.ok(first - second < 1e-9, "both classes are equally large on their border");
    }
  }
});

/** Where the rows of a run's data land in its last hidden layer, and the class it answers. */
function landed(run: Run) {
  const { network, data } = run;
  assert.ok(network);
  const courses = layerCourses(network, flatOf(run.weights()), data.inputs);
  const { values } = courses[courses.length - 1];
  return Array.from({ length: data.rows }, (_, row) => {
    const answers = Array.from(values.subarray(3 * row, 3 * row + 3));
    return answers.indexOf(Math.max(...answers));
  });
}

for (const hidden of [2, 5])
  test(`figures.hiddenSpace() puts each point of three classes on the ground of its answer, with ${hidden} units`, async () => {
    for (const seed of [1, 2, 3]) {
      const run = await TASK_RUNS.classes(seed, hidden);
      const figure = figures.hiddenSpace(run);
      assertFigure(figure);
      const answered = landed(run);
      const wrong = answered.filter((answer, row) => run.data.targets[3 * row + answer] !== 1).length;
      const thing = hidden === 2 ? "lines leave" : "planes leave";
      if (wrong > 0)
        assert.match(titleOf(figure), new RegExp(`^The outputs' ${thing} ${wrong} of 150 points`));
      else assert.match(titleOf(figure), /^(Straight lines|Planes) separate the classes in hidden space$/i);
      const ground = grounds(figure);
      assert.equal(ground.length, 3);
      const drawn = ["setosa", "versicolor", "virginica"].map((name) => named(figure, name));
      const counts = ground.map((region) =>
        drawn.reduce(
          (sum, { x, y }) =>
            sum + x.filter((_, i) => inside(region, [x[i] as number, y[i] as number])).length,
          0,
        ),
      );
      const rows = Array.from({ length: 120 }, (_, i) => Math.floor((i * 150) / 120)); // those that are drawn
      const expected = [0, 1, 2].map((place) => rows.filter((row) => answered[row] === place).length);
      counts.forEach((count, place) => {
        assert.ok(Math.abs(count - expected[place]) <= 1, `${counts} are ${expected}`); // one may lie on a border, cut to pixels
      });
    }
  });

test("figures.hiddenSpace() has its border where the output is the threshold, whatever the output's activation", async () => {
  const outputs = ["sigmoid", "tanh", "linear", "relu", "leakyRelu", "elu", "softplus"] as const;
  for (const output of outputs) {
    const run = await handBuilt({ activation: "relu", output }, [SOLUTION]);
    const border = named(figures.hiddenSpace(run), "output ½");
    assert.equal(border.x.length, 2, output);
    const [x, y] = [border.x, border.y].map(([from, to]) => ((from as number) + (to as number)) / 2);
    const model = { inputs: 2, layers: [{ units: 1, activation: output }] };
    const [{ values }] = layerCourses(model, flatOf([SOLUTION[1]]), [x, y]).slice(-1);
    assert.ok(Math.abs(values[0] - 0.5) < 0.01, `${output}: ${values[0]}`);
  }
});

test("figures.hiddenSpace() has no border where the output never crosses the threshold", async () => {
  const run = await TASK_RUNS.signs();
  const below = { ...run.data, threshold: -1.5 };
  const figure = figures.hiddenSpace({ ...run, data: below });
  assert.deepEqual(named(figure, "output −1.5").x, []);
  assert.deepEqual(
    grounds(figure).map(({ x }) => x.length),
    [0, 4],
    "all is above",
  );
});

test("figures.hiddenSpace() shows one of several outputs", async () => {
  const run = await TASK_RUNS.outputs();
  const figure = figures.hiddenSpace(run, { output: 2 });
  assertFigure(figure);
  assert.deepEqual(
    ["target 0", "target 1"].map((name) => named(figure, name).x.length),
    [3, 1],
  );
  assert.match(
    plain((figure.layout.title as { subtitle: { text: string } }).subtitle.text),
    /3 tanh units, output 2;/,
  );
});

test("figures.hiddenSpace() of four classes and more has no ground where no plane shows all borders", async () => {
  const rows = Array.from({ length: 12 }, (_, i) => [Math.cos(i), Math.sin(i)]);
  const data = dataset(
    rows,
    rows.map((_, i) => `c${i % 4}`),
  );
  for (const [hidden, regions] of [
    [2, 4],
    [3, 0],
  ] as const) {
    const run = await trained({ hidden, outputs: 4, output: "softmax" }, data, {
      ...{ loss: "categoricalCrossentropy", epochs: 3 },
    });
    const figure = figures.hiddenSpace(run);
    assertFigure(figure);
    assert.equal(grounds(figure).length, regions);
  }
});

test("figures.hiddenSpace() of a network without biases has its border through the origin", async () => {
  const classes = { outputs: 3, output: "softmax", loss: "categoricalCrossentropy", data: petals() } as const;
  const one = { outputs: 1, output: "sigmoid", loss: "binaryCrossentropy", data: truthTable("or") } as const;
  for (const { outputs, output, loss, data } of [classes, one]) {
    const run = await trained({ hidden: 2, outputs, output, useBias: false }, data, { loss, epochs: 3 });
    const border = named(figures.hiddenSpace(run), outputs === 1 ? "output ½" : "border");
    const [x, y] = [border.x, border.y].map((values) => values.slice(0, 2) as number[]);
    const away = Math.abs(x[0] * y[1] - x[1] * y[0]) / Math.hypot(x[1] - x[0], y[1] - y[0]);
    assert.ok(away < 0.01, `${away} from the origin`);
  }
});
