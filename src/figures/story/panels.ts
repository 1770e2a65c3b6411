import type { NetworkRun } from "../../train/networkRun.js";
import { lossUnit } from "../../words/names.js";
import { epochRange, type LossScale } from "../loss/loss.js";
import { type Reference, referenceShapes } from "../loss/references.js";
import { note } from "../parts/marks.js";
import { wrappedText } from "../parts/text.js";
import { axis, SIZES } from "../parts/theme.js";

const LINE = 15; // pixels, of a panel's heading
const GAP = 12; // between two rows
const COLUMNS = [
  [0, 0.47],
  [0.53, 1],
] as const;
/** Of a panel on the narrowest card: two in 280 pixels. */
const NARROW = 131;
const HEIGHTS = [190, 130, 112, 92, 74, 58]; // of a drawing, by the number of rows

/**
 * Where so many panels lie, in parts of the drawing's width and height; the height of all together and that of one drawing, in
 * pixels. There are two a row, on a telephone as on a wide page: Plotly cannot move them.
 */
export function panelsFor(count: number, headingLines: number) {
  const rows = Math.ceil(count / 2);
  const drawing = HEIGHTS[rows - 1];
  const heading = headingLines * LINE + 4;
  const height = rows * (heading + drawing) + (rows - 1) * GAP;
  const panels = Array.from({ length: count }, (_, i) => {
    const top = Math.floor(i / 2) * (heading + drawing + GAP) + heading;
    return {
      x: count === 1 ? [0, 1] : COLUMNS[i % 2],
      y: [1 - (top + drawing) / height, 1 - top / height].map((part) => Math.max(0, part)),
      axis: i === 0 ? "" : String(i + 1), // as Plotly names axes
      left: i % 2 === 0,
      bottom: i + 2 >= count,
    };
  });
  return { panels, height, drawing };
}

export type Panel = ReturnType<typeof panelsFor>["panels"][number];

/** A line of a panel's heading. */
export interface HeadingLine {
  readonly text: string;
  readonly colour: string;
  readonly bold?: boolean;
}

/** The lines of a panel's heading, broken for the narrowest card, as Plotly must get them. */
export function brokenLines(lines: readonly HeadingLine[], alone: boolean): HeadingLine[] {
  const width = alone ? 2 * NARROW : NARROW;
  return lines.flatMap((line) => {
    const { text } = wrappedText(line.text, width, SIZES.label * (line.bold ? 1.06 : 1));
    return text.split("<br>").map((part) => ({ ...line, text: part }));
  });
}

/** The heading above a panel, from its first line down; all begin at the same height, that of the longest. */
export function headingNotes({ x, y }: Panel, lines: readonly HeadingLine[], most: number): object[] {
  return lines.map(({ text, colour, bold }, i) => ({
    ...note(
      "",
      {
        ...{ xref: "paper", x: x[0], xanchor: "left" },
        ...{ yref: "paper", y: y[1], yanchor: "bottom", yshift: (most - 1 - i) * LINE },
        borderpad: 0,
      },
      { color: colour, weight: bold ? 700 : 400 },
    ),
    text,
  }));
}

/** The axes of all panels, which are the same; only those at the left and at the bottom have numbers. */
export function panelAxes(panels: readonly Panel[], runs: readonly NetworkRun[], scale: LossScale): object {
  const range = epochRange(runs, 0.02);
  const unit = `loss (${lossUnit(runs[0].settings.loss, "briefUnit")})`;
  const upward = scale.logarithmic
    ? { type: "log", exponentformat: "power" }
    : { range: [0, scale.top], nticks: 4 };
  const fixed = { automargin: false, fixedrange: true };
  const axes = panels.flatMap((panel) => {
    const across = { domain: panel.x, anchor: `y${panel.axis}`, range, showgrid: false, nticks: 4 };
    const up = { domain: panel.y, anchor: `x${panel.axis}`, showline: false, ticks: "", ...upward };
    return [
      [
        `xaxis${panel.axis}`,
        axis(panel.bottom ? "epoch" : "", { ...across, showticklabels: panel.bottom, ...fixed }),
      ],
      [`yaxis${panel.axis}`, axis(panel.left ? unit : "", { ...up, showticklabels: panel.left, ...fixed })],
    ];
  });
  return Object.fromEntries(axes);
}

/** The lines of reference, within a panel. */
export function panelShapes({ axis: number }: Panel, shown: readonly Reference[]): object[] {
  const place = { xref: `x${number} domain`, yref: `y${number}` };
  return referenceShapes(shown).map((shape) => ({ opacity: 0.6, ...shape, ...place }));
}
