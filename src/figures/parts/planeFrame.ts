import { asText } from "./text.js";
import { axis, COLOURS, SIZES } from "./theme.js";

/** What surrounds a plane of colours: its axes, and the bar that says what a colour means. */

/** An axis that ends where the plane ends. */
export function planeAxis(title: string, values: readonly number[], more: object = {}): object {
  const range = [values[0], values[values.length - 1]];
  return axis(title, { range, showgrid: false, nticks: 6, fixedrange: true, ...more });
}

/** For both axes of a plane of one scale, as large as there is room for, at the top of it. */
export const ONE_SCALE = {
  x: { constrain: "domain" },
  y: { scaleanchor: "x", scaleratio: 1, constrain: "domain", constraintoward: "top" },
} as const;

/** The colour bar; `below` is its distance from the plane, in parts of the plane's height, downwards negative. */
export function colourBar(title: string, below: number, ticks: { tickvals: number[]; ticktext: string[] }) {
  return {
    orientation: "h",
    x: 0.5,
    xanchor: "center",
    y: below,
    yanchor: "top",
    ypad: 0,
    lenmode: "pixels",
    len: 240,
    thickness: 12,
    outlinewidth: 0,
    ...ticks,
    tickfont: { size: SIZES.label, color: COLOURS.quiet },
    title: { text: asText(title), side: "top", font: { size: SIZES.label, color: COLOURS.quiet } },
  };
}
