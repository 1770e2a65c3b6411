import assert from "node:assert/strict";
import { test } from "node:test";
import { clouds, type Figure, figures, tf, train, truthTable, xor } from "../../../src/index.js";
import {
  assertFigure,
  assertWritten,
  hostileXor,
  plain,
  titleOf,
  trained,
} from "../../support/figureCases.js";
import { DEAD, handBuilt, type Layers, ONE_CORNER, SOLUTION } from "../../support/handBuilt.js";

interface Trace {
  readonly name?: string;
  readonly mode: string;
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
  readonly line: { readonly color: string; readonly width: number; readonly dash: string };
  readonly marker: { readonly symbol: readonly string[]; readonly size: unknown };
  readonly customdata: readonly string[][];
  readonly hovertext: readonly string[];
}
const traces = (figure: Figure) => figure.data as unknown as Trace[];
const marks = (figure: Figure) => traces(figure).at(-1) as Trace;
const drawnLines = (figure: Figure) =>
  traces(figure).filter(({ mode, x }) => mode === "lines" && x[0] !== null);
const texts = (figure: Figure) =>
  (figure.layout.annotations as { text: string }[]).map(({ text }) => plain(text));
const title = async (network: object, weights: Layers) =>
  titleOf(figures.network(await handBuilt(network, [weights])));
const relu = { activation: "relu" } as const;

test("figures.network() draws every weight as a line, as wide as it is large, and negative ones in another colour and broken", async () => {
  const figure = figures.network(await handBuilt(relu, [SOLUTION]));
  assertFigure(figure);
  const key = traces(figure).filter(({ name }) => name !== undefined);
  assert.deepEqual(
    key.map(({ name }) => name),
    ["positive weight", "negative weight"],
  );
  const [positive, negative] = key.map(({ line }) => line);
  assert.notEqual(positive.color, negative.color);
  assert.notEqual(positive.dash, negative.dash);
  const count = (colour: string) =>
    drawnLines(figure)
      .filter(({ line }) => line.color === colour)
      .flatMap(({ x }) => x.filter((value) => value === null)).length +
    drawnLines(figure).filter(({ line }) => line.color === colour).length;
  assert.deepEqual([count(positive.color), count(negative.color)], [5, 3], "a bias of 0 has no line");
  const widest = drawnLines(figure).reduce((best, trace) =>
    trace.line.width > best.line.width ? trace : best,
  );
  assert.equal(widest.line.color, negative.color, "−8 is the largest");
  assert.deepEqual(
    [widest.x, widest.y],
    [
      [1, 2],
      [0.5, 0],
    ],
    "from hidden unit 2 to the output",
  );
  assert.match(
    plain((figure.layout.title as { subtitle: { text: string } }).subtitle.text),
    /the widest 8\.00/,
  );
});

test("figures.network() shows each number under the mouse, and on the lines of a small network", async () => {
  const figure = figures.network(await handBuilt(relu, [SOLUTION]));
  const hovers = traces(figure).at(-2) as Trace;
  assert.ok(
    hovers.customdata.some(
      ([what, value]) => plain(what) === "weight, hidden unit 2 → output" && plain(value) === "−8",
    ),
  );
  assert.ok(
    hovers.customdata.some(
      ([what, value]) => plain(what) === "bias of hidden unit 2" && plain(value) === "−1",
    ),
  );
  for (const number of ["−8.00", "4.00", "−1.00", "0"]) assert.ok(texts(figure).includes(number), number);
  assert.equal(plain(marks(figure).hovertext[2]), "hidden unit 1 is on for all but (0, 0) bias 0");
});

