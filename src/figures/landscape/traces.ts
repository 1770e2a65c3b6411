import { roundTicks } from "../../numbers/vectors.js";
import { lossText, rounded, withDecimals } from "../../words/numbers.js";
import type { Reference } from "../loss/references.js";
import { COLOURS, colourScale, LOSS_SCALE, ON_SCALE } from "../parts/colours.js";
import { apart, columns, line, marks, note, type Place, type Trace } from "../parts/marks.js";
import { colourBar } from "../parts/plane.js";
import { asText } from "../parts/text.js";
import { HALO } from "../parts/theme.js";
import type { WeightPath } from "./path.js";
import { type Landscape, lineAt, type Ring } from "./surface.js";

/** Colours by the logarithm of the loss: light is low. */
const LOSS_COLOURS = colourScale(LOSS_SCALE);

const LEAST_RATIO = 1.3; // of highest to lowest: smaller differences are not blown up to mountains
const ABOVE = 3; // times the highest loss of the path: what lies higher is equally dark
const LEAST_LOSS = 1e-7; // log loss is never less, since probabilities are kept so far from 0 and 1
const ISOLINES = 12; // between the lowest and the highest loss that has a colour of its own

/**
 * The loss as colours, by its logarithm, with thin lines at equal ratios.
 *
 * @param path  the losses along the path: each of them has a colour of its own
 */
export function lossTrace(land: Landscape, path: readonly number[], unit: string): Trace {
  const [low, high] = colourRange([...land.loss.flat(), ...path], path);
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const ticks = ticksBetween(low, high);
  const colours = {
    tickvals: ticks.map(Math.log10),
    ticktext: ticks.map((tick) => asText(tick < 1e-3 ? `1e−${Math.round(-Math.log10(tick))}` : String(tick))),
  };
  const written = (say: (loss: number) => number) =>
    land.loss.map((row) => row.map((loss) => (Number.isFinite(loss) ? say(loss) : null)));
  // Four digits are enough for colours and lines; beyond the colours all is alike.
  const height = (loss: number) => Math.log10(Math.min(Math.max(loss, low / 2), 2 * high));
  return {
    type: "contour",
    name: "loss",
    x: land.x.map((value) => rounded(value, 5)),
    y: land.y.map((value) => rounded(value, 5)),
    z: written((loss) => Number(withDecimals(height(loss), 4))),
    customdata: written((loss) => rounded(loss, 4)),
    zmin: from,
    zmax: to,
    colorscale: LOSS_COLOURS,
    contours: { coloring: "heatmap", start: from, end: to, size: (to - from) / ISOLINES },
    line: { color: "rgba(31,36,41,0.28)", width: 0.6 },
    colorbar: {
      ...colourBar(`loss ${unit}, logarithmic: light is low`, colours),
      ...{ outlinecolor: COLOURS.line, outlinewidth: 1 }, // white at its end
    },
    hovertemplate: "loss %{customdata:.4~g}<br>at (%{x:.3~g}, %{y:.3~g})<extra></extra>",
  };
}

/** From which loss to which the colours reach. */
function colourRange(all: readonly number[], path: readonly number[]): [low: number, high: number] {
  const finite = all.filter(Number.isFinite);
  const low = Math.max(LEAST_LOSS, Math.min(...finite));
  const high = Math.min(Math.max(...finite), ABOVE * Math.max(...path.filter(Number.isFinite)));
  return [low, Math.max(high, LEAST_RATIO * low)];
}

/** Round numbers at about equal ratios: 0.01, 0.1, 1, or 0.1, 0.2, 0.5, or 0.68, 0.69, 0.7. */
function ticksBetween(low: number, high: number): number[] {
  for (const leads of [[1], [1, 3], [1, 2, 5]]) {
    const ticks = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
      for (const lead of leads) ticks.push(Number(`${lead}e${power}`));
    const inside = ticks.filter((tick) => tick >= low && tick <= high);
    const every = Math.ceil(inside.length / 6);
    if (inside.length >= 4) return inside.filter((_, i) => i % every === 0);
  }
  return roundTicks(low, high).map((tick) => rounded(tick));
}

const SHORTEST = 1; // half sides: shorter lines are crumbs along a valley that is narrower than the grid

/** The losses that mean something and are reached in view, each with its line. */
export function referenceLines(land: Landscape, references: readonly Reference[]) {
  return references.flatMap((reference) => {
    const pieces = lineAt(land, reference.loss);
    const length = pieces.reduce((sum, [from, to]) => sum + Math.hypot(to[0] - from[0], to[1] - from[1]), 0);
    if (length < SHORTEST * land.half) return [];
    const saying = { name: reference.text, hover: asText(reference.text) };
    const places = apart(pieces.map((ends) => ends.map(([x, y]) => [rounded(x), rounded(y)])));
    return [{ reference, trace: line(places, { color: ON_SCALE.ink, width: 1.4 }, saying) }];
  });
}

/**
 * The path in the plane: a line with a white rim, dots at round epochs, a ring at the start and a star at the end.
 *
 * @param step  epochs from dot to dot
 */
export function pathTraces(
  { epochs }: WeightPath,
  path: readonly Place[],
  losses: readonly number[],
  step: number,
): Trace[] {
  const places = columns(path, 6);
  const last = path.length - 1;
  const byPlace = <Value>(start: Value, end: Value, dot: Value, none: Value) =>
    epochs.map((epoch, i) => (i === last ? end : i === 0 ? start : epoch % step === 0 ? dot : none));
  const marker = {
    symbol: byPlace("circle", "star", "circle", "circle"),
    size: byPlace(11, 16, 6, 0),
    color: byPlace<string>(ON_SCALE.rim, ON_SCALE.end, ON_SCALE.ink, ON_SCALE.ink),
    line: { color: ON_SCALE.ink, width: byPlace(2, 1.4, 0, 0) },
  };
  const saying = { name: "path", hover: "%{customdata[0]}<br>loss %{customdata[1]}" };
  return [
    line(places, { color: ON_SCALE.rim, width: 6 }),
    marks(places, marker, saying, {
      mode: "lines+markers",
      line: { color: ON_SCALE.ink, width: 2 },
      customdata: epochs.map((epoch, i) => [epochText(epoch), lossText(losses[i])]),
    }),
  ];
}

function epochText(epoch: number): string {
  if (epoch === 0) return "start";
  return Number.isInteger(epoch) ? `epoch ${epoch}` : `within epoch ${Math.ceil(epoch)}`;
}

const ONE_PLACE = 0.2; // of half a side: nearer, the ends share a label

/** The names of the path's ends. */
export function endNotes(start: Place, end: Place, half: number): object[] {
  const named = (text: string, [x, y]: Place, right: boolean, away: number) =>
    note(
      text,
      { x, y, xanchor: right ? "left" : "right", xshift: right ? away : -away },
      { color: ON_SCALE.ink, shadow: HALO.replaceAll(COLOURS.card, ON_SCALE.rim), weight: 700 },
    );
  if (Math.hypot(end[0] - start[0], end[1] - start[1]) < ONE_PLACE * half)
    return [named("start and end", end, true, 10)];
  const rightward = end[0] >= start[0];
  return [named("start", start, !rightward, 8), named("end", end, rightward, 10)];
}

/** The ring around the end within which the loss was looked at. */
export function ringShape([x, y]: Place, { radius }: Ring): object {
  return {
    type: "circle",
    ...{ x0: x - radius, x1: x + radius, y0: y - radius, y1: y + radius },
    line: { color: ON_SCALE.ink, width: 1.2, dash: "dot" },
  };
}
