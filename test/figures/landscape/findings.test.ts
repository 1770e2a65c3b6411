import assert from "node:assert/strict";
import { test } from "node:test";
import type { LayerWeights } from "../../../src/engine/network.js";
import { dataset, figures, mlp, type Run, train, truthTable, xor } from "../../../src/index.js";
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

test("figures.landscape() calls the end a plateau where dead units leave nothing to change", async () => {
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
  assert.equal(
    titleOf(figure),
    "relu-2 ends on a plateau at loss 0.6931: flat in every direction of this plane",
  );
  assert.match(figure.layout.meta.description, /at most 0 up, 0 down\. Lowest loss in view: 0\.6931/);
});

test("figures.landscape() calls the end of a known solution low ground", async () => {
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
    "relu-2 ends on flat low ground at loss 1e-7: flat in every direction of this plane",
  );
});

test("figures.landscape() tells valley, hollow and slope apart", async () => {
  const kernel = [
    [1, 1],
    [1, 1],
  ];
  // The first unit is dead: its weights do not matter. The output's bias is best where its answer is ½.
  const still = (a: number, bias: number) =>
    units(
      [
        [a, -1],
        [-1, -1],
      ],
      [-9, -9],
      [1, 1],
      bias,
    );
  const valley = along(await relu2(), [still(-1, 0), still(-2, 0.8), still(-3, 0)]);
  assert.match(
    titleOf(figures.landscape(valley)),
    /^relu-2 ends in a valley at loss 0\.6931: nothing in this plane is clearly lower$/,
  );
  // A line through (−1, −1) and (1, 1) by squared error: a bowl in slope and intercept, lowest at 1 and 0.
  const data = dataset([[-1], [1]], [-1, 1], { name: "line" });
  const options = { epochs: 1, loss: "meanSquaredError", progress: false } as const;
  const linear = await train(mlp({ inputs: 1, hidden: [], output: "linear" }), data, options);
  const at = (slope: number, intercept: number): LayerWeights[] => [{ kernel: [[slope]], bias: [intercept] }];
  const hollow = along(linear, [at(4, 3), at(2, 4), at(1, 0)], { solved: false });
  assert.match(
    titleOf(figures.landscape(hollow)),
    /^The network without hidden layers ends in a hollow at loss \S+: nothing in this plane is clearly lower$/,
  );
  const slope = along(linear, [at(4, 3), at(2, 4), at(2, 1)], { solved: false });
  assert.match(
    titleOf(figures.landscape(slope)),
    /^The network without hidden layers ends on a slope at loss 2\.0000: in this plane it goes on down to 0\.\d+$/,
  );
  const random = along(await relu2(), [units(kernel, [0, 0], [1, 1], 0), units(kernel, [0, 0], [1, 2], 1)], {
    solved: false,
  });
  assert.match(titleOf(figures.landscape(random)), /^relu-2 ends on a slope /);
});

test("figures.landscape() shows that the pinned stall has nothing lower around it", async () => {
  const seed = 588516;
  const stalled = await train(mlp({ activation: "relu", seed }), xor({ seed }), { seed, progress: false });
  const figure = figures.landscape(stalled);
  assert.equal(
    titleOf(figure),
    "relu-2 ends at the foot of a slope at loss 0.3396: nothing in this plane is clearly lower",
  );
  const losses = (figure.data[0].customdata as number[][]).flat();
  assert.ok(Math.min(...losses) > 0.3395, "computed again from what is drawn");
});
