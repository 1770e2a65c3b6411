import assert from "node:assert/strict";
import { test } from "node:test";
import {
  circles,
  clouds,
  dataset,
  type Figure,
  figures,
  mlp,
  parity,
  train,
  truthTable,
  xor,
} from "../../../src/index.js";
import {
  assertFigure,
  assertWritten,
  hostileXor,
  plain,
  stoppedAtOnce,
  titleOf,
  trained,
} from "../../support/figureCases.js";
import { DEAD, handBuilt, type Layers, ONE_CORNER, SOLUTION } from "../../support/handBuilt.js";

interface Trace {
  readonly name?: string;
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
  readonly text?: readonly string[];
  readonly fillcolor?: string;
}
interface Frame {
  readonly name: string;
  readonly traces: readonly number[];
  readonly data: readonly Partial<Trace>[];
  readonly layout: { readonly annotations: readonly { readonly text: string }[] };
}
const traces = (figure: Figure) => figure.data as unknown as Trace[];
const frames = (figure: Figure) => figure.frames as unknown as Frame[];
const named = (figure: Figure, name: string) => traces(figure).filter((trace) => trace.name === name)[0];
const labels = (figure: Figure) =>
  ["target 0", "target 1"]
    .flatMap((name) => named(figure, name).text ?? [])
    .filter((text) => text !== "")
    .map(plain);
const axisTitle = (figure: Figure, axis: string) =>
  plain((figure.layout[axis] as { title: { text: string } }).title.text);
const relu = { activation: "relu" } as const;

test("figures.hiddenSpace() puts the inputs where the two hidden units put them, and the line where the output is ½", async () => {
  const figure = figures.hiddenSpace(await handBuilt(relu, [SOLUTION, SOLUTION]));
  assertFigure(figure);
  assert.deepEqual(
    [axisTitle(figure, "xaxis"), axisTitle(figure, "yaxis")],
    ["hidden unit 1", "hidden unit 2"],
  );
  assert.deepEqual(
    [named(figure, "target 0"), named(figure, "target 1")].map(({ x, y }) => [x, y]),
    [
      [
        [0, 2],
        [0, 1],
      ],
      [
        [1, 1],
        [0, 0],
      ],
    ],
  );
  assert.deepEqual(labels(figure).sort(), ["00", "01 = 10", "11"]);
  const border = named(figure, "output ½");
  assert.equal(border.x.length, 2);
  border.x.forEach((x, i) => {
    assert.ok(Math.abs(4 * (x as number) - 8 * (border.y[i] as number) - 2) < 1e-3, "4 h₁ − 8 h₂ = 2");
  });
  assert.equal(titleOf(figure), "One straight line separates the classes in hidden space");
  assert.match(figure.layout.meta.description, /00 → \(0, 0\), 01 → \(1, 0\), 10 → \(1, 0\), 11 → \(2, 1\)/);
});

test("figures.hiddenSpace() bends the grid of the input plane as the layer does", async () => {
  const grid = named(figures.hiddenSpace(await handBuilt(relu, [SOLUTION])), "input plane");
  const places = grid.x.flatMap((x, i) => (x === null ? [] : [[x, grid.y[i] as number]]));
  for (const [sum, above] of places) assert.ok(Math.abs(above - Math.max(0, sum - 1)) < 0.01);
  const lines = grid.x.filter((x) => x === null).length + 1;
  assert.equal(lines, 10);
  assert.ok(places.length > 2 * lines && places.length <= 3 * lines, "each line's ends, and where it bends");
});

test("figures.hiddenSpace() colours the side of each answer", async () => {
  const solved = await handBuilt(relu, [SOLUTION]);
  const [zero, one] = traces(figures.hiddenSpace(solved));
  const mean = (trace: Trace) =>
    trace.x.reduce<number>((sum, x, i) => sum + 4 * (x as number) - 8 * (trace.y[i] as number) - 2, 0);
  assert.ok(mean(zero) < 0 && mean(one) > 0);
  assert.notEqual(zero.fillcolor, one.fillcolor);
  const silent = { ...SOLUTION[1], kernel: [[0], [0]] };
  const nowhere = figures.hiddenSpace(await handBuilt(relu, [[SOLUTION[0], silent]]));
  assert.deepEqual([traces(nowhere)[0].x.length, traces(nowhere)[1].x.length], [4, 0]);
  assert.deepEqual(named(nowhere, "output ½").x, []);
});

