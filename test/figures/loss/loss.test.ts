import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { thinned } from "../../../src/figures/loss/curves.js";
import {
  type Dataset,
  dataset,
  type Figure,
  figures,
  parity,
  type Run,
  truthTable,
} from "../../../src/index.js";
import {
  assertFigure,
  line,
  plain,
  stoppedAtOnce,
  type Title,
  titleOf,
  trained,
  withHistory,
} from "../../support/figureCases.js";

type Trace = { name: string; x: number[]; y: number[]; mode: string; showlegend?: boolean };
const traces = (figure: Figure) => figure.data as unknown as Trace[];
const labels = ({ layout }: Figure) =>
  (layout.annotations as { text: string }[]).map(({ text }) => plain(text));
const lines = ({ layout }: Figure) =>
  (layout.shapes as { type: string; y0: number; line: { dash: string } }[]).filter(
    ({ type }) => type === "line",
  );
const drawnLines = (figure: Figure) =>
  lines(figure).map(({ y0, line: { dash } }) => `${y0.toFixed(4)} ${dash}`);
const subtitle = ({ layout }: Figure) => plain((layout.title as Title).subtitle.text);
const axes = ({ layout }: Figure) =>
  [layout.xaxis, layout.yaxis].map((axis) => plain((axis as { title: { text: string } }).title.text));

test("figures.loss() draws one line a run, epochs counted from 1", async () => {
  const runs = [await trained(), await trained({ hidden: 3, activation: "relu" }, undefined, { seed: 7 })];
  const figure = figures.loss(runs);
  assertFigure(figure);
  const drawn = traces(figure).slice(0, 2);
  assert.deepEqual(
    drawn.map(({ name }) => name),
    ["2 sigmoid units, seed 1", "3 ReLU units, seed 7"],
  );
  runs.forEach(({ history }, i) => {
    assert.deepEqual(drawn[i].x, [1, 2, 3, 4, 5]);
    assert.deepEqual(
      drawn[i].y,
      history.loss.map((loss) => Number(loss.toPrecision(6))),
    );
  });
  assert.deepEqual(axes(figure), ["epoch", "loss (nats)"]);
});

test("figures.loss() names the unit of a squared error, and what a constant answer costs there", async () => {
  const figure = figures.loss(await trained({}, undefined, { loss: "meanSquaredError" }));
  assert.deepEqual(axes(figure), ["epoch", "loss (mean squared error)"]);
  assert.deepEqual(drawnLines(figure), ["0.2500 dash", "0.1250 dot", "0.1667 dot"]);
  assert.match(subtitle(figure), /0\.2500 \(constant answer\)\./);
});

test("figures.loss() tells runs with one network and seed apart by what differs", async () => {
  const run = await trained();
  const adam = await trained({}, undefined, { optimizer: "adam" });
  assert.deepEqual(
    traces(figures.loss([run, adam])).flatMap(({ name }) => name ?? []),
    ["2 sigmoid units, rmsprop, seed 1", "2 sigmoid units, adam, seed 1"],
  );
  assert.deepEqual(
    traces(figures.loss([run, run])).flatMap(({ name }) => name ?? []),
    ["2 sigmoid units, seed 1 (run 1)", "2 sigmoid units, seed 1 (run 2)"],
  );
});

test("figures.loss() draws the floors of the truth table, at the edge their losses, in the heading their meaning", async () => {
  const run = await trained({}, truthTable("xor"));
  for (const figure of [
    figures.loss(run),
    figures.loss([run, await trained({ activation: "relu" }, truthTable("xor"))]),
  ]) {
    assert.deepEqual(drawnLines(figure), ["0.6931 dash", "0.3466 dot", "0.4774 dot"]);
    assert.deepEqual(labels(figure), ["0.6931", "0.3466", "0.4774"]);
    const names = figure.layout.annotations as Record<string, unknown>[];
    assert.ok(names.every(({ x, xref, xanchor }) => x === 1 && xref === "paper" && xanchor === "left"));
    assert.equal(plain(names[2].hovertext as string), "0.4774: 3 inputs, 1 answer");
    assert.match(
      subtitle(figure),
      /Lines: 0\.3466 \(2 inputs, 1 answer\), 0\.4774 \(3 inputs, 1 answer\), 0\.6931 \(constant answer, ln 2\)\./,
    );
  }
});

test("figures.loss() draws what the best constant answer costs on these data", async () => {
  const rows = (yes: number, name: string) =>
    dataset(
      line(80, 0, 79).map((i) => [i]),
      line(80, 0, 79).map((i) => (i < yes ? 1 : 0)),
      { name },
    );
  const reading = async (...datas: Dataset[]) => {
    const runs = await Promise.all(datas.map((data) => trained({ inputs: 1 }, data)));
    const figure = figures.loss(runs);
    assertFigure(figure);
    return [...drawnLines(figure), /Lines?: [^.]*(\.\d[^.]*)*\./.exec(subtitle(figure))?.[0] ?? ""];
  };
  assert.deepEqual(await reading(rows(17, "a")), ["0.5173 dash", "Line: 0.5173 (constant answer)."]);
  assert.deepEqual(await reading(rows(40, "a")), ["0.6931 dash", "Line: 0.6931 (constant answer, ln 2)."]);
  assert.deepEqual(await reading(rows(40, "a"), rows(41, "a")), [
    "0.6930 dash",
    "Line: 0.6930 (constant answer).",
  ]);
  assert.deepEqual(await reading(rows(17, "a"), rows(40, "b")), [
    "0.5173 dash",
    "0.6931 dash",
    "Lines: 0.5173 (constant answer to a), 0.6931 (constant answer to b).",
  ]);
  assert.deepEqual(await reading(rows(0, "never")), [""], "nothing to be wrong about");
});

