import { lossText } from "../loss/finding.js";
import type { Reference } from "../loss/references.js";
import { colourBar } from "../parts/plane.js";
import { asText } from "../parts/text.js";
import { COLOURS, PALETTE } from "../parts/theme.js";
import { rounded } from "../parts/thin.js";
import { lineAt } from "./lines.js";
import type { WeightPath } from "./path.js";
import type { LossColours } from "./scale.js";
import { LOSS_COLOURS } from "./scale.js";
import type { Landscape } from "./surface.js";

const ISOLINES = 12; // between the lowest and the highest loss that has a colour of its own

/** The loss as colours, by its logarithm, with thin lines at equal ratios. */
export function lossTrace(land: Landscape, colours: LossColours, unit: string) {
  const [low, high] = [Math.log10(colours.low), Math.log10(colours.high)];
  const ticks = {
    tickvals: colours.ticks.map((tick) => Math.log10(tick)),
    ticktext: colours.ticks.map((tick) => asText(tickText(tick))),
  };
  const finite = (row: readonly number[], say: (loss: number) => number) =>
    row.map((loss) => (Number.isFinite(loss) ? say(loss) : null));
  return {
    type: "contour",
    name: "loss",
    x: land.x.map((value) => Number(value.toPrecision(5))),
    y: land.y.map((value) => Number(value.toPrecision(5))),
    z: land.loss.map((row) => finite(row, (loss) => logarithm(loss, colours))),
    customdata: land.loss.map((row) => finite(row, (loss) => Number(loss.toPrecision(4)))),
    zmin: low,
    zmax: high,
    colorscale: LOSS_COLOURS,
    contours: { coloring: "heatmap", start: low, end: high, size: (high - low) / ISOLINES },
    line: { color: "rgba(31,36,41,0.28)", width: 0.6 },
    colorbar: {
      ...colourBar(`loss ${unit}, logarithmic: light is low`, ticks),
      ...{ outlinecolor: COLOURS.line, outlinewidth: 1 }, // white at its end
    },
    hovertemplate: "loss %{customdata:.4~g}<br>at (%{x:.3~g}, %{y:.3~g})<extra></extra>",
  };
}

/** Four digits are enough for colours and lines; higher than the colours reach, all is alike. */
function logarithm(loss: number, { low, high }: LossColours): number {
  return Number(Math.log10(Math.min(Math.max(loss, low / 2), 2 * high)).toFixed(4));
}

function tickText(loss: number): string {
  return loss < 1e-3 ? `1e−${Math.round(-Math.log10(loss))}` : String(loss);
}

const SHORTEST = 1; // half sides: shorter lines are crumbs along a valley that is narrower than the grid

/** The lines on which the loss is one that means something: a floor of tied inputs, chance. */
export function referenceLines(land: Landscape, references: readonly Reference[]) {
  return references.flatMap(({ loss, text, meaning }) => {
    const pieces = lineAt(land, loss);
    const length = pieces.reduce((sum, [from, to]) => sum + Math.hypot(to[0] - from[0], to[1] - from[1]), 0);
    if (length < SHORTEST * land.half) return [];
    const axis = (at: 0 | 1) => pieces.flatMap((ends) => [...ends.map((end) => rounded(end[at])), null]);
    const trace = {
      type: "scatter",
      mode: "lines",
      name: asText(text),
      x: axis(0),
      y: axis(1),
      line: { color: COLOURS.ink, width: 1.4 },
      hovertemplate: `${asText(text)}<extra></extra>`,
    };
    return [
      {
        trace,
        label: {
          text: meaning === "chance" ? meaning : loss.toFixed(4),
          points: pieces.map((piece) => piece[0]),
        },
      },
    ];
  });
}

/** The path in the plane: a line with a white rim, dots at round epochs, a ring at the start and a star at the end. */
export function pathTraces(
  { epochs }: WeightPath,
  path: readonly (readonly [number, number])[],
  losses: readonly number[],
  step: number,
) {
  const x = path.map((at) => rounded(at[0]));
  const y = path.map((at) => rounded(at[1]));
  const last = path.length - 1;
  const byPlace = <Value>(start: Value, end: Value, dot: Value, none: Value) =>
    epochs.map((epoch, i) => (i === last ? end : i === 0 ? start : epoch % step === 0 ? dot : none));
  const rim = { type: "scatter", mode: "lines", name: "rim", x, y, hoverinfo: "skip" };
  return [
    { ...rim, line: { color: COLOURS.card, width: 6 } },
    {
      type: "scatter",
      mode: "lines+markers",
      name: "path",
      x,
      y,
      customdata: epochs.map((epoch, i) => [epochText(epoch), lossText(losses[i])]),
      line: { color: "#000000", width: 2 },
      marker: {
        symbol: byPlace("circle", "star", "circle", "circle"),
        size: byPlace(11, 16, 6, 0),
        color: byPlace<string>(COLOURS.card, PALETTE[4], "#000000", "#000000"),
        line: { color: "#000000", width: byPlace(2, 1.4, 0, 0) },
      },
      hovertemplate: "%{customdata[0]}<br>loss %{customdata[1]}<extra></extra>",
    },
  ];
}

function epochText(epoch: number): string {
  if (epoch === 0) return "start";
  return Number.isInteger(epoch) ? `epoch ${epoch}` : `within epoch ${Math.ceil(epoch)}`;
}
