import assert from "node:assert/strict";
import { test } from "node:test";
import { epochSlider } from "../../../src/figures/parts/epochs.js";
import { fitted } from "../../../src/figures/parts/fit.js";
import { columns, figureOf, line } from "../../../src/figures/parts/marks.js";
import { textWidth } from "../../../src/figures/parts/text.js";
import { plain, type Title } from "../../support/figureCases.js";

const WIDTHS = [340, 480, 600, 708, 760, 1000, 1600];
const title =
  "One straight line separates the classes in hidden space, and it is the output that draws it there";
const subtitle = [
  "What is shown is said here, in a sentence or two that are long enough to wrap.",
  "xor, 1000 rows",
];
const drawing = {
  traces: [{ ...line(columns([[0, 1]]), { color: "#000000", width: 1 }), colorbar: { y: -1 } }],
};
const card = { title, subtitle, description: `${title}.` };
const still = figureOf({ card: { ...card, height: 300 }, axes: {}, drawing });
const square = figureOf({
  card: { ...card, height: 290 + 100, square: 290, key: ["target 0", "target 1", "output ½", "input plane"] },
  axes: {},
  drawing,
  margin: { b: 100 },
});

interface Layout {
  readonly title: Title;
  readonly height: number;
  readonly margin: Readonly<Record<"t" | "r" | "b" | "l", number>>;
}

interface PaperLayout extends Layout {
  readonly annotations: readonly { readonly text: string; readonly visible?: boolean }[];
  readonly sliders: readonly { readonly visible: boolean }[];
  readonly updatemenus: readonly { readonly visible: boolean }[];
}

const layoutAt = (figure: typeof still, width: number) =>
  fitted(figure, { width }).layout as unknown as Layout;
const linesOf = (text: string) => text.split("<br>").map(plain);

test("fitted() breaks a heading for the width, and says all of it", () => {
  for (const figure of [still, square])
    for (const width of WIDTHS) {
      const { text, subtitle: below } = layoutAt(figure, width).title;
      assert.equal(plain(text), title);
      assert.equal(plain(below.text), subtitle.join(" "));
      for (const one of linesOf(text))
        assert.ok(textWidth(one, 17) < width - 2 * 14 - 64, `${width}, beside the buttons: ${one}`);
      for (const one of linesOf(below.text))
        assert.ok(textWidth(one, 13) < width - 2 * 14, `${width}: ${one}`);
    }
  const count = (width: number) => linesOf(layoutAt(still, width).title.text).length;
  assert.deepEqual([340, 1000, 1600].map(count), [4, 1, 1]);
});

test("fitted() gives other drawings the same height below the heading at every width", () => {
  for (const width of WIDTHS) {
    const { height, margin } = layoutAt(still, width);
    assert.equal(height - margin.t, 300);
    assert.deepEqual([margin.l, margin.r], [56, 14]);
  }
});

test("fitted() makes a square as large as there is room for, and puts the heading beside it where there is more", () => {
  const sides = WIDTHS.map((width) => {
    const { height, margin } = layoutAt(square, width);
    const side = height - margin.t - margin.b;
    assert.equal(width - margin.l - margin.r, side, `${width} pixels wide, it is a square`);
    const beside = margin.l > 56;
    if (beside) {
      const { text, subtitle: below } = layoutAt(square, width).title;
      const longest = [
        ...linesOf(text).map((one) => textWidth(one, 17)),
        ...linesOf(below.text).map((one) => textWidth(one, 13)),
      ];
      assert.ok(14 + Math.max(...longest) < margin.l - 56, "the heading ends before the numbers of the axis");
    } else assert.ok(margin.t > 80, "the heading is above");
    const [{ colorbar }] = fitted(square, { width }).data as unknown as [{ colorbar: { y: number } }];
    assert.ok(Math.abs(-colorbar.y * side - 56) < 0.1, "the colour bar stays as far below");
    return [side, beside];
  });
  assert.deepEqual(sides, [
    [270, false],
    [410, false],
    [530, false],
    [360, true],
    [412, true],
    [560, true],
    [560, true],
  ]);
});

test("fitted() of a fitted figure is the same as of the first, and leaves figures of others alone", () => {
  assert.deepEqual(fitted(fitted(square, { width: 1000 }), { width: 340 }), fitted(square, { width: 340 }));
  const foreign = { data: [], layout: { title: { text: "mine" } } };
  assert.equal(fitted(foreign, { width: 700 }), foreign);
});

test("fitted() puts the heading beside any drawing on paper, so that the figure is as low as the drawing", () => {
  const { layout } = fitted(still, { width: 760, paper: true }) as unknown as { layout: Layout };
  assert.ok(layout.height < 300 + 40 && layout.height < layoutAt(still, 760).height);
  const widest = Math.max(...linesOf(layout.title.text).map((one) => textWidth(one, 17)));
  assert.ok(14 + widest < layout.margin.l - 56, "it ends before the numbers of the axis");
});

test("fitted() draws a square smaller on paper, and leaves out a slider with its numbers and its room", () => {
  const names = (count: number) =>
    Array.from({ length: count }, (_, epoch) => ({ epoch, label: String(epoch) }));
  const moments = names(11).map((moment, turn) => ({ ...moment, name: `epoch ${moment.epoch}`, turn }));
  const picture = ({ epoch = 0 }: { readonly epoch?: number }) => ({
    traces: [line(columns([[0, epoch]]), { color: "#000000", width: 1 })],
    caption: "4 of 4 right",
  });
  const moving = figureOf({
    card: { ...card, height: 290 + 50, square: 290 },
    axes: {},
    drawing: epochSlider(moments, picture, 50),
    margin: { b: 50 },
  });
  const { layout } = fitted(moving, { width: 760, paper: true }) as unknown as { layout: PaperLayout };
  const shown = layout.annotations.filter(({ visible = true }) => visible);
  assert.deepEqual(
    shown.map(({ text }) => text),
    ["<b>epoch 10</b><br>4 of 4 right"],
  );
  assert.deepEqual([layout.sliders[0].visible, layout.updatemenus[0].visible], [false, false]);
  const onScreen = layoutAt(moving, 760);
  const side = ({ height, margin }: Layout) => height - margin.t - margin.b;
  assert.equal(side(layout), 250);
  assert.ok(side(onScreen) > 300);
  assert.equal(onScreen.margin.b - layout.margin.b, 44);
});
