import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dataset, type Figure, figures, iris, type Run, split, truthTable } from "../../src/index.js";
import { assertFigure, HOSTILE, petals, plain, TASK_RUNS, titleOf, trained } from "../support/figureCases.js";

const noted = ({ layout }: Figure) =>
  (layout.annotations as { text: string; x: number; y: number }[]).map(({ text, x, y }) => [
    y,
    x,
    plain(text),
  ]);
const labels = ({ layout }: Figure) =>
  [layout.yaxis, layout.xaxis].map((axis) => (axis as { ticktext: string[] }).ticktext.map(plain));

/** A run that answers row after row with these classes; undefined: with none. */
function answering(run: Run, answers: readonly (number | undefined)[]): Run {
  const row = (answer: number | undefined) => [0, 1, 2].map((place) => (place === answer ? 0.9 : 0.05));
  return { ...run, predict: () => answers.map(row) } as unknown as Run;
}

/** Three classes of as many rows each as is said. */
const counted = (...counts: number[]) => {
  const labels = counts.flatMap((count, place) => Array<string>(count).fill("abc"[place]));
  return dataset(
    labels.map((_, i) => [i, -i]),
    labels,
    { classes: ["a", "b", "c"] },
  );
};

const classesRun = (data = counted(2, 3, 4)) =>
  trained({ outputs: 3, output: "softmax" }, data, { loss: "categoricalCrossentropy", epochs: 1 });

test("figures.confusion() counts each class's answers, with their share of the class", async () => {
  const run = answering(await classesRun(), [0, 0, 1, 1, 2, 2, 2, 2, 0]);
  const figure = figures.confusion(run);
  assertFigure(figure);
  assert.deepEqual(labels(figure), [
    ["a", "b", "c"],
    ["a", "b", "c"],
  ]);
  assert.deepEqual(noted(figure), [
    [0, 0, "2 100 %"],
    [0, 1, "0"],
    [0, 2, "0"],
    [1, 0, "0"],
    [1, 1, "2 67 %"],
    [1, 2, "1 33 %"],
    [2, 0, "1 25 %"],
    [2, 1, "0"],
    [2, 2, "3 75 %"],
  ]);
  assert.deepEqual(figure.data[0].z, [1, 0, 0, 0, 0.666667, -0.333333, -0.25, 0, 0.75]);
  assert.equal(
    titleOf(figure),
    "The network of 2 sigmoid units gets 7 of 9 rows right",
    "no error is the most frequent one",
  );
});

test("figures.confusion()'s title names the most frequent error, and is true of any answers", async () => {
  const run = await classesRun();
  const cases: [(number | undefined)[], string][] = [
    [[0, 0, 1, 1, 1, 2, 2, 2, 2], "The network of 2 sigmoid units gets all 9 rows right"],
    [
      [0, 0, 1, 1, 1, 1, 1, 2, 0],
      "The network of 2 sigmoid units gets 6 of 9 rows right; most frequent error: b for c (2 of 4)",
    ],
    [
      [0, 0, 1, 1, 1, 1, 1, 2, 2],
      "The network of 2 sigmoid units gets 7 of 9 rows right; its only kind of error: b for c (2 of 4)",
    ],
    [
      [undefined, undefined, 1, 1, 1, 2, 2, 2, 2],
      "The network of 2 sigmoid units gets 7 of 9 rows right; its only kind of error: no class for a (2 of 2)",
    ],
  ];
  for (const [answers, title] of cases)
    assert.equal(titleOf(figures.confusion(answering(run, answers))), title);
  const truth = [0, 0, 1, 1, 1, 2, 2, 2, 2];
  const answer = fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined });
  fc.assert(
    fc.property(fc.array(answer, { minLength: 9, maxLength: 9 }), (answers) => {
      const figure = figures.confusion(answering(run, answers));
      const right = answers.filter((one, row) => one === truth[row]).length;
      const said = /gets (\d) of 9 rows|gets (all|none)/.exec(titleOf(figure));
      assert.ok(said, titleOf(figure));
      assert.equal(said[1] ?? { all: "9", none: "0" }[said[2]], String(right));
      const errors = answers.map((one, row) => (one === truth[row] ? "" : `${one ?? 3} for ${truth[row]}`));
      const often = new Map(
        errors.filter(Boolean).map((error) => [error, errors.filter((other) => other === error).length]),
      );
      const most = [...often].sort((a, b) => b[1] - a[1]);
      const names = /error: (.*) for (.) \((\d) of \d\)$/.exec(titleOf(figure));
      if (names === null) assert.ok(most.length === 0 || most[0][1] === most[1]?.[1]);
      else {
        const [, answered, of, count] = names;
        assert.deepEqual(most[0], [
          `${["a", "b", "c", "no class"].indexOf(answered)} for ${"abc".indexOf(of)}`,
          Number(count),
        ]);
      }
      const column = labels(figure)[1].length;
      assert.equal(column, answers.includes(undefined) ? 4 : 3);
    }),
  );
});

