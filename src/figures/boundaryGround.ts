import type { Plane } from "./plane.js";
import { asText } from "./text.js";
import { CLASS_COLOURS, COLOURS, SIZES } from "./theme.js";

/** The network's output as colours, and its one contour at ½, with a colour bar so far below the drawing. */
export function outputTrace({ x, y, z }: Plane, below: number): Record<string, unknown> {
  return {
    type: "contour",
    name: "output",
    x,
    y,
    z,
    zmin: 0,
    zmax: 1,
    colorscale: [
      [0, CLASS_COLOURS.zero.ground],
      [0.5, COLOURS.card],
      [1, CLASS_COLOURS.one.ground],
    ],
    contours: { coloring: "heatmap", start: 0.5, end: 0.5, size: 1, showlines: true },
    line: { color: "#000000", width: 2 },
    colorbar: {
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
      tickvals: [0, 0.25, 0.5, 0.75, 1],
      ticktext: ["0", "¼", "½", "¾", "1"],
      tickfont: { size: SIZES.label, color: COLOURS.quiet },
      title: {
        text: asText("network's output (black line: ½)"),
        side: "top",
        font: { size: SIZES.label, color: COLOURS.quiet },
      },
    },
    hovertemplate: "inputs (%{x:.3~g}, %{y:.3~g})<br>output %{z:.3f}<extra></extra>",
  };
}