test("figures.hiddenSpace() says which inputs share a point that no line can divide", async () => {
  const title = async (...by: Parameters<typeof handBuilt>[1][number][]) =>
    titleOf(figures.hiddenSpace(await handBuilt(relu, by)));
  assert.equal(
    await title(DEAD),
    "The hidden layer puts all 4 inputs on one point: no line can separate them",
  );
  assert.equal(
    await title(ONE_CORNER),
    "The hidden layer puts 00, 01 and 11 on one point: no line can separate them",
  );
  const pairs = [
    {
      kernel: [
        [1, 1],
        [0, 0],
      ],
      bias: [0, 0],
    },
    SOLUTION[1],
  ]; // prettier than it learns
  assert.equal(
    await title(pairs),
    "The hidden layer puts 00 and 01 on one point, 10 and 11 on another: no line can separate them",
  );
  const figure = figures.hiddenSpace(await handBuilt(relu, [SOLUTION, SOLUTION, DEAD, DEAD, DEAD]));
  assert.deepEqual(labels(figure), ["00 = 01 = 10 = 11"]);
});

test("figures.hiddenSpace() and figures.network() tell rows that the data tie from inputs that the network ties", async () => {
  const contradictory = dataset(
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [1, 1],
    ],
    [0, 1, 1, 0, 1],
  );
  const titles = async (weights: Layers) => {
    const run = await handBuilt(relu, [weights], contradictory);
    return [titleOf(figures.hiddenSpace(run)), titleOf(figures.network(run))];
  };
  const [separate, wrong] = await titles(SOLUTION);
  assert.equal(
    separate,
    "The data put 11 in both classes: no line can separate them",
    "01 and 10 are of one class",
  );
  assert.equal(wrong, "Both hidden units are active, yet 1 of 5 answers is wrong");
  const [tied, silent] = await titles(ONE_CORNER);
  assert.equal(tied, "The hidden layer puts 00, 01 and 11 on one point: no line can separate them");
  assert.match(silent, /, and no unit is on for 00, 01 and 11: they get one answer$/);
  const [all, dead] = await titles(DEAD);
  assert.equal(all, "The hidden layer puts all 4 inputs on one point: no line can separate them");
  assert.equal(dead, "Both hidden units are dead, and all 4 inputs get one answer");
});

test("figures.hiddenSpace() names the epoch from which Keras's accuracy is 1, where the line is right at the end", async () => {
  const accuracy = [0.5, 1, 0.9, 1];
  const subtitle = ({ layout }: Figure) =>
    plain((layout.title as { subtitle: { text: string } }).subtitle.text);
  const built = (last: Layers) =>
    handBuilt(relu, [DEAD, SOLUTION, DEAD, SOLUTION, last], undefined, {
      history: { loss: [0.7, 0.6, 0.5, 0.4], accuracy },
    });
  const run = await built(SOLUTION);
  assert.equal(titleOf(figures.hiddenSpace(run)), "One straight line separates the classes in hidden space");
  assert.match(subtitle(figures.hiddenSpace(run)), /classes\. Accuracy is 1\.0 from epoch 4 on\./);
  for (const figure of [figures.hiddenSpace(await built(DEAD)), figures.hiddenSpace(run, { epoch: 1 })])
    assert.doesNotMatch(subtitle(figure), /Accuracy/);
  assert.match(
    titleOf(figures.hiddenSpace(run, { epoch: 1 })),
    /^After epoch 1 of 4, one straight line separates .* space$/,
  );
  assert.match(
    titleOf(figures.hiddenSpace(run, { epoch: 0 })),
    /^Before training, the hidden layer puts all 4 inputs/,
  );
});

