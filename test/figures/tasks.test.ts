import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { flatOf } from "../../src/engine/layerValues.js";
import { meanLoss, penaltyOf, predictions } from "../../src/engine/plain.js";
import { type Figure, figures, study } from "../../src/index.js";
import {
  assertFigure,
  heights,
  petals,
  plain,
  studyOf,
  studyRow,
  TASK_RUNS,
  type Title,
  titleOf,
  trained,
} from "../support/figureCases.js";
import { assertNamedError, options, RUNS } from "../support/hostile.js";

// Needs: more than ten seconds

/** Every figure of one run, and every task: what it draws, and what it refuses and names in its place. */

const subtitle = ({ layout }: Figure) => plain((layout.title as Title).subtitle.text);
const texts = ({ layout }: Figure) =>
  (layout.annotations as { text: string }[]).map(({ text }) => plain(text));

const OF_RUNS = [
  "boundary",
  "confusion",
  "fit",
  "hiddenSpace",
  "landscape",
  "loss",
  "network",
  "predictedVsTrue",
  "story",
] as const;
const REFUSED: Readonly<Record<keyof typeof TASK_RUNS, Readonly<Record<string, string>>>> = {
  classes: { fit: "boundary", predictedVsTrue: "boundary" },
  signs: { fit: "boundary", predictedVsTrue: "boundary" },
  outputs: { fit: "boundary", predictedVsTrue: "boundary" },
  named: { boundary: "fit", predictedVsTrue: "fit" },
  line: { boundary: "confusion", fit: "confusion", predictedVsTrue: "confusion" },
  many: { boundary: "confusion", fit: "confusion", predictedVsTrue: "confusion" },
  curve: { boundary: "fit", confusion: "fit", hiddenSpace: "fit" },
  surface: { boundary: "fit", confusion: "fit", hiddenSpace: "fit" },
  table: {
    boundary: "predictedVsTrue",
    confusion: "predictedVsTrue",
    fit: "predictedVsTrue",
    hiddenSpace: "predictedVsTrue",
  },
};

for (const [task, make] of Object.entries(TASK_RUNS))
  test(`figures of ${task} are drawn, or refused with the one that draws them`, async () => {
    const run = await make();
    for (const name of OF_RUNS) {
      const refused = REFUSED[task as keyof typeof TASK_RUNS][name];
      if (refused === undefined) assertFigure(figures[name](run));
      else {
        const message = new RegExp(`^figures\\.${name}: .*; figures\\.${refused} draws the run$`);
        assert.throws(() => figures[name](run), { name: "RangeError", message }, name);
        assert.equal(REFUSED[task as keyof typeof TASK_RUNS][refused], undefined, "what is named draws it");
      }
    }
  });

test("figures.network() names inputs and outputs as the data do, and has no lines for biases that are not there", async () => {
  const figure = figures.network(await TASK_RUNS.classes());
  for (const name of ["petal length (cm)", "petal width (cm)", "setosa", "versicolor", "virginica"])
    assert.ok(texts(figure).includes(name), texts(figure).join(" | "));
  const without = await trained({ outputs: 3, output: "softmax", useBias: false }, petals(), {
    ...{ loss: "categoricalCrossentropy", epochs: 2 },
  });
  const bare = figures.network(without);
  assertFigure(bare);
  assert.doesNotMatch(JSON.stringify(bare), /bias/);
  assert.match(JSON.stringify(figure), /bias of setosa/);
  const outputs = figures.network(await TASK_RUNS.outputs());
  assert.ok(texts(outputs).includes("output 2"));
});

test("figures.network() speaks of a regression's R², as the verdict has it, and of several outputs without hidden layers", async () => {
  for (const run of [await TASK_RUNS.curve(), await TASK_RUNS.table()]) {
    const [, said] = /R² is (\S+)$/.exec(titleOf(figures.network(run))) ?? [];
    assert.ok(
      run.r2 !== undefined && Math.abs(Number(said?.replace("−", "-")) - run.r2) < 0.001,
      `${said} is ${run.r2}`,
    );
  }
  const flat = await trained({ hidden: [], outputs: 3, output: "softmax" }, petals(), {
    ...{ loss: "categoricalCrossentropy", epochs: 3 },
  });
  assert.match(
    titleOf(figures.network(flat)),
    /^No hidden layer: each output has one weighted sum, and \d+ of 150 answers are wrong$/,
  );
});

