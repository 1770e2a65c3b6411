import { type Box, type Content, type Drawing, hiddenBy, type Scale, scaleOf } from "./clutter.js";
import { asText, textWidth } from "./text.js";
import { COLOURS, HALO, SIZES } from "./theme.js";

/** Labels in the drawing, put where they hide least. */

/** A text that belongs to a point, or to a whole horizontal line if it has no x. */
export interface Label {
  readonly text: string;
  readonly x?: number;
  readonly y: number;
  readonly colour?: string;
}

const WIDTHS = [270, 610]; // of the drawing, on a telephone and in a notebook
const HEIGHT = 17;
const GAP = 9; // between a point and its label
type Side = { readonly right: boolean; readonly above: boolean };
const SIDES: readonly Side[] = [
  { right: true, above: true },
  { right: true, above: false },
  { right: false, above: true },
  { right: false, above: false },
];

/** Annotations for the labels, each on that side of its point or line where it hides least. */
export function placedLabels(labels: readonly Label[], drawing: Drawing, content: Content): object[] {
  const screens = WIDTHS.map((width) => ({ scale: scaleOf(drawing, width), placed: [] as Box[] }));
  return labels.map((label) => {
    const costs = SIDES.map((side) =>
      screens.reduce(
        (sum, { scale, placed }) => sum + hiddenBy(boxOf(label, side, scale), content, placed, scale),
        0,
      ),
    );
    const side = SIDES[costs.indexOf(Math.min(...costs))];
    for (const { scale, placed } of screens) placed.push(boxOf(label, side, scale));
    return annotation(label, side);
  });
}

/** Where a label would lie. */
function boxOf({ text, x, y }: Label, side: Side, scale: Scale): Box {
  const long = textWidth(text, SIZES.label) + 6;
  const lift = x === undefined ? 1 : GAP;
  const low = side.above ? scale.y(y) + lift : scale.y(y) - lift - HEIGHT;
  const start =
    x === undefined ? (side.right ? scale.width - long : 0) : scale.x(x) - (side.right ? 0 : long);
  return { left: start, right: start + long, low, high: low + HEIGHT };
}

function annotation({ text, x, y, colour }: Label, side: Side): object {
  const whole = x === undefined;
  return {
    text: asText(text),
    xref: whole ? "paper" : "x",
    x: x ?? (side.right ? 1 : 0),
    xanchor: whole === side.right ? "right" : "left",
    yref: "y",
    y,
    yanchor: side.above ? "bottom" : "top",
    yshift: whole ? 0 : (side.above ? 1 : -1) * (GAP - 3),
    showarrow: false,
    borderpad: 1,
    font: { size: SIZES.label, color: colour ?? COLOURS.quiet, shadow: HALO },
  };
}