test("figures.network() says of each unit on which inputs it is on, and marks dead, linear and repeated ones", async () => {
  const good = figures.network(await handBuilt(relu, [SOLUTION]));
  for (const text of ["input 1", "on for 01, 10, 11", "on for 11", "output"])
    assert.ok(texts(good).includes(text), text);
  assert.deepEqual(marks(good).marker.symbol, Array(5).fill("circle"));
  const dead = figures.network(await handBuilt(relu, [DEAD]));
  assert.deepEqual(marks(dead).marker.symbol.slice(2, 4), ["circle-x", "circle-x"]);
  assert.ok(texts(dead).includes("dead"));
  assert.match(plain(marks(dead).hovertext[2]), /^hidden unit 1 is dead \(off on all inputs\) bias/);
  const repeated = figures.network(await handBuilt(relu, [ONE_CORNER]));
  assert.deepEqual(marks(repeated).marker.symbol.slice(2, 4), ["circle", "hexagon"]);
  assert.ok(texts(repeated).includes("on for 10, copy of unit 1"));
  const straight: Layers = [
    {
      kernel: [
        [1, -1],
        [1, 2],
      ],
      bias: [1, 3],
    },
    SOLUTION[1],
  ];
  const linear = figures.network(await handBuilt(relu, [straight]));
  assert.deepEqual(marks(linear).marker.symbol.slice(2, 4), ["diamond", "diamond"]);
  assert.ok(texts(linear).includes("linear"));
});

test("figures.network() states what the units are good for and what comes of it", async () => {
  assert.equal(await title(relu, SOLUTION), "Both hidden units are active, and all 4 answers are right");
  assert.equal(await title(relu, DEAD), "Both hidden units are dead, and all 4 inputs get one answer");
  assert.equal(
    await title(relu, ONE_CORNER),
    "One of the 2 hidden units is a copy of the other, and no unit is on for 00, 01 and 11: they get one answer",
  );
  const half: Layers = [
    {
      kernel: [
        [1, -1],
        [1, -1],
      ],
      bias: [0.5, -1],
    },
    { kernel: [[1], [1]], bias: [-1] },
  ];
  assert.equal(
    await title(relu, half),
    "One of the 2 hidden units is dead, 1 is linear on these inputs, and 1 of 4 answers is wrong",
  );
  const shifted = [
    { ...half[0], bias: [0.5, 2] },
    { kernel: [[1], [1]], bias: [-2.2] },
  ];
  assert.match(await title(relu, shifted), /linear on these inputs, and /, "no surprise, right or wrong");
  const corners: Layers = [
    {
      kernel: [
        [1, -1],
        [-1, 1],
      ],
      bias: [0, 0],
    },
    { kernel: [[1], [1]], bias: [-2] },
  ];
  assert.equal(await title(relu, corners), "Both hidden units are active, yet 2 of 4 answers are wrong");
  const flat: Layers = [
    {
      kernel: [
        [0, 1],
        [0, 1],
      ],
      bias: [1, 0],
    },
    { kernel: [[1], [1]], bias: [-2] },
  ];
  assert.match(await title({}, flat), /^One of the 2 hidden units is constant, /);
});

test("figures.network() names the hidden layer whose units are all off", async () => {
  const same: Layers[number] = {
    kernel: [
      [1, 0],
      [0, 1],
    ],
    bias: [0, 0],
  };
  const deep = [same, ...ONE_CORNER];
  assert.match(
    await title({ ...relu, hidden: [2, 2] }, deep),
    /, and no unit of hidden layer 2 is on for 00, 01 and 11: they get one answer$/,
  );
});

test("figures.network() says of a sigmoid unit above which value it is, and whether it is saturated", async () => {
  const sharp: Layers = [
    {
      kernel: [
        [40, 1],
        [40, 1],
      ],
      bias: [-20, 1],
    },
    { kernel: [[1], [1]], bias: [0] },
  ];
  const { hovertext } = marks(figures.network(await handBuilt({}, [sharp])));
  assert.deepEqual(hovertext.slice(2, 4).map(plain), [
    "hidden unit 1 is saturated on all inputs, and above ½ for 01, 10, 11 bias −20",
    "hidden unit 2 is unsaturated on all inputs, and above ½ for all inputs bias 1",
  ]);
});

test("figures.network() and figures.hiddenSpace() refuse weights that are no numbers", async () => {
  const broken = SOLUTION.map((layer) => ({ ...layer, bias: layer.bias.map(() => Number.NaN) }));
  const run = await handBuilt(relu, [broken]);
  for (const draw of [figures.network, figures.hiddenSpace])
    assert.throws(() => draw(run), {
      name: "RangeError",
      message: /^figures\.\w+: the run must have finite weights, got weights that are no numbers$/,
    });
});

