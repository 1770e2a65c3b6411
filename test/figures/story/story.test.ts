import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clouds,
  dataset,
  type Figure,
  figures,
  mlp,
  type NetworkOptions,
  type Run,
  study,
  train,
  xor,
} from "../../../src/index.js";
import {
  assertFigure,
  hostileXor,
  line,
  plain,
  stoppedAtOnce,
  studyOf,
  studyRow,
  titleOf,
  trained,
  withHistory,
} from "../../support/figureCases.js";

const SEED = 588516;
const pinned = ([hidden, activation]: readonly [number, NetworkOptions["activation"]]) =>
  train(mlp({ hidden, activation, seed: SEED }), xor({ seed: SEED }), { seed: SEED, progress: false });
const QUESTION = [
  [2, "sigmoid"],
  [2, "relu"],
  [1, "relu"],
  [3, "relu"],
  [4, "relu"],
  [5, "relu"],
] as const;

const texts = ({ layout }: Figure) =>
  (layout.annotations as { text: string }[]).map(({ text }) => plain(text));
type Axis = { domain: [number, number]; range: number[]; title: { text: string }; showticklabels: boolean };
const axisOf = ({ layout }: Figure, name: string) => layout[name] as unknown as Axis;

test("figures.story() tells the question's story, as it came out", async () => {
  const runs = await Promise.all(QUESTION.map(pinned));
  const figure = figures.story(runs);
  assertFigure(figure);
  assert.equal(
    titleOf(figure),
    "2 of 6 networks solve xor: the one of 2 sigmoid units and the one of 5 ReLU units",
  );
  assert.deepEqual(texts(figure), [
    ...["2 sigmoid units", "solved from epoch 79", "2 ReLU units", "loss is flat at 0.3397"],
    ...["1 ReLU unit", "loss is flat at 0.6929", "3 ReLU units", "loss is flat at 0.3397"],
    ...["4 ReLU units", "loss is flat at 0.4680", "5 ReLU units", "solved from epoch 8"],
  ]);
  const { text } = (figure.layout.title as { subtitle: { text: string } }).subtitle;
  assert.match(plain(text), /^All on the very same data\. /);
  assert.match(
    plain(text),
    /Lines: 0\.3466 \(2 inputs, 1 answer\), 0\.4774 \(3 inputs, 1 answer\), 0\.6931 \(constant answer, ln 2\)\./,
  );
});

test("figures.story() draws each run in its panel, in the order given, on equal axes", async () => {
  const runs = await Promise.all(
    [5, 9, 7].map((epochs) => trained({ hidden: epochs }, undefined, { epochs })),
  );
  const figure = figures.story(runs);
  const curves = figure.data.filter(({ mode }) => mode === "lines");
  assert.deepEqual(
    curves.map(({ xaxis, yaxis }) => [xaxis, yaxis]),
    [
      ["x", "y"],
      ["x2", "y2"],
      ["x3", "y3"],
    ],
  );
  curves.forEach(({ x, y }, i) => {
    assert.deepEqual(x, line(runs[i].history.loss.length, 1, runs[i].history.loss.length));
    const ratios = (y as number[]).map((loss, epoch) => loss / runs[i].history.loss[epoch]);
    assert.ok(ratios.every((ratio) => Math.abs(ratio - 1) < 1e-5));
  });
  for (const letter of ["x", "y"])
    assert.equal(
      new Set(["", "2", "3"].map((n) => String(axisOf(figure, `${letter}axis${n}`).range))).size,
      1,
    );
  const [one, two, three] = ["", "2", "3"].map((n) => axisOf(figure, `yaxis${n}`).domain);
  assert.deepEqual(one, two, "two panels a row");
  assert.ok(three[1] < one[0], "the third below");
  assert.deepEqual(
    ["", "2", "3"].map((n) => [
      axisOf(figure, `xaxis${n}`).title.text,
      axisOf(figure, `yaxis${n}`).title.text,
    ]),
    [
      ["", "loss (nats)"],
      ["epoch", ""],
      ["epoch", "loss (nats)"],
    ],
  );
});

test("figures.story() says nothing that the runs do not show", async () => {
  const relu = async (width: number, solved: boolean) =>
    withHistory(await trained({ hidden: width, activation: "relu" }), line(20, 0.7, 0.1), line(20, 0.5, 1), {
      solved,
    });
  const widths = (...cases: [number, boolean][]) =>
    Promise.all(cases.map(([width, solved]) => relu(width, solved)));
  const falling = line(40, 0.7, 0.5);
  const cases: [Run[], string][] = [
    [await widths([1, false], [2, false], [3, false]), "None of 3 networks solves xor"],
    [await widths([2, true], [4, true]), "Both networks solve xor"],
    [await widths([3, true], [1, false], [5, false]), "1 of 3 networks solves xor: the one of 3 ReLU units"],
    [await widths([2, true], [2, false]), "1 of 2 runs of the network of 2 ReLU units solves xor"],
    [
      [withHistory(await trained(), falling)],
      "The network of 2 sigmoid units has not solved xor by epoch 40: its loss is still falling",
    ],
    [
      [await stoppedAtOnce(), await relu(3, true)],
      "The network of 3 ReLU units solves xor, the one of 2 sigmoid units does not",
    ],
    [
      [
        await trained({}, undefined, { epochs: 1 }),
        withHistory(await trained({ hidden: [3, 2] }, clouds({ rows: 20 })), line(40, 0.3, 0.3)),
      ],
      "Neither network solves its data",
    ],
  ];
  for (const [runs, title] of cases) {
    const figure = figures.story(runs);
    assertFigure(figure);
    assert.equal(titleOf(figure), title);
  }
});

