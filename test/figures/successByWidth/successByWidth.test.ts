import assert from "node:assert/strict";
import { test } from "node:test";
import { type Figure, figures, type StudyRow, study } from "../../../src/index.js";
import { assertFigure, plain, studyOf, studyRow, titleOf } from "../../support/figureCases.js";

type Curve = {
  name: string;
  x: (number | null)[];
  y: (number | null)[];
  error_y: { array: (number | null)[]; arrayminus: (number | null)[] };
  customdata: string[][];
};
const curves = (figure: Figure) => figure.data as unknown as Curve[];
const draw = (...rows: StudyRow[]) => figures.successByWidth(studyOf(rows));
const ticks = ({ layout }: Figure) => (layout.xaxis as { ticktext: string[] }).ticktext;
const subtitle = ({ layout }: Figure) =>
  plain((layout.title as { subtitle: { text: string } }).subtitle.text);
const relu = (rates: Record<number, number>, trials = 100) =>
  Object.entries(rates).map(([width, solved]) => studyRow(Number(width), solved, trials));
const sigmoid = (rates: Record<number, number>) =>
  relu(rates).map((row): StudyRow => ({ ...row, activation: "sigmoid" }));

test("figures.successByWidth() draws rates with their intervals against the width", async () => {
  const done = await study({ hidden: [1, 3, 2], trials: 5, epochs: 2, rows: 30, progress: false });
  const figure = figures.successByWidth(done);
  assertFigure(figure);
  const [{ x, y, error_y, customdata }] = curves(figure);
  assert.deepEqual(x, [1, 2, 3]);
  const rows = [0, 2, 1].map((i) => done.rows[i]);
  rows.forEach(({ rate, interval, solved }, i) => {
    assert.ok(Math.abs((y[i] as number) - 100 * rate) < 1e-3);
    assert.ok(Math.abs((y[i] as number) + (error_y.array[i] as number) - 100 * interval[1]) < 1e-3);
    assert.ok(Math.abs((y[i] as number) - (error_y.arrayminus[i] as number) - 100 * interval[0]) < 1e-3);
    assert.equal(customdata[i][1], `${solved} of 5 trials solved`);
    assert.match(customdata[i][2], /^95 % interval: \d+\.\d–\d+\.\d %$/);
  });
  const { xaxis, yaxis } = figure.layout as Record<string, { title: { text: string }; range: number[] }>;
  assert.equal(plain(xaxis.title.text), "width of the hidden layer (units)");
  assert.equal(plain(yaxis.title.text), "trials solved (%)");
  assert.deepEqual(yaxis.range, [0, 100]);
  assert.match(subtitle(figure), /^Share of 5 trials solved; 95 % Wilson intervals\. xor, 30 rows, /);
});

test("figures.successByWidth() titles state only what the numbers show", () => {
  const title = (rows: StudyRow[]) => titleOf(draw(...rows));
  assert.equal(
    title(relu({ 2: 190, 3: 360, 4: 550, 5: 690 }, 1000)),
    "Trials solved with ReLU: 19 % (17–22 %) at width 2, 69 % (66–72 %) at width 5: a slope, not a jump",
  );
  assert.equal(
    title(relu({ 2: 19, 3: 36, 4: 55, 5: 69 })),
    "Trials solved with ReLU: 19 % (13–28 %) at width 2, 69 % (59–77 %) at width 5",
    "100 trials do not tell",
  );
  assert.equal(
    title(relu({ 2: 1, 3: 2, 4: 2, 5: 97 })),
    "Trials solved with ReLU: 1 % (0–5 %) at width 2, 97 % (92–99 %) at width 5: the jump is from 4 to 5",
  );
  assert.equal(
    title(relu({ 2: 40, 3: 44, 4: 42 })),
    "Trials solved with ReLU: 40 % (31–50 %) at width 2, 42 % (33–52 %) at width 4: no clear rise",
  );
  assert.equal(
    title(relu({ 2: 90, 3: 50, 4: 10 })),
    "Trials solved with ReLU: 90 % (83–94 %) at width 2, 10 % (6–17 %) at width 4",
  );
  assert.equal(
    title(relu({ 2: 10, 5: 90 })),
    "Trials solved with ReLU: 10 % (6–17 %) at width 2, 90 % (83–94 %) at width 5",
  );
  assert.equal(title(relu({ 2: 19 })), "Trials solved with ReLU: 19 % (13–28 %) at width 2");
  assert.equal(
    title(relu({ 2: 1, 5: 999 }, 1000)),
    "Trials solved with ReLU: 0.1 % (0.0–0.6 %) at width 2, 99.9 % (99.4–100.0 %) at width 5",
  );
  assert.equal(
    title([...sigmoid({ 2: 52, 5: 98 }), ...relu({ 2: 19, 5: 69 })]),
    "Trials solved at widths 2 and 5: 52 % (42–62 %) and 98 % (93–99 %) with sigmoid, 19 % (13–28 %) and 69 % (59–77 %) with ReLU",
  );
  assert.equal(
    title([...sigmoid({ 2: 52 }), ...relu({ 2: 19 })]),
    "Trials solved at width 2: 52 % (42–62 %) with sigmoid, 19 % (13–28 %) with ReLU",
  );
  assert.equal(
    title([...sigmoid({ 1: 0, 5: 98 }), ...relu({ 1: 0, 5: 0 })]),
    "Trials solved at widths 1 and 5: 0 % (0–4 %) and 98 % (93–99 %) with sigmoid, 0 % (0–4 %) and 0 % (0–4 %) with ReLU",
  );
  const elsewhere = relu({ 2: 1, 3: 2, 4: 2, 5: 97 }).map((row) => ({ ...row, data: "clouds" }));
  assert.equal(
    title(elsewhere),
    "Trials solved with ReLU: 1 % (0–5 %) at width 2, 97 % (92–99 %) at width 5",
    "only the question asks for a jump",
  );
});

