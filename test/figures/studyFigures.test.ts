import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Dataset,
  type Figure,
  figures,
  parity,
  type StudyRow,
  study,
  truthTable,
} from "../../src/index.js";
import {
  assertFigure,
  plain,
  soonness,
  studyOf,
  studyRow,
  type Title,
  titleOf,
} from "../support/figureCases.js";

const subtitle = ({ layout }: Figure) => plain((layout.title as Title).subtitle.text);

/** A study whose trials were all judged by one data set. */
const studyOn = (data: Dataset, ...rows: StudyRow[]) => studyOf(rows, "completed", () => data);
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
  const figure = figures.lossFloors(studyOf(rows));
  assertFigure(figure);
  assert.equal(
    titleOf(figure),
    "98 % of trials (93–99 %) solve xor with 5 units, 19 % (13–28 %) with 2 units; 46 of the 83 others end at loss 0.4774",
  );
  assert.deepEqual(bars(figure), [
    { name: "solved", x: [19, 98] },
    { name: "0.3466: 2 inputs, 1 answer", x: [8, 2] },
    { name: "0.4774: 3 inputs, 1 answer", x: [46, 0] },
    { name: "0.6931: constant answer, ln 2", x: [20, 0] },
    { name: "elsewhere: loss 0.2–0.3", x: [3, 0] },
    { name: "diverged", x: [4, 0] },
  ]);
  assert.deepEqual(labels(figure), ["2 ReLU units", "5 ReLU units"]);
  assert.match(
    figure.layout.meta.description,
    /5 ReLU units: of 100 trials 98 solved, 2 at loss 0\.3466\. 100 trials a setting\.$/,
  );
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
  const title = (...rows: StudyRow[]) => titleOf(figures.lossFloors(studyOf(rows)));
  const floor = [at(TWO, 10)];
  assert.equal(title(studyRow(4, 100), studyRow(5, 100)), "All 200 trials solve xor");
  assert.equal(title(studyRow(4, 100)), "4 ReLU units: all 100 trials solve xor");
  assert.equal(
    title(studyRow(4, 100), studyRow(5, 100, 100, { data: "and" })),
    "All 200 trials solve their data",
  );
  const many = (solved: (i: number) => number) =>
    Array.from({ length: 17 }, (_, i) => studyRow(i + 1, solved(i)));
  assert.equal(title(...many((i) => (i === 16 ? 0 : 100))), "All 1600 trials of these 16 settings solve xor");
  assert.equal(
    title(...many(() => 0).map((row) => ({ ...row, floors: [at(TWO, 100)] }))),
    "None of 1600 trials of these 16 settings solves xor; all end at loss 0.3466",
  );
  assert.equal(
    title(unsolved(2, 30, floor, { diverged: 60 })),
    "2 ReLU units: 30 % of trials (22–40 %) solve xor; 60 of the 70 others diverge",
  );
  assert.equal(
    title(unsolved(2, 30, [at(undefined, 60), ...floor])),
    "2 ReLU units: 30 % of trials (22–40 %) solve xor; 60 of the 70 others end elsewhere (loss 0.2–0.3)",
  );
  assert.equal(
    title(unsolved(2, 0, [at(undefined, 100)])),
    "2 ReLU units: none of 100 trials solves xor; all end at loss 0.2–0.3",
  );
});

test("figures.lossFloors() crowns no setting that intervals do not tell from others", () => {
  const title = (...solved: number[]) => {
    const rows = solved.map((count, i) => unsolved(i + 1, count, [at(TWO, 100 - count)]));
    return titleOf(figures.lossFloors(studyOf(rows)));
  };
  assert.match(
    title(20, 90, 94),
    /^90–94 % of trials \(83–97 %\) solve xor with 2 units and 3 units, 20 % \(13–29 %\) with 1 unit; /,
  );
  assert.match(title(40, 44, 47), /^40–47 % of trials \(31–57 %\) solve xor with each of 3 settings; /);
  assert.match(
    title(50, 60, 70),
    /^50–70 % of trials \(40–78 %\) solve xor with each of 3 settings; /,
    "one stands between both ends",
  );
  assert.match(
    title(10, 90, 91, 92),
    /^90–92 % of trials \(83–96 %\) solve xor with 3 of 4 settings, 10 % \(6–17 %\) with 1 unit; /,
  );
});

test("figures.lossFloors() says where trials ended that are on none of the floors, of all and of a setting", () => {
  const elsewhere = (low: number, high: number) => ({ floor: undefined, trials: 10, low, high });
  const figure = figures.lossFloors(
    studyOf([unsolved(2, 90, [elsewhere(0.21, 0.3)]), unsolved(3, 80, [at(TWO, 10), elsewhere(0.25, 0.62)])]),
  );
  const { name, customdata } = figure.data[2] as unknown as { name: string; customdata: string[][] };
  assert.equal(plain(name), "elsewhere: loss 0.21–0.62");
  assert.deepEqual(
    customdata.map((facts) => plain(facts[1])),
    ["elsewhere: loss 0.21–0.3", "elsewhere: loss 0.25–0.62"],
  );
  const floors = [0.1, 0.2, 0.3, 0.4, 0.5].map((floor, i) => at(floor, 20 - i));
  assert.equal(bars(figures.lossFloors(studyOf([unsolved(2, 10, floors)])))[5].name, "elsewhere: loss 0.5");
});