test("figures.landscape() shows what training lowered: the loss of all outputs, and penalties", async () => {
  const run = await trained(
    { hidden: 3, outputs: 3, output: "softmax", kernelRegularizer: { l2: 0.01 } },
    petals(),
    {
      ...{ loss: "categoricalCrossentropy", epochs: 5 },
    },
  );
  const { network, data } = run;
  assert.ok(network);
  const weights = flatOf(run.weights());
  const own = meanLoss(predictions(network, weights, data.inputs), data, "categoricalCrossentropy");
  const loss = own + penaltyOf(network).value(weights);
  const figure = figures.landscape(run);
  const [, said] = /ends at loss (\d\.\d+)/.exec(titleOf(figure)) ?? [];
  assert.ok(
    Math.abs(Number(said) - loss) < 1e-4 && loss - own > 0.001,
    `${said}: ${own} and penalties, ${loss}`,
  );
  assert.match(subtitle(figure), /Losses include penalties on weights\./);
  assert.doesNotMatch(subtitle(figure), /Lines?:/, "what ties cost has no penalties in it");
});

test("figures.story() says of a regression that is solved its R²", async () => {
  const run = { ...(await TASK_RUNS.curve()), ending: "solved", solved: true, r2: 0.9951 } as const;
  const figure = figures.story(run);
  assertFigure(figure);
  assert.ok(texts(figure).includes("solved: R² 0.995"), texts(figure).join(" | "));
});

test("figures of studies say when a trial counts as solved, if not when all is right", async () => {
  const rows = [studyRow(2, 30), studyRow(4, 60)];
  const regression = () => heights(1);
  const saying = (solvedBy: object, dataOf?: () => ReturnType<typeof heights>) => {
    const given = { ...studyOf(rows, "completed", dataOf), solvedBy: { solvedAccuracy: 1, ...solvedBy } };
    return [figures.successByWidth, figures.lossFloors, figures.epochsToSolve].map((draw) =>
      subtitle(draw(given)),
    );
  };
  for (const text of saying({}, regression)) assert.match(text, /R² ≥ 0\.99\b/);
  for (const text of saying({ solvedR2: 0.9 }, regression)) assert.match(text, /R² ≥ 0\.9\b/);
  for (const text of saying({ solvedAccuracy: 0.95 })) assert.match(text, /95 % of rows right/);
  for (const text of saying({ solvedLoss: 0.1 }, regression)) assert.match(text, /loss ≤ 0\.1\b/);
  for (const text of saying({})) assert.doesNotMatch(text, /R²|right|≤/);
  const real = await study({
    ...{ data: heights(1), hidden: [1, 2], output: "linear", loss: "meanSquaredError" },
    ...{ trials: 2, epochs: 1, solvedR2: 0.8, progress: false },
  });
  assert.match(subtitle(figures.successByWidth(real)), /solved \(R² ≥ 0\.8\)/);
});

test("figures of studies give an activation one colour, whichever curves are beside it", () => {
  const curves = (...activations: ("relu" | "sigmoid" | "tanh")[]) =>
    figures.successByWidth(
      studyOf(
        activations.flatMap((activation) => [1, 2].map((width) => studyRow(width, 30, 100, { activation }))),
      ),
    ).data as unknown as { name: string; line: { color: string } }[];
  const colours = [curves("relu", "sigmoid"), curves("sigmoid", "tanh", "relu")].map(
    (drawn) => new Map(drawn.map(({ name, line }) => [plain(name), line.color])),
  );
  for (const name of ["ReLU", "sigmoid"]) assert.equal(colours[0].get(name), colours[1].get(name));
  assert.equal(new Set(colours[1].values()).size, 3);
});

test("figures of runs meet any value of their options with a figure or an error in their own name", async () => {
  const [classes, surface] = [await TASK_RUNS.classes(), await TASK_RUNS.surface()];
  const cases = {
    boundary: classes,
    confusion: classes,
    hiddenSpace: classes,
    fit: surface,
    predictedVsTrue: surface,
  };
  for (const [name, run] of Object.entries(cases))
    await fc.assert(
      fc.asyncProperty(options("epoch", "output", "data", "layer"), (any) =>
        assertNamedError(`figures.${name}`, () => figures[name as keyof typeof cases](run, any as never)),
      ),
      { ...RUNS, numRuns: 100 },
    );
});
