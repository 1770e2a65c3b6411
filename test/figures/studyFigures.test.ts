import assert from "node:assert/strict";
import { test } from "node:test";
import { type Dataset, type Figure, figures, type StudyRow, study, truthTable } from "../../src/index.js";
import { assertFigure, plain, studyOf, studyRow, type Title, titleOf } from "../support/figureCases.js";

const subtitle = ({ layout }: Figure) => plain((layout.title as Title).subtitle.text);

/** A study whose trials were all made of one dataset. */
const studyOn = (data: Dataset, ...rows: StudyRow[]) => ({
  ...studyOf(rows),
  trial: () => ({ data }) as never,
});
const unsolved = (hidden: number, solved: number, floors: StudyRow["floors"], more: Partial<StudyRow> = {}) =>
  studyRow(hidden, solved, 100, { floors, ...more });
const [TWO, THREE, ALL] = [Math.LN2 / 2, 0.75 * (Math.log(3) - (2 / 3) * Math.LN2), Math.LN2];
/** Trials that ended on a floor, or on none. */
const at = (floor: number | undefined, trials: number) => ({
  floor,
  trials,
  low: floor ?? 0.2,
  high: floor ?? 0.3,
});
const soonness = (median: number) => ({ epochsToSolve: { q10: median / 2, median, q90: 2 * median } });
type Medians = {
  x: (number | null)[];
  y: number[];
  error_x: { array: (number | null)[]; arrayminus: (number | null)[] };
  text: string[];
  customdata: string[][];
};
const bars = (figure: Figure) =>
  (figure.data as unknown as { name: string; x: number[] }[]).map(({ name, x }) => ({
    name: plain(name),
    x,
  }));
const labels = ({ layout }: Figure) => (layout.yaxis as { ticktext: string[] }).ticktext.map(plain);

test("figures.lossFloors() divides all trials of a setting by how they ended", () => {
  const floors = [at(THREE, 46), at(ALL, 20), at(TWO, 8), at(undefined, 3)];
  const rows = [unsolved(2, 19, floors, { diverged: 4 }), unsolved(5, 98, [at(TWO, 2)])];
  const figure = figures.lossFloors(studyOn(truthTable("xor"), ...rows));
  assertFigure(figure);
  assert.equal(titleOf(figure), "relu-2: 46 % of trials end unsolved at loss 0.4774");
  assert.deepEqual(bars(figure), [
    { name: "solved", x: [19, 98] },
    { name: "0.3466: 2 inputs, 1 answer", x: [8, 2] },
    { name: "0.4774: 3 inputs, 1 answer", x: [46, 0] },
    { name: "0.6931: chance (ln 2)", x: [20, 0] },
    { name: "at other losses", x: [3, 0] },
    { name: "diverged", x: [4, 0] },
  ]);
  assert.deepEqual(labels(figure), ["relu-2", "relu-5"]);
  assert.match(figure.layout.meta.description, /relu-5: solved 98 %, 0\.3466 2 %\. 100 trials a setting\.$/);
});

test("figures.lossFloors() says of real trials what their table says", async () => {
  const options = { activation: "relu", rows: 200, epochs: 60, trials: 20, progress: false } as const;
  const done = await study({ ...options, hidden: [1, 2] });
  const figure = figures.lossFloors(done);
  assertFigure(figure);
  for (const i of [0, 1])
    assert.ok(Math.abs(bars(figure).reduce((sum, { x }) => sum + x[i], 0) - 100) < 1e-3);
  for (const { floor, trials } of done.rows.flatMap((row) => row.floors))
    if (Math.abs((floor ?? 0) - THREE) < 1e-6)
      assert.ok(bars(figure).some(({ name, x }) => name.startsWith("0.4774: 3") && x.includes(5 * trials)));
});

test("figures.lossFloors() titles state only what the numbers show", () => {
  const title = (...rows: StudyRow[]) => titleOf(figures.lossFloors(studyOn(truthTable("xor"), ...rows)));
  const floor = [at(TWO, 10)];
  assert.equal(title(studyRow(4, 100), studyRow(5, 100)), "Every trial solves xor");
  assert.equal(title(studyRow(4, 100)), "relu-4: every trial solves xor");
  assert.equal(
    title(studyRow(4, 100), studyRow(5, 100, 100, { data: "and" })),
    "Every trial solves its data",
  );
  assert.equal(
    title(...Array.from({ length: 17 }, (_, i) => studyRow(i + 1, i === 16 ? 0 : 100))),
    "Every trial of these 16 settings solves xor",
  );
  assert.equal(title(unsolved(2, 30, floor, { diverged: 60 })), "relu-2: 60 % of trials diverge");
  assert.equal(
    title(unsolved(2, 30, [at(undefined, 60), ...floor])),
    "relu-2: 60 % of trials end unsolved, at none of these floors",
  );
  assert.equal(title(unsolved(2, 0, [at(undefined, 100)])), "relu-2: 100 % of trials stay unsolved");
});

