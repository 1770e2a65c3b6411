import assert from "node:assert/strict";
import { test } from "node:test";
import { ACTIVATION_NAMES } from "../../../src/engine/functions.js";
import {
  BUTTON,
  COLOURS,
  classLook,
  inDark,
  LOSS_SCALE,
  lineLooks,
  ON_SCALE,
  PAIRS,
  WEIGHT_COLOURS,
} from "../../../src/figures/parts/colours.js";
import { fitted } from "../../../src/figures/parts/fit.js";
import { type Figure, figures } from "../../../src/index.js";
import { endedRows, studyOf, studyRow, TASK_RUNS, trained } from "../../support/figureCases.js";
import { contrast, leastDistance } from "../../support/vision.js";

const ACTIVATIONS = ["sigmoid", "relu", "tanh", "elu", "leakyRelu", "softplus", "linear"] as const;
const looks = lineLooks(ACTIVATIONS);
const shades = lineLooks(["", "", ...ACTIVATIONS.flatMap((one) => [one, one, one])]).map((one) => one.colour);
const classes = [0, 1, 2, 3, 4, 5].map(classLook);
const themes = { light: (colour: string) => colour, dark: inDark<string> };
const pairsOf = (all: readonly string[]) =>
  all.flatMap((one, i) => all.slice(i + 1).map((other) => [one, other]));

for (const [name, shown] of Object.entries(themes)) {
  const card = shown(COLOURS.card);

  test(`texts and lines stand out from the card: ${name}`, () => {
    const texts = [
      COLOURS.ink,
      COLOURS.quiet,
      COLOURS.edge,
      COLOURS.solved,
      ...looks.map((one) => one.colour),
    ];
    for (const colour of [...texts, ...Object.values(WEIGHT_COLOURS), ...classes.map(({ point }) => point)])
      assert.ok(contrast(shown(colour), card) >= 4.5, `${colour}: ${contrast(shown(colour), card)}`);
    for (const colour of shades)
      assert.ok(contrast(shown(colour), card) >= 3, `${colour}: ${contrast(shown(colour), card)}`);
    for (const { ground } of classes) // labels, which stand on the grounds of classes
      assert.ok(contrast(shown(COLOURS.ink), shown(ground)) >= 4.5, `ink on ${ground}`);
    for (const ground of [BUTTON.ground, "#f4faff"]) // the other is Plotly's, where the pointer is
      assert.ok(contrast(shown(BUTTON.ink), shown(ground)) >= 4.5, `a button's text on ${ground}`);
  });

  test(`colours that mean different things look different, to colour-blind readers too: ${name}`, () => {
    const own = looks.map((one) => shown(one.colour));
    for (const [one, other] of pairsOf(own)) assert.ok(leastDistance(one, other) >= 0.08, `${one} ${other}`);
    const [orange, blue] = classes.map(({ point }) => shown(point));
    const signs = Object.values(WEIGHT_COLOURS).map(shown);
    const others = [orange, blue, ...signs, shown(COLOURS.ink), shown(COLOURS.solved)];
    for (const colour of own)
      for (const other of others) assert.ok(leastDistance(colour, other) >= 0.05, `${colour} ${other}`);
    assert.ok(leastDistance(orange, blue) >= 0.08, `${orange} ${blue}`);
    assert.ok(leastDistance(signs[0], signs[1]) >= 0.05, `${signs}`); // and negative weights are broken lines
  });
}

test("losses as grounds are told apart by lightness, and what stands on them is seen", () => {
  const steps = LOSS_SCALE.slice(1).map((colour, i) => contrast(LOSS_SCALE[i], colour));
  for (const step of steps) assert.ok(step >= 1.3, `${step}`);
  for (const ground of LOSS_SCALE)
    assert.ok(
      Math.max(contrast(ON_SCALE.ink, ground), contrast(ON_SCALE.rim, ground)) >= 4.5,
      `the path, black with a white rim, on ${ground}`,
    );
});

test("lineLooks() gives an activation one colour, whatever stands beside it, and tells equal ones apart", () => {
  assert.equal(new Set(looks.map((one) => one.colour)).size, 7);
  for (const one of ACTIVATIONS)
    assert.equal(lineLooks([one])[0].colour, looks[ACTIVATIONS.indexOf(one)].colour);
  const seven = lineLooks(["x", ...Array(7).fill("relu")]);
  assert.equal(seven[1].colour, looks[1].colour);
  assert.equal(new Set(seven.map(({ colour, dash }) => colour + dash)).size, 8);
  for (const one of ACTIVATION_NAMES) assert.ok((ACTIVATIONS as readonly string[]).includes(one), one);
});

test("inDark() changes colours, and no letter that is written by its number", () => {
  assert.equal(inDark(COLOURS.card), PAIRS.get(COLOURS.card));
  assert.deepEqual(inDark({ a: [`1px ${COLOURS.ink}`, 3, null], b: "&#444444;" }), {
    a: [`1px ${PAIRS.get(COLOURS.ink)}`, 3, null],
    b: "&#444444;",
  });
});

test("figures have no colours of their own, and on a dark page none of a light one", async () => {
  const run = await TASK_RUNS.classes();
  const signs = await TASK_RUNS.signs();
  const all: Figure[] = [
    ...[figures.loss, figures.boundary, figures.hiddenSpace, figures.network, figures.confusion].map((draw) =>
      draw(run),
    ),
    ...[figures.boundary, figures.hiddenSpace, figures.network, figures.landscape].map((draw) => draw(signs)),
    figures.story([run, await trained()].slice(1)),
    figures.loss([signs, await TASK_RUNS.signs(2)]),
    figures.fit(await TASK_RUNS.curve()),
    figures.fit(await TASK_RUNS.surface()),
    figures.predictedVsTrue(await TASK_RUNS.surface()),
    figures.lossFloors(studyOf(endedRows(9))),
    figures.epochsToSolve(studyOf(endedRows(9))),
    figures.successByWidth(studyOf([1, 2].map((width) => studyRow(width, 30)))),
  ];
  const same = [...LOSS_SCALE, ...Object.values(ON_SCALE), ...Object.values(BUTTON)];
  const numbers = ["#00224e", "#35456c", "#666970", "#948e77", "#c8b866", "#fee838"]; // Cividis
  for (const figure of all) {
    const coloursIn = ({ data, layout: { meta: _, ...layout }, frames }: Figure) =>
      new Set(JSON.stringify({ data, layout, frames }).match(/(?<!&)#[0-9a-f]{6}/g) ?? []);
    const known = [...PAIRS.keys(), ...same, ...numbers];
    assert.deepEqual(
      [...coloursIn(figure)].filter((colour) => !known.includes(colour)),
      [],
    );
    const dark = coloursIn(fitted(figure, { width: 700, dark: true }));
    const left = [...dark].filter((colour) => PAIRS.has(colour) && ![...PAIRS.values()].includes(colour));
    assert.deepEqual(left, []);
  }
});
