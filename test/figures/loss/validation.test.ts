import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Figure, figures, type Run } from "../../../src/index.js";
import {
  assertFigure,
  line,
  plain,
  TASK_RUNS,
  type Title,
  titleOf,
  trained,
  withHistory,
} from "../../support/figureCases.js";

interface Trace {
  readonly name?: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly hovertemplate: string;
  readonly line: { readonly color: string; readonly dash?: string };
  readonly marker?: { readonly symbol?: string; readonly line: { readonly color: string } };
}
const traces = (figure: Figure) => figure.data as unknown as Trace[];
const dashed = (figure: Figure) => traces(figure).filter(({ line }) => line?.dash === "dash");
const diamonds = (figure: Figure) => traces(figure).filter(({ marker }) => marker?.symbol === "diamond");
const subtitle = ({ layout }: Figure) => plain((layout.title as Title).subtitle.text);
const yTitle = ({ layout }: Figure) => plain((layout.yaxis as { title: { text: string } }).title.text);

/** A run as if its losses over training and validation data had been these. */
const validated = (run: Run, loss: readonly number[], valLoss: readonly number[]): Run => {
  const { history, ...rest } = withHistory(run, loss);
  return { ...rest, history: { ...history, valLoss } };
};

test("figures.loss() draws the validation loss broken, in the run's colour, with a diamond where it is lowest", async () => {
  const run = await TASK_RUNS.classes();
  const { valLoss } = run.history;
  assert.ok(valLoss);
  const figure = figures.loss(run);
  assertFigure(figure);
  const [validation] = dashed(figure);
  assert.equal(validation.line.color, traces(figure)[0].line.color);
  assert.deepEqual(validation.x, line(30, 1, 30));
  validation.y.forEach((loss, i) => {
    assert.ok(Math.abs(loss - valLoss[i]) < 1e-5 * valLoss[i]);
  });
  const lowest = valLoss.indexOf(Math.min(...valLoss));
  assert.deepEqual(diamonds(figure)[0].x, [lowest + 1]);
  assert.match(subtitle(figure), /Dashed: validation loss; diamond: its lowest\./);
  const two = figures.loss([run, await TASK_RUNS.classes(2)]);
  assertFigure(two);
  assert.deepEqual(
    dashed(two).map(({ line: { color } }) => color),
    traces(two)
      .slice(0, 2)
      .map(({ line: { color } }) => color),
  );
  assert.deepEqual(dashed(figures.loss(await trained())), [], "none without validation data");
});

test("figures.loss() says where the validation loss is lowest, how much higher it ends, and whether training still falls", async () => {
  const run = await trained();
  const falling = line(100, 0.7, 0.1);
  const cases: [number[], number[], RegExp][] = [
    [
      falling,
      [...line(40, 0.7, 0.3), ...line(60, 0.3, 0.42)],
      /Validation loss is lowest after epoch 40 \(0\.3000\) and 0\.12 higher at the end; training loss is still falling\./,
    ],
    [
      line(100, 0.3, 0.3),
      [...line(40, 0.7, 0.3), ...line(60, 0.31, 0.42)],
      / after epoch 40 \(0\.3000\) and 0\.12 higher at the end\./,
    ],
    [falling, line(100, 0.8, 0.2), /Validation loss is lowest at the end: 0\.2000\./],
    [
      falling,
      [...line(99, 0.8, 0.2), Number.NaN],
      /lowest after epoch 99 \(0\.2000\) and no number at the end; training/,
    ],
    [falling, line(100, Number.NaN, Number.NaN), /^(?!.*alidation)/],
  ];
  for (const [loss, valLoss, words] of cases) {
    const figure = figures.loss(validated(run, loss, valLoss));
    assertFigure(figure);
    assert.match(subtitle(figure), words);
  }
});