test("figures.hiddenSpace() tells points that no line separates from a line that is not there yet", async () => {
  const same = {
    kernel: [
      [1, 0],
      [0, 1],
    ],
    bias: [0, 0],
  };
  const straight = await handBuilt(relu, [[same, SOLUTION[1]]]);
  assert.equal(
    titleOf(figures.hiddenSpace(straight)),
    "No straight line can separate the classes in hidden space",
  );
  const off = await handBuilt(relu, [[SOLUTION[0], { kernel: [[4], [0]], bias: [-2] }]]);
  assert.equal(
    titleOf(figures.hiddenSpace(off)),
    "A straight line could separate the classes in hidden space, but the output's line leaves 1 of 4 points on the wrong side",
  );
  const single = await handBuilt({ hidden: 1, ...relu }, [
    [
      { kernel: [[1], [1]], bias: [0] },
      { kernel: [[1]], bias: [0] },
    ],
  ]);
  const figure = figures.hiddenSpace(single);
  assert.equal(titleOf(figure), "No threshold can separate the classes in hidden space");
  assert.deepEqual(named(figure, "target 0").x, [0, 2]);
  assert.equal((figure.layout.yaxis as { visible: boolean }).visible, false);
});

test("figures.hiddenSpace() of more units looks along the border: across is the distance from it", async () => {
  const run = await trained({ hidden: 5, ...relu, seed: 3 }, truthTable("xor"), {
    epochs: 40,
    batchSize: 1,
    seed: 3,
  });
  const figure = figures.hiddenSpace(run);
  assertFigure(figure);
  assert.equal(axisTitle(figure, "xaxis"), "distance from output ½");
  assert.deepEqual(named(figure, "output ½").x, [0, 0]);
  const [{ kernel, bias }, output] = run.weights();
  const length = Math.hypot(...output.kernel.flat());
  const distances = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ].map(([x, y]) => {
    const hidden = bias.map((b, unit) => Math.max(0, b + x * kernel[0][unit] + y * kernel[1][unit]));
    return (hidden.reduce((sum, h, unit) => sum + h * output.kernel[unit][0], 0) + output.bias[0]) / length;
  });
  const drawn = [named(figure, "target 0"), named(figure, "target 1")].flatMap(({ x }) => x as number[]);
  [0, 3, 1, 2].forEach((row, i) => {
    assert.ok(Math.abs(drawn[i] - distances[row]) < 0.005, `${drawn[i]} is ${distances[row]}`);
  });
});

test("figures.hiddenSpace() has a slider that ends, and begins, at the last epoch", async () => {
  const run = await trained({}, xor({ rows: 100 }), { epochs: 100 });
  const figure = figures.hiddenSpace(run);
  const [slider] = figure.layout.sliders as {
    active: number;
    steps: { label: string; args: unknown[][] }[];
  }[];
  const names = frames(figure).map(({ name }) => name);
  assert.deepEqual(
    slider.steps.map(({ args }) => args[0]),
    names.map((name) => [name]),
  );
  const every = Array.from({ length: 101 }, (_, epoch) => String(epoch));
  assert.deepEqual([names, slider.active], [every, 100], "every epoch of a hundred");
  for (const { name, traces: which, data, layout } of frames(figure)) {
    const targets = ["target 0", "target 1"].map((target) => traces(figure).indexOf(named(figure, target)));
    const zeros = data[which.indexOf(targets[0])];
    const [[w], [v]] = run.weights(Number(name))[0].kernel;
    const bias = run.weights(Number(name))[0].bias[0];
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    assert.ok(Math.abs((zeros.x?.[0] as number) - sigmoid(bias)) < 0.002, `00 in epoch ${name}`);
    assert.ok(Math.abs((zeros.x?.[1] as number) - sigmoid(bias + w + v)) < 0.002, `11 in epoch ${name}`);
    const right = run
      .predict(
        [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
        ],
        Number(name),
      )
      .filter((p, i) => p > 0.5 === (i === 1 || i === 2));
    assert.match(plain(layout.annotations.at(-1)?.text ?? ""), new RegExp(`${right.length} of 4 right$`));
  }
  const last = frames(figure)[slider.active];
  last.traces.forEach((trace, i) => {
    for (const [key, value] of Object.entries(last.data[i]))
      assert.deepEqual((traces(figure)[trace] as never)[key], value);
  });
  const asked = figures.hiddenSpace(run, { epoch: 37 });
  assert.deepEqual(
    [asked.frames, asked.layout.sliders],
    [undefined, undefined],
    "one epoch alone has no slider",
  );
  assert.deepEqual(asked.layout.annotations, [], "and no caption: the title says the epoch");
  assert.match(titleOf(asked), /^After epoch 37 of 100, /);
});

