import assert from "node:assert/strict";
import { test } from "node:test";
import type { LayerWeights } from "../../../src/engine/network.js";
import { dataset, type Figure, figures, mlp, type Run, train, truthTable, xor } from "../../../src/index.js";
import { titleOf, trained } from "../../support/figureCases.js";

/** A run as if its weights had been these, epoch by epoch. */
function along(run: Run, path: readonly (readonly LayerWeights[])[], more: Partial<Run> = {}): Run {
  const loss = path.slice(1).map(() => 0.5);
  const weights = (epoch?: number) => path[epoch ?? path.length - 1];
  const epochsKept = path.map((_, epoch) => epoch);
  return { ...run, history: { loss, accuracy: loss }, epochsKept, weights, status: "completed", ...more };
}

const relu2 = () => trained({ hidden: 2, activation: "relu" }, truthTable("xor"));

/** Two ReLU units as layer by layer weights. */
const units = (kernel: number[][], bias: number[], out: number[], last: number): LayerWeights[] => [
  { kernel, bias },
  { kernel: out.map((value) => [value]), bias: [last] },
];

test("figures.landscape() says that nothing changes where dead units leave nothing to change", async () => {
  const dead = (a: number, b: number) =>
    units(
      [
        [a, b],
        [-1, -1],
      ],
      [-5, -5],
      [1, 1],
      0,
    );
  const figure = figures.landscape(
    along(await relu2(), [dead(-1, -1), dead(-1.3, -1), dead(-1.5, -1.4)], { solved: false }),
  );
  assert.equal(titleOf(figure), "The network of 2 ReLU units ends at loss 0.6931, the lowest in view");
  assert.match(
    figure.layout.meta.description,
    /At 144 places within the ring \(radius \S+\), the loss is the same as at the end\./,
  );
});

test("figures.landscape() gives the loss of a known solution", async () => {
  // ReLU-2 solves XOR as |a − b|: here times 60, less 30.
  const solution = (out: number, last: number) =>
    units(
      [
        [1, -1],
        [-1, 1],
      ],
      [0, 0],
      [60 + out, 60 + out],
      last - 30,
    );
  const run = along(await relu2(), [solution(-2, 0), solution(1, 1), solution(0, 0)], { solved: true });
  assert.equal(
    titleOf(figures.landscape(run)),
    "The network of 2 ReLU units ends at loss 1e-7, the lowest in view",
  );
});

test("figures.landscape() says how the loss changes around the end, and what is lowest in view", async () => {
  // A line through (−1, −1) and (1, 1) by squared error: a bowl in slope and intercept, lowest at 1 and 0. With
  // slope 1 + a and intercept b the loss is a² + b².
  const data = dataset([[-1], [1]], [-1, 1], { name: "line" });
  const options = { epochs: 1, loss: "meanSquaredError", progress: false } as const;
  const linear = await train(mlp({ inputs: 1, hidden: [], output: "linear" }), data, options);
  const at = (slope: number, intercept: number): LayerWeights[] => [{ kernel: [[slope]], bias: [intercept] }];
  const described = (...path: LayerWeights[][]) => {
    const { layout } = figures.landscape(along(linear, path, { solved: false }));
    const [, radius, from, to] =
      layout.meta.description.match(
        /^The network.*\(radius (\S+)\), the loss differs from the end's by (\S+) to (\S+)\. /,
      ) ?? [];
    return { title: titleOf({ layout } as Figure), numbers: [radius, from, to].map(numberOf) };
  };
  const bowl = described(at(4, 3), at(2, 4), at(1, 0));
  assert.match(bowl.title, /^The network without hidden layers ends at loss \S+, the lowest in view$/);
  const [radius, least, most] = bowl.numbers;
  assert.ok(Math.abs(most / radius ** 2 - 1) < 0.1, `${most}: at the ring it is the square of the radius`);
  assert.ok(Math.abs(least / (radius / 3) ** 2 - 1) < 0.1, `${least}: nearest places, a third of it away`);
  const slope = described(at(4, 3), at(2, 4), at(2, 1));
  assert.match(
    slope.title,
    /^The network without hidden layers ends at loss 2\.0000; the lowest loss in view is 0\.5\d+$/,
  );
  const [wide, fall, rise] = slope.numbers;
  const bends = (sign: number) => (Math.SQRT2 + sign * wide) ** 2 - 2; // the gradient is 2√2 long
  assert.ok(
    Math.abs(fall / bends(-1) - 1) < 0.1 && Math.abs(rise / bends(1) - 1) < 0.1,
    `${fall} to ${rise}`,
  );
});

const numberOf = (text: string) => Number(text.replace("−", "-"));

test("figures.landscape() shows that the pinned run's loss is the lowest in view", async () => {
  const seed = 588516;
  const run = await train(mlp({ activation: "relu", seed }), xor({ seed }), { seed, progress: false });
  const figure = figures.landscape(run);
  assert.equal(titleOf(figure), "The network of 2 ReLU units ends at loss 0.3396, the lowest in view");
  const losses = (figure.data[0].customdata as number[][]).flat();
  assert.ok(Math.min(...losses) > 0.3395, "computed again from what is drawn");
});