test("figures.lossFloors() shows floors whose meaning is not known, or not one, by their loss alone", () => {
  const name = (...tables: Dataset[]) => {
    const rows = tables.map((table) => unsolved(2, 90, [at(TWO, 10)], { data: table.name }));
    return bars(figures.lossFloors(studyOf(rows, "completed", (row) => tables[rows.indexOf(row)])))[1].name;
  };
  assert.equal(name(truthTable("xor")), "0.3466: 2 inputs, 1 answer");
  assert.equal(name(parity({ bits: 3 })), "0.3466: 4 inputs, 1 answer");
  assert.equal(name(parity({ bits: 4 })), "0.3466", "a table too large for floors");
  assert.equal(name(truthTable("xor"), parity({ bits: 3 })), "0.3466");
  const and = figures.lossFloors(studyOn(truthTable("and"), unsolved(2, 90, [at(0.5623, 10)])));
  assert.equal(bars(and)[1].name, "0.5623: constant answer");
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
  assert.deepEqual(labels(figure), ["1 ReLU unit", "2 ReLU units", "5 ReLU units"]);
  assert.match(
    figure.layout.meta.description,
    /1 ReLU unit: none solved; 2 ReLU units: 10 \(5 to 20\); 5 ReLU units: 6/,
  );
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
    "At width 2, median epochs 8 (sigmoid) and 9.5 (ReLU)",
    "not told apart by their intervals",
  );
  assert.equal(
    title(row("relu", 2, 20), row("relu", 4, 5), row("relu", 5, 6)),
    "Median first solved epoch: 5–6 (4 units and 5 units) to 20 (2 units)",
  );
  assert.equal(title(row("relu", 2, 6), row("relu", 5, 6)), "Median first solved epoch: 6");
  assert.equal(
    title(row("relu", 1), row("relu", 5, 6)),
    "With 5 units: median first solved epoch 6 (of 50 solved trials)",
  );
  assert.equal(title(row("relu", 1)), "None of 100 trials solves xor");
  const few = { epochsToSolve: { q10: 3, median: 4, q90: 5, medianInterval: undefined } };
  assert.equal(
    title(studyRow(2, 3, 100, few), row("relu", 3, 30), row("relu", 4, 50)),
    "Median first solved epoch: 4–50",
    "the median of very few trials is no end",
  );
});

test("figures.epochsToSolve() counts the epochs after which the judged rows are right, whatever the running accuracy", async () => {
  const options = {
    hidden: 4,
    activation: "tanh",
    data: "clouds",
    epochs: 20,
    solvedAccuracy: 0.95,
  } as const;
  const done = await study({ ...options, rows: 60, learningRate: 0.02, trials: 16, progress: false });
  const [row] = done.rows;
  assert.ok(row.solved > 0, "the test wants solved trials");
  assert.ok(
    Array.from({ length: 16 }, (_, t) => done.trial(0, t)).some(
      ({ status, firstPerfectEpoch }) => status === "solved" && firstPerfectEpoch === undefined,
    ),
    "of which some never had a perfect epoch",
  );
  const figure = figures.epochsToSolve(done);
  assertFigure(figure);
  assert.doesNotMatch(JSON.stringify(figure), /none solved|NaN/);
});

for (const name of ["lossFloors", "epochsToSolve"] as const) {
  test(`figures.${name}() draws one setting, and of many the first 16`, () => {
    assertFigure(figures[name](studyOf([studyRow(2, 19, 100, soonness(10))])));
    const rows = Array.from({ length: 20 }, (_, i) => studyRow(2, 19 + i, 100, { batchSize: 2 + i }));
    const figure = figures[name](studyOf(rows));
    assertFigure(figure);
    assert.deepEqual(labels(figure).slice(0, 2), [
      "2 ReLU units, batches of 2",
      "2 ReLU units, batches of 3",
    ]);
    assert.equal(labels(figure).length, 16);
    assert.match(subtitle(figure), /The first 16 of 20 settings\./);
  });

  test(`figures.${name}() leaves out what a stopped study did not come to, and says so`, () => {
    const rows = [studyRow(2, 30, 60), studyRow(3, 5, 12), studyRow(4, 0, 0)];
    const figure = figures[name](studyOf(rows, "stopped"));
    assertFigure(figure);
    assert.deepEqual(labels(figure), ["2 ReLU units", "3 ReLU units"]);
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