test("figures.story() tells runs of one network apart, and data that are not the same", async () => {
  const runs = await Promise.all([1, 2].map((seed) => trained({ seed }, xor({ rows: 50, seed }), { seed })));
  const figure = figures.story(runs);
  assert.deepEqual(texts(figure).slice(0, 2), ["2 sigmoid units,", "seed 1"]);
  const { text } = (figure.layout.title as { subtitle: { text: string } }).subtitle;
  assert.match(plain(text), /^Not all on the same data\. /);
});

test("figures.story() writes a study's rate where a row has the run's settings, and nowhere else", async () => {
  const run = await trained({ hidden: 3, activation: "relu" }, xor({ rows: 50 }), { epochs: 4 });
  const alike = { epochs: 4, rows: 50 };
  const rateIn = (rows: Parameters<typeof studyOf>[0]) =>
    texts(figures.story(run, studyOf(rows))).filter((text) => text.includes("%"));
  assert.deepEqual(rateIn([studyRow(3, 18, 100, alike), studyRow(2, 50, 100, alike)]), ["18 % (12–27 %)"]);
  for (const other of [
    { epochs: 5 },
    { rows: 40 },
    { batchSize: 8 },
    { activation: "sigmoid" },
    { output: "linear" },
    { learningRate: 0.01 },
    { optimizer: "adam" },
    { optimizer: { name: "rmsprop", rho: 0.5 } },
    { data: "clouds" },
    { shuffle: false },
    { useBias: false },
    { kernelRegularizer: { l2: 0.1 } },
    { trials: 0 },
  ] as const)
    assert.deepEqual(rateIn([studyRow(3, 18, 100, { ...alike, ...other })]), [], JSON.stringify(other));
  const bare = await trained({ hidden: 3, activation: "relu", useBias: false }, xor({ rows: 50 }), {
    epochs: 4,
  });
  const rows = [studyRow(3, 18, 100, alike), studyRow(3, 40, 100, { ...alike, useBias: false })];
  assert.ok(texts(figures.story(bare, studyOf(rows))).includes("40 % (31–50 %)"));
  const twice = [
    studyRow(3, 18, 100, alike),
    studyRow(3, 50, 100, { ...alike, kernelInitializer: "heUniform" }),
  ];
  assert.deepEqual(rateIn(twice), [], "a run does not know its initializer");
  const real = await study({
    hidden: 3,
    activation: "relu",
    epochs: 4,
    rows: 50,
    trials: 3,
    progress: false,
  });
  const figure = figures.story(run, real);
  assertFigure(figure);
  assert.equal(texts(figure).filter((text) => text.includes("%")).length, 1);
  assert.match(figure.layout.meta.description, /Grey: the share of 3 trials that solve with these settings/);
});

test("figures.story() draws 1 to 12 runs", async () => {
  const runs = await Promise.all(line(12, 1, 12).map((hidden) => trained({ hidden })));
  for (let count = 1; count <= 12; count++) {
    const figure = figures.story(runs.slice(0, count));
    assertFigure(figure);
    assert.equal(Object.keys(figure.layout).filter((key) => key.startsWith("xaxis")).length, count);
  }
});

test("figures.story() shows a hostile name letter by letter", async () => {
  const figure = figures.story([await trained({}, hostileXor("1")), await trained({}, hostileXor("2"))]);
  assertFigure(figure);
  for (const { text } of figure.layout.annotations as { text: string }[])
    assert.doesNotMatch(text.replaceAll("<br>", ""), /[<>%$&](?!#\d+;)/);
});

test("figures.story() refuses what it cannot draw", async () => {
  const run = await trained();
  const squared = await trained({}, dataset([[0, 1]], [1]), { loss: "meanSquaredError" });
  const cases: [() => unknown, string, string][] = [
    [
      () => figures.story([]),
      "RangeError",
      "figures.story: expected a run or at least one run in an array, got []",
    ],
    [() => figures.story(Array(13).fill(run)), "RangeError", "figures.story: expected 1 to 12 runs, got 13"],
    [
      () => figures.story(run, run as never),
      "TypeError",
      "figures.story: expected a study (made by await study(…)), got a run; figures.loss and figures.boundary draw it",
    ],
    [
      () => figures.story([run, squared]),
      "RangeError",
      "figures.story: expected runs with one loss, since losses cannot be compared, got binaryCrossentropy and meanSquaredError",
    ],
  ];
  for (const [draw, name, message] of cases) assert.throws(draw, { name, message });
});