test("figures.loss()'s words on validation are true of any course", async () => {
  const run = await trained();
  const loss = fc.double({ min: 0.001, max: 5, noNaN: true });
  fc.assert(
    fc.property(fc.array(loss, { minLength: 1, maxLength: 40 }), (valLoss) => {
      const text = subtitle(figures.loss(validated(run, line(valLoss.length, 0.7, 0.1), valLoss)));
      const lowest = Math.min(...valLoss);
      if (valLoss[valLoss.length - 1] === lowest)
        assert.match(text, /Validation loss is lowest at the end: /);
      else
        assert.match(
          text,
          new RegExp(`lowest after epoch ${valLoss.indexOf(lowest) + 1} \\(${lowest.toFixed(4)}\\)`),
        );
    }),
    { seed: 1 },
  );
});

test("figures.loss() holds the end of the validation loss in its frame", async () => {
  const run = await trained();
  const figure = figures.loss(validated(run, line(50, 0.7, 0.01), line(50, 0.8, 2.4)));
  const { range } = figure.layout.yaxis as { range: [number, number] };
  assert.ok(range[1] > 2.4, String(range));
});

test("figures.loss() speaks of a regression's R², and of no accuracy", async () => {
  const run = await TASK_RUNS.curve();
  const [solved, not] = ([true, false] as const).map((solved) => ({
    ...withHistory(run, line(40, 0.5, 0.002), [], { solved, finalAccuracy: Number.NaN }),
    r2: solved ? 0.9963 : 0.41,
  }));
  assert.equal(titleOf(figures.loss(solved)), "The network of 6 tanh units solves heights: R² 0.996");
  assert.match(
    figures.loss(not).layout.meta.description,
    /still falling\. R² 0\.410, loss 0\.0020 in the last epoch\./,
  );
  for (const figure of [figures.loss(solved), figures.loss(not), figures.loss(run)]) {
    assertFigure(figure);
    assert.doesNotMatch(JSON.stringify(figure), /ccuracy|NaN/);
    assert.match(subtitle(figure), /Losses are those of scaled targets\./);
  }
  assert.equal(yTitle(figures.loss(run)), "loss (mean squared error)");
  const stopped = { ...not, status: "stopped", ending: "stopped" } as const;
  assert.match(figures.loss(stopped).layout.meta.description, /Its loss was 0\.0020, its R² 0\.410\./);
});

test("figures.loss() names the unit of every loss, and says whether penalties are in it", async () => {
  const units: Record<string, string> = {};
  for (const loss of ["binaryCrossentropy", "meanSquaredError", "meanAbsoluteError"] as const)
    units[loss] = yTitle(figures.loss(await trained({}, undefined, { loss, epochs: 1 })));
  const run = await TASK_RUNS.classes();
  assert.deepEqual(
    { ...units, categoricalCrossentropy: yTitle(figures.loss(run)) },
    {
      binaryCrossentropy: "loss (nats)",
      meanSquaredError: "loss (mean squared error)",
      meanAbsoluteError: "loss (mean absolute error)",
      categoricalCrossentropy: "loss (nats)",
    },
  );
  assert.match(
    subtitle(figures.loss(run)),
    /Line: 1\.0986 \(constant answer\)\./,
    "ln 3, of as many of each class",
  );
  const penalized = await trained({ kernelRegularizer: { l2: 0.1 } });
  assert.match(subtitle(figures.loss(penalized)), /Losses include penalties on weights\./);
});

test("figures.loss() says when runs count as solved, where it is not when all answers are right", async () => {
  const all = await trained({});
  assert.doesNotMatch(subtitle(figures.loss(all)), /Solved:/);
  const most = await trained({}, undefined, { solvedAccuracy: 0.9 });
  assert.match(subtitle(figures.loss(most)), / Solved: 90 % of rows right\. /);
  assert.match(subtitle(figures.loss([all, most])), / Solved: each by its own criterion\. /);
  const penalized = await trained({ kernelRegularizer: { l2: 0.01 } });
  assert.match(subtitle(figures.loss([all, penalized])), /Some losses include penalties on weights\./);
});
