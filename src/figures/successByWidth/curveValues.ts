import { textWidth } from "../parts/text.js";
import { SIZES } from "../parts/theme.js";
import { rateText } from "./finding.js";

/** The rates written beside the points of a single curve. */

const NARROW = 270; // pixels, the drawing's width on a telephone
const LINE_HEIGHT = 16; // a text's, and how near two of them may come
const GAP = 6;

/** A point that is named by its rate, at its place across the drawing: 0 its left edge, 1 its right one. */
export interface ValuePoint {
  readonly across: number;
  readonly row: { readonly rate: number };
}

/** "97 %", "> 99 %": the width of a point's surroundings has no room for words. */
function valueText(row: ValuePoint["row"]): string {
  return rateText(row).replace("over", ">").replace("under", "<");
}

/**
 * The rates as texts and where they stand: at the left, above the point where the line comes from below and below it
 * where it comes from above; or on the other side of a line that is level, where the neighbour's text is in the way.
 */
export function curveValues(points: readonly ValuePoint[], height: number) {
  const text = points.map((point) => valueText(point.row));
  const above: boolean[] = [];
  for (const [i, { across, row }] of points.entries()) {
    const before = points[i - 1] ?? { across: Number.NEGATIVE_INFINITY, row };
    const rises = height * (row.rate - before.row.rate);
    const room = NARROW * (across - before.across) - textWidth(text[i], SIZES.label);
    const inTheWay = room < GAP && Math.abs(rises) < LINE_HEIGHT && above[i - 1] === rises >= 0;
    above.push(rises >= 0 !== inTheWay);
  }
  return { text, textposition: above.map((is) => (is ? "top left" : "bottom left")) };
}