test("figures.confusion() of two classes counts on which side of the threshold answers lie", async () => {
  const run = await trained({}, truthTable("and"));
  const half = { ...run, predict: () => [0.1, 0.6, 0.5, 0.7] } as unknown as Run;
  const figure = figures.confusion(half);
  assertFigure(figure);
  assert.deepEqual(labels(figure), [
    ["target 0", "target 1"],
    ["target 0", "target 1", "no class"],
  ]);
  assert.deepEqual(figure.data[0].z, [0.333333, -0.333333, -0.333333, 0, 1, 0]);
  const named = figures.confusion(await TASK_RUNS.named());
  assert.deepEqual(labels(named)[0], ["no", "yes"]);
});

test("figures.confusion() judges other rows, in their own units, and one of several outputs", async () => {
  const { train, test: held } = split(petals(), { test: 0.3, seed: 2 });
  const run = await trained({ hidden: 4, activation: "tanh", outputs: 3, output: "softmax" }, train, {
    ...{ loss: "categoricalCrossentropy", epochs: 20, learningRate: 0.02 },
  });
  const centimetres = petals(false);
  const [scaled, unscaled] = [petals(), centimetres].map((data) => figures.confusion(run, { data }));
  assert.deepEqual(scaled.data, unscaled.data, "scaled or not, these are the same flowers");
  const answers = run.predict(
    Array.from({ length: 150 }, (_, row) => Array.from(centimetres.inputs.subarray(2 * row, 2 * row + 2))),
  ) as unknown as number[][];
  const right = answers.filter((one, row) => one.indexOf(Math.max(...one)) === Math.floor(row / 50)).length;
  assert.match(
    titleOf(unscaled),
    new RegExp(`gets ${right === 150 ? "all 150" : `${right} of 150`} rows right`),
  );
  assert.match(titleOf(figures.confusion(run, { data: held })), new RegExp(`of ${held.rows} rows right`));
  assert.match(
    titleOf(figures.confusion(run, { epoch: 0 })),
    /^Before training, the network of 4 tanh units gets /,
  );
  const carry = figures.confusion(await TASK_RUNS.outputs(), { output: 2 });
  assert.match(titleOf(carry), /^Output 2 of the network of 3 tanh units gets /);
  assert.throws(() => figures.confusion(run, { data: iris() }), {
    name: "RangeError",
    message: "figures.confusion: data must have 2 features as the data have, got 4",
  });
});

test("figures.confusion() writes no numbers into the cells of many classes, and names full of markup as they are", async () => {
  const rows = Array.from({ length: 24 }, (_, i) => [i, i * i]);
  const many = dataset(
    rows,
    rows.map((_, i) => `c${i % 12}`),
  );
  const run = await trained({ outputs: 12, output: "softmax" }, many, {
    loss: "categoricalCrossentropy",
    epochs: 1,
  });
  const figure = figures.confusion(run);
  assertFigure(figure);
  assert.deepEqual(figure.layout.annotations, []);
  const hostile = dataset([[1], [2]], [HOSTILE, "plain"]);
  const shown = figures.confusion(await trained({ inputs: 1 }, hostile));
  assertFigure(shown);
  assert.ok(!JSON.stringify([shown.data, shown.layout.title]).includes(HOSTILE.slice(0, 8)));
});
