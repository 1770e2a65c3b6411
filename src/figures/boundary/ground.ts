import type { Plane } from "../parts/plane.js";
import { colourBar } from "../parts/planeFrame.js";
import { CLASS_COLOURS, COLOURS } from "../parts/theme.js";

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
    colorbar: colourBar("network's output (black line: ½)", below, TICKS),
    hovertemplate: "inputs (%{x:.3~g}, %{y:.3~g})<br>output %{z:.3f}<extra></extra>",
  };
}

const TICKS = { tickvals: [0, 0.25, 0.5, 0.75, 1], ticktext: ["0", "¼", "½", "¾", "1"] };