test("figures.lossFloors() shows floors whose meaning is not known, or not one, by their loss alone", () => {
  const row = unsolved(2, 90, [at(ALL, 10)]);
  assert.equal(bars(figures.lossFloors(studyOf([row])))[1].name, "0.6931");
  const and = figures.lossFloors(studyOn(truthTable("and"), unsolved(2, 90, [at(0.5623, 10)])));
  assert.equal(bars(and)[1].name, "0.5623: 4 inputs, 1 answer");
});

test("figures.epochsToSolve() draws medians with their lines, and says where none was solved", () => {
  const rows = [studyRow(1, 0), studyRow(2, 19, 100, soonness(10)), studyRow(5, 69, 100, soonness(6))];
  const figure = figures.epochsToSolve(studyOf(rows));
  assertFigure(figure);
  const [medians, unsolved] = figure.data as unknown as Medians[];
  assert.deepEqual(medians.x, [null, 10, 6]);
  assert.deepEqual(medians.error_x.array, [null, 10, 6]);
  assert.deepEqual(medians.error_x.arrayminus, [null, 5, 3]);
  assert.equal(medians.customdata[1][1], "19 of 100 trials solved");
  assert.equal(medians.customdata[2][2], "median epoch 6; 10 to 90 %: 3 to 12");
  assert.deepEqual([unsolved.y, unsolved.text.map((text) => text.trim())], [[0], ["none solved"]]);
  assert.deepEqual(labels(figure), ["relu-1", "relu-2", "relu-5"]);
  assert.match(figure.layout.meta.description, /relu-1: none solved; relu-2: 10 \(5 to 20\); relu-5: 6/);
});

test("figures.epochsToSolve() titles state only what the numbers show", () => {
  const title = (...rows: StudyRow[]) => titleOf(figures.epochsToSolve(studyOf(rows)));
  const row = (activation: "relu" | "sigmoid", width: number, median?: number) =>
    studyRow(width, median ? 50 : 0, 100, { activation, ...(median ? soonness(median) : {}) });
  assert.equal(
    title(row("sigmoid", 2, 80), row("relu", 2, 90), row("sigmoid", 5, 42), row("relu", 5, 6)),
    "At width 5, ReLU solves sooner: median epoch 6 against 42",
  );
  assert.equal(
    title(row("sigmoid", 2, 8), row("relu", 2, 9.5), row("sigmoid", 5), row("relu", 5, 6)),
    "At width 2, sigmoid solves sooner: median epoch 8 against 9.5",
  );
  assert.equal(
    title(row("sigmoid", 2, 8), row("relu", 2, 8)),
    "At width 2, sigmoid and ReLU solve equally soon: median epoch 8",
  );
  assert.equal(
    title(row("relu", 2, 10), row("relu", 4, 5), row("relu", 5, 6)),
    "relu-4 solves soonest: median epoch 5; relu-2 latest: 10",
  );
  assert.equal(
    title(row("relu", 2, 6), row("relu", 5, 6)),
    "All that solve do so equally soon: median epoch 6",
  );
  assert.equal(title(row("relu", 1), row("relu", 5, 6)), "relu-5: median first perfect epoch 6");
  assert.equal(title(row("relu", 1)), "No trial solves xor");
});

for (const name of ["lossFloors", "epochsToSolve"] as const) {
  test(`figures.${name}() draws one setting, and of many the first 16`, () => {
    assertFigure(figures[name](studyOf([studyRow(2, 19, 100, soonness(10))])));
    const rows = Array.from({ length: 20 }, (_, i) => studyRow(2, 19 + i, 100, { batchSize: 2 + i }));
    const figure = figures[name](studyOf(rows));
    assertFigure(figure);
    assert.deepEqual(labels(figure).slice(0, 2), ["relu-2, batches of 2", "relu-2, batches of 3"]);
    assert.equal(labels(figure).length, 16);
    assert.match(subtitle(figure), /The first 16 of 20 settings\./);
  });

  test(`figures.${name}() leaves out what a stopped study did not come to, and says so`, () => {
    const rows = [studyRow(2, 30, 60), studyRow(3, 5, 12), studyRow(4, 0, 0)];
    const figure = figures[name](studyOf(rows, "stopped"));
    assertFigure(figure);
    assert.deepEqual(labels(figure), ["relu-2", "relu-3"]);
    assert.match(
      subtitle(figure),
      /12 to 60 trials a setting\. Stopped early, without a trial of 1 of 3 settings\./,
    );
    const empty = figures[name](studyOf([studyRow(2, 0, 0)], "stopped"));
    assertFigure(empty);
    assert.equal(titleOf(empty), "The study was stopped before its first trial ended");
  });

  test(`figures.${name}() says what it needs`, () => {
    assert.throws(() => figures[name](Promise.resolve() as never), {
      name: "TypeError",
      message: `figures.${name}: expected a study (made by await study(…)), got a promise; write await before train(…) or study(…)`,
    });
  });
}