test("figures.successByWidth() says of each of several curves how it rises", () => {
  const thousand = (rates: Record<number, number>) => relu(rates, 1000);
  const both = draw(...sigmoid({ 1: 0, 2: 90, 3: 98 }), ...thousand({ 1: 100, 2: 400, 3: 690 }));
  assert.match(subtitle(both), /^With sigmoid: the jump is from 1 to 2\. With ReLU: a slope, not a jump\./);
  const slopes = draw(
    ...thousand({ 1: 200, 2: 500, 3: 800 }).map((row): StudyRow => ({ ...row, activation: "sigmoid" })),
    ...thousand({ 1: 100, 2: 400, 3: 690 }),
  );
  assert.match(slopes.layout.meta.description, /Each: a slope, not a jump\./);
});

test("figures.successByWidth() goes from the least to the most successful of many settings, as intervals allow", () => {
  const title = (...rates: number[]) =>
    titleOf(draw(...rates.map((solved, i) => studyRow(4, solved, 100, { batchSize: 2 ** i }))));
  assert.equal(
    title(50, 90, 91, 20),
    "At width 4, 90–91 % of trials (83–95 %) solve xor with batches of 2 and batches of 4, 20 % (13–29 %) with batches of 8",
  );
  assert.equal(
    title(94, 95, 93, 96),
    "At width 4, 93–96 % of trials (86–98 %) solve xor with each of 4 settings, without a clear difference",
  );
  assert.equal(
    title(50, 60, 65, 70),
    "At width 4, 50–70 % of trials (40–78 %) solve xor with each of 4 settings",
  );
});

test("figures.successByWidth() draws a curve for each combination of the other settings", () => {
  const rows = ["sgd", "adam"].flatMap((optimizer) =>
    [1, 2].map((width) => studyRow(width, 10 * width, 100, { optimizer: optimizer as "sgd" | "adam" })),
  );
  assert.deepEqual(
    curves(draw(...rows)).map(({ name }) => name),
    ["sgd", "adam"],
  );
  const momentum = [0.5, 0.9].map((m) => studyRow(2, 10, 100, { optimizer: { name: "sgd", momentum: m } }));
  assert.deepEqual(
    curves(draw(...momentum)).map(({ name }) => name),
    ["sgd (momentum 0.5)", "sgd (momentum 0.9)"],
  );
  const names = ["x", "y"].map((end) => studyRow(2, 10, 100, { data: "a".repeat(200) + end }));
  assert.equal(curves(draw(...names)).length, 2, "names that only differ after the cut are two curves");
});

test("figures.successByWidth() puts networks of several layers at the end, not joined to the widths", () => {
  const figure = draw(studyRow([4, 2], 66), studyRow(2, 19), studyRow([5], 69), studyRow([], 0));
  assertFigure(figure);
  assert.deepEqual(ticks(figure), ["2", "5", "4-2", "none"]);
  assert.deepEqual(curves(figure)[0].y, [19, 69, null, 66, null, 0]);
  assert.equal(
    titleOf(figure),
    "Trials solved with ReLU: 19 % (13–28 %) at width 2, 69 % (59–77 %) at width 5, 66 % (56–75 %) with 4 and 2 units, 0 % (0–4 %) with no hidden layer",
  );
  assert.equal((figure.layout.shapes as object[]).length, 1, "a line divides them");
  assertFigure(draw(studyRow([4, 2], 66), studyRow([2, 2], 20)));
});

test("figures.successByWidth() spreads widths that double evenly", () => {
  const [{ x }] = curves(draw(...relu({ 2: 1, 4: 2, 8: 3, 64: 4 })));
  assert.deepEqual(x, [1, 2, 3, 6]);
});

test("figures.successByWidth() leaves out what a stopped study did not come to, and says so", () => {
  const rows = [studyRow(2, 30, 60), studyRow(3, 5, 12), studyRow(4, 0, 0)];
  const figure = figures.successByWidth(studyOf(rows, "stopped"));
  assertFigure(figure);
  assert.deepEqual(ticks(figure), ["2", "3"]);
  assert.match(
    subtitle(figure),
    /Share of 12 to 60 trials solved.*Stopped early, without a trial of 4 ReLU units\./,
  );
  assert.match(figure.layout.meta.description, /Stopped early, without a trial of 4 ReLU units\.$/);
  const empty = figures.successByWidth(studyOf([studyRow(2, 0, 0)], "stopped"));
  assertFigure(empty);
  assert.equal(titleOf(empty), "The study was stopped before its first trial ended");
});

test("figures.successByWidth() writes the rates of a single curve beside its points, neighbours on different sides", () => {
  const rates = (...solved: number[]) => {
    const widths = [1, 2, 3, 4, 5, 8];
    const figure = figures.successByWidth(studyOf(solved.map((one, i) => studyRow(widths[i], one, 1000))));
    const { text, textposition } = figure.data[0] as unknown as { text: string[]; textposition: string[] };
    return text.map((value, i) => `${value} ${textposition[i].split(" ")[0]}`);
  };
  assert.deepEqual(rates(0, 500, 400, 999), ["0 % top", "50 % top", "40 % bottom", "> 99 % top"]);
  assert.deepEqual(rates(2, 995, 999, 999, 999, 1000), [
    "< 1 % top",
    "> 99 % top",
    "> 99 % bottom",
    "> 99 % top",
    "> 99 % bottom",
    "100 % top",
  ]);
});