test("figures.network() draws a network without hidden layers, and one of several", async () => {
  const none = figures.network(await handBuilt({ hidden: [] }, [[{ kernel: [[1], [1]], bias: [-0.5] }]]));
  assertFigure(none);
  assert.equal(
    titleOf(none),
    "No hidden layer: the output is a function of one weighted sum, and 1 of 4 answers is wrong",
  );
  assert.equal(marks(none).x.length, 3);
  const deep = figures.network(await trained({ hidden: [4, 3, 2], activation: "tanh" }));
  assertFigure(deep);
  assert.equal(marks(deep).x.length, 2 + 4 + 3 + 2 + 1);
  assert.match(deep.layout.meta.description, /Hidden layer 3: unit 1 is /);
});

test("figures.network() draws of wide layers the 16 units that move the next layer most, and says so", async () => {
  const run = await trained({ hidden: [40, 5], activation: "relu" }, clouds({ rows: 60 }), { epochs: 3 });
  const figure = figures.network(run);
  assertFigure(figure);
  assert.equal(marks(figure).x.length, 2 + 16 + 5 + 1);
  assert.match(
    plain((figure.layout.title as { subtitle: { text: string } }).subtitle.text),
    /Of 40 in a layer, the 16 that move the next layer most are drawn\./,
  );
  assert.ok(JSON.stringify(figure).length < 60_000, `${JSON.stringify(figure).length} bytes`);
  const weak = 7;
  const [first, second, ...rest] = run.weights();
  const cut = second.kernel.map((row, unit) => (unit === weak ? row.map(() => 0) : row));
  const without = figures.network({ ...run, weights: () => [first, { ...second, kernel: cut }, ...rest] });
  const drawn = marks(without).hovertext.map(plain);
  assert.ok(!drawn.some((text) => text.startsWith(`unit ${weak + 1} of hidden layer 1`)));
});

test("figures.network() shows the epoch that is asked for", async () => {
  const run = await handBuilt(relu, [DEAD, SOLUTION, ONE_CORNER]);
  assert.match(titleOf(figures.network(run)), /^One of the 2 hidden units is a copy of the other/);
  assert.equal(
    titleOf(figures.network(run, { epoch: 0 })),
    "Before training, both hidden units are dead, and all 4 inputs get one answer",
  );
  assert.equal(
    titleOf(figures.network(run, { epoch: 1 })),
    "After epoch 1 of 2, both hidden units are active, and all 4 answers are right",
  );
  assert.throws(() => figures.network(run, { epoch: 3 }), {
    name: "RangeError",
    message: "figures.network: epoch must be a whole number ≥ 0 and ≤ 2, got 3",
  });
  assert.throws(() => figures.network(run, { layer: 1 } as never), {
    name: "RangeError",
    message: 'figures.network: unknown option "layer"; (epoch)',
  });
});

test("figures.network() counts the answers of the run itself", async () => {
  for (const seed of [1, 2, 3, 4]) {
    const run = await trained({ seed }, truthTable("xor"), { seed, epochs: 50, batchSize: 1 });
    const wrong = run
      .predict([
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ])
      .filter((p, i) => p > 0.5 !== (i === 1 || i === 2)).length;
    assert.match(
      titleOf(figures.network(run)),
      wrong === 0 ? /all 4 answers are right$/ : new RegExp(`${wrong} of 4 answers`),
    );
  }
});

test("figures.network() refuses a model that is no chain of dense layers, and shows names as they are", async () => {
  const layers = [tf.layers.dense({ units: 3, inputShape: [2] }), tf.layers.dropout({ rate: 0.5 })];
  const model = tf.sequential({ layers: [...layers, tf.layers.dense({ units: 1, activation: "sigmoid" })] });
  const run = await train(model, xor({ rows: 20 }), { epochs: 1, progress: false });
  for (const draw of [figures.network, figures.hiddenSpace])
    assert.throws(() => draw(run), {
      name: "TypeError",
      message: /^figures\.\w+: the model must be a chain of dense layers/,
    });
  const hostile = figures.network(await trained({}, hostileXor()));
  assertFigure(hostile);
  assertWritten(hostile);
});