test("figures.hiddenSpace() draws clouds, circles and 3 bits in less than 200 kB", async () => {
  const runs = [
    await trained({ hidden: [4, 2], ...relu }, clouds({ rows: 2000 }), { epochs: 60 }),
    await trained({ hidden: 3, activation: "tanh" }, circles(), { epochs: 100 }),
    await trained({ inputs: 3, hidden: 8, activation: "tanh" }, parity({ bits: 3 }), { epochs: 300 }),
  ];
  for (const run of runs) {
    const figure = figures.hiddenSpace(run);
    assertFigure(figure);
    assert.ok(JSON.stringify(figure).length < 200_000, `${JSON.stringify(figure).length} bytes`);
    assert.ok(frames(figure).length >= 20);
  }
});

test("figures.hiddenSpace() shows the last hidden layer, or the one that is asked for", async () => {
  const run = await trained({ hidden: [3, 2], activation: "tanh" });
  assert.equal(axisTitle(figures.hiddenSpace(run), "xaxis"), "unit 1 of hidden layer 2");
  const first = figures.hiddenSpace(run, { layer: 1 });
  assertFigure(first);
  assert.equal(axisTitle(first, "xaxis"), "direction of largest spread");
  assert.match(titleOf(first), /hidden layer 1|Hidden layer 1/);
  assert.equal(named(first, "output ½"), undefined, "there is no border in it");
});

test("figures.hiddenSpace() draws runs that were stopped or diverged, and names full of markup", async () => {
  const stopped = figures.hiddenSpace(await stoppedAtOnce());
  assertFigure(stopped);
  assert.deepEqual([frames(stopped), stopped.layout.sliders], [undefined, undefined]);
  const diverged = await trained({ output: "linear", ...relu }, xor({ rows: 40 }), {
    ...{ optimizer: "sgd", learningRate: 100, loss: "meanSquaredError" },
  });
  assert.equal(diverged.status, "diverged");
  assertFigure(figures.hiddenSpace(diverged));
  assert.match(
    titleOf(figures.hiddenSpace(diverged)),
    /diverged in epoch 1; this is its hidden layer (before training|at that moment)$/,
  );
  const hostile = figures.hiddenSpace(await trained({}, hostileXor()));
  assertFigure(hostile);
  assertWritten(hostile);
});

test("figures.hiddenSpace() draws data of any kind", async () => {
  const cases = [
    dataset([[5, 5]], [1]),
    dataset(
      [
        [0, 0],
        [0, 0],
      ],
      [0, 1],
    ),
    dataset([[0], [1], [2]], [0, 1, 0]),
    dataset(
      [
        [0, 0.3],
        [1, 1000],
      ],
      [0.2, 0.7],
    ),
    parity({ bits: 6 }),
  ];
  for (const data of cases)
    for (const hidden of [1, 2, 4]) {
      const run = await trained({ inputs: data.features, hidden }, data, {
        epochs: 2,
        loss: "meanSquaredError",
      });
      assertFigure(figures.hiddenSpace(run));
      assertFigure(figures.network(run));
    }
});

test("figures.hiddenSpace() says what it cannot draw, and the cure", async () => {
  const run = await trained();
  const none = await train(mlp({ hidden: [] }), xor({ rows: 20 }), { epochs: 1, progress: false });
  const cases: [() => unknown, string, string][] = [
    [
      () => figures.hiddenSpace(none),
      "RangeError",
      "figures.hiddenSpace: the network must have a hidden layer, got one without; figures.boundary draws it",
    ],
    [
      () => figures.hiddenSpace(run, { layer: 2 }),
      "RangeError",
      "figures.hiddenSpace: layer must be a whole number ≥ 1 and ≤ 1, got 2",
    ],
    [
      () => figures.hiddenSpace(run, { epoch: 6 }),
      "RangeError",
      "figures.hiddenSpace: epoch must be a whole number ≥ 0 and ≤ 5, got 6",
    ],
    [
      () => figures.hiddenSpace(run, { epoc: 1 } as never),
      "RangeError",
      'figures.hiddenSpace: unknown option "epoc"; did you mean "epoch"? (epoch, layer, output)',
    ],
    [
      () => figures.hiddenSpace([run] as never),
      "TypeError",
      "figures.hiddenSpace: expected a run (made by await train(…)), got an array of 1 runs",
    ],
  ];
  for (const [call, name, message] of cases) assert.throws(call, { name, message });
});