test("figures.loss() leaves out floors whose labels would lie on each other", async () => {
  const run = await trained({}, truthTable("xor"));
  assert.deepEqual(labels(figures.loss(withHistory(run, line(30, 9, 8)))), ["0.6931"]);
  const three = figures.loss(await trained({ inputs: 3 }, parity({ bits: 3 })));
  assert.ok(labels(three).length <= 4, "of the many floors of a larger table, only those where a run ended");
});

test("figures.loss() titles state only what the numbers show", async () => {
  const run = await trained();
  const perfect = (from: number, length = 100): number[] =>
    line(length, 0, length - 1).map((i) => (i + 1 >= from ? 1 : 0.75));
  const dip = perfect(60);
  dip[79] = 0.99;
  const last = perfect(60);
  last[99] = 0.998;
  const cases: [Run, string][] = [
    [
      withHistory(run, line(100, 0.7, 0.1), perfect(79)),
      "The network of 2 sigmoid units solves xor: accuracy 1.0 from epoch 79 on",
    ],
    [
      withHistory(run, line(100, 0.7, 0.1), dip),
      "The network of 2 sigmoid units solves xor: accuracy 1.0 from epoch 81 on",
    ],
    [
      withHistory(run, line(100, 0.7, 0.1), last, { solved: true }),
      "The network of 2 sigmoid units solves xor: accuracy 0.998 in the last epoch",
    ],
    [
      withHistory(run, [...line(50, 0.7, 0.34), ...line(50, 0.3397, 0.3397)]),
      "The network of 2 sigmoid units does not solve xor: its loss is flat at 0.3397",
    ],
    [
      withHistory(run, line(100, 0.7, 0.3)),
      "The network of 2 sigmoid units has not solved xor by epoch 100: its loss is still falling",
    ],
    [
      withHistory(run, line(100, 0.7, 0.68)),
      "The network of 2 sigmoid units has not solved xor by epoch 100: its loss is still falling, slowly",
    ],
    [
      withHistory(run, line(100, 0.3, 0.7)),
      "The network of 2 sigmoid units has not solved xor by epoch 100: its loss rises",
    ],
    [
      withHistory(
        run,
        line(100, 0, 99).map((i) => 0.5 + (i % 2 ? 0.1 : -0.1)),
      ),
      "The network of 2 sigmoid units has not solved xor by epoch 100: its loss oscillates",
    ],
    [
      withHistory(run, line(7, 0.69, 0.69)),
      "The network of 2 sigmoid units has not solved xor by epoch 7: too few epochs to tell where its loss goes",
    ],
    [
      withHistory(run, line(100, 0.7, 0.1), undefined, {
        status: "stopped",
        settings: { ...run.settings, epochs: 200 },
      }),
      "The network of 2 sigmoid units was stopped after epoch 100 of 200",
    ],
    [
      withHistory(run, line(3, 0.7, 9), undefined, {
        status: "diverged",
        divergedAt: { epoch: 3, step: 80 },
      }),
      "The network of 2 sigmoid units diverged in epoch 4",
    ],
    [await stoppedAtOnce(), "The network of 2 sigmoid units was stopped before its first epoch ended"],
  ];
  for (const [drawn, title] of cases) {
    assert.equal(titleOf(figures.loss(drawn)), title);
    assertFigure(figures.loss(drawn));
  }
});

test("figures.loss() counts the runs that solve", async () => {
  const run = await trained();
  const solves = withHistory(run, line(100, 0.7, 0.1), line(100, 1, 1));
  const not = withHistory(run, line(100, 0.7, 0.4));
  const title = (...runs: Run[]) => titleOf(figures.loss(runs));
  assert.equal(title(solves, not, solves), "2 of 3 runs of the network of 2 sigmoid units solve xor");
  assert.equal(title(solves, not, not), "1 of 3 runs of the network of 2 sigmoid units solves xor");
  assert.equal(title(not, not), "Neither run of the network of 2 sigmoid units solves xor");
  assert.equal(title(solves, solves, solves), "All 3 runs of the network of 2 sigmoid units solve xor");
  const wide = (run: Run, units: number): Run => ({
    ...run,
    network: {
      inputs: 2,
      layers: [
        { units, activation: "relu" },
        { units: 1, activation: "sigmoid" },
      ],
    },
  });
  assert.equal(
    title(solves, wide(not, 2)),
    "The network of 2 sigmoid units solves xor, the one of 2 ReLU units does not",
  );
  assert.equal(
    title(solves, wide(not, 2), wide(solves, 5)),
    "2 of 3 networks solve xor: the one of 2 sigmoid units and the one of 5 ReLU units",
  );
  assert.equal(title(not, wide(not, 2)), "Neither network solves xor");
  assert.equal(title(solves, wide(solves, 2), wide(solves, 3)), "All 3 networks solve xor");
  const elsewhere = { ...solves, data: truthTable("and") };
  assert.equal(title(solves, elsewhere), "Both runs of the network of 2 sigmoid units solve their data");
  assert.equal(title(not, not, elsewhere), "1 of 3 runs of the network of 2 sigmoid units solves its data");
  assert.match(
    figures.loss([solves, not, { ...not, status: "stopped", ending: "stopped" }]).layout.meta.description,
    /Unsolved: loss 0\.4000 at the end; 1 stopped/,
  );
});

test("figures.loss() marks the first perfect epoch", async () => {
  const run = withHistory(await trained(), line(4, 0.7, 0.1), [0.5, 0.9, 1, 1]);
  const figure = figures.loss(run);
  const ring = traces(figure).find(({ mode }) => mode === "markers");
  assert.deepEqual([ring?.x, ring?.y], [[3], [0.3]]);
  assert.match(subtitle(figure), /Ring: first perfect epoch \(3\)\./);
});

test("figures.loss() thins long lines without losing a peak", async () => {
  const losses = line(20_000, 0.7, 0.4);
  losses[12_345] = 0.9;
  const figure = figures.loss(withHistory(await trained(), losses));
  const [{ x, y }] = traces(figure);
  assert.ok(x.length <= 500 && x[0] === 1 && x.at(-1) === 20_000);
  assert.equal(y[x.indexOf(12_346)], 0.9);
  assert.ok(JSON.stringify(figure).length < 60_000);
});

test("figures.loss() gives an activation its colour, and says by a mark at each line's end what came of it", async () => {
  const solved = withHistory(await trained(), line(9, 0.7, 0.1), line(9, 1, 1));
  const relu = await trained({ activation: "relu" });
  const drawnOf = (runs: Run | Run[]) => figures.loss(runs).data as unknown as Record<string, never>[];
  const colourOf = (trace: Record<string, { color: string }>) => trace.line.color;
  const [[alone], [one, other], [first, second]] = [
    drawnOf(relu),
    drawnOf([solved, relu]),
    drawnOf([relu, relu]),
  ];
  assert.equal(colourOf(other), colourOf(alone));
  assert.equal(colourOf(first), colourOf(alone));
  assert.notEqual(colourOf(one), colourOf(other));
  assert.notEqual(colourOf(second), colourOf(first));
  const { marker } = drawnOf([solved, relu]).at(-1) as unknown as { marker: Record<string, unknown> };
  assert.deepEqual(marker.symbol, ["circle", "x"]);
  assert.deepEqual(marker.color, [one, other].map(colourOf));
  const said = JSON.stringify(figures.loss([solved, relu]).layout.meta);
  assert.match(said, /At the ends: dot, solved; cross, not solved\./);
});

test("figures.loss() groups many runs by their activations and outcomes", async () => {
  const run = await trained();
  const runs = line(20, 1, 20).map((seed) =>
    withHistory(run, line(100, 0.7, 0.1), line(100, seed > 12 ? 1 : 0.5, seed > 12 ? 1 : 0.5), { seed }),
  );
  const named = traces(figures.loss(runs))
    .filter(({ showlegend }) => showlegend !== false)
    .map(({ name }) => plain(name));
  assert.deepEqual(named, ["sigmoid: 20 runs", "solved: 8 runs", "unsolved: 12 runs"]);
});

test("figures.loss() keeps a few high losses above the frame, and explosions on a logarithmic axis", async () => {
  const run = await trained();
  const spiked = figures.loss(withHistory(run, [7.31, 2, ...line(98, 0.7, 0.5)]));
  assert.match(spiked.layout.meta.description, /Losses up to 7\.31 lie above the frame/);
  assert.ok((spiked.layout.yaxis as { range: number[] }).range[1] < 1);
  const squared = { settings: { ...run.settings, loss: "meanSquaredError" as const } };
  const exploded = figures.loss(withHistory(run, [1, 1e3, 1e9, 1e20], undefined, squared));
  assert.equal((exploded.layout.yaxis as { type: string }).type, "log");
});

test("thinned() keeps the first, the last, the extremes and what must be kept", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 2000, size: "max" }),
      fc.nat(),
      (values, any) => {
        const keep = [any % values.length];
        const kept = thinned(values, keep, 100);
        assert.ok(kept.length <= 100);
        assert.deepEqual(
          kept,
          [...new Set(kept)].sort((a, b) => a - b),
        );
        for (const index of [0, values.length - 1, ...keep]) assert.ok(kept.includes(index));
        const seen = kept.map((index) => values[index]);
        assert.equal(Math.max(...seen), Math.max(...values));
        assert.equal(Math.min(...seen), Math.min(...values));
      },
    ),
  );
});
