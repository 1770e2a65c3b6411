import { shortened } from "../../words/english.js";
import { weightText } from "../../words/numbers.js";
import { answerPixels, placeOn } from "./boundary.js";
import { heatMap, type Sheet, shaded, write } from "./canvas.js";
import type { Focus, Frame } from "./frame.js";
import { linePoint, type NetworkLayout, networkLayout } from "./networkLayout.js";
import { linesTo, numberOf, valuePixels } from "./units.js";

/** The network: each unit as a picture of its values over the plane, each weight as a line as wide as it is large. */

const WIDEST = 7; // pixels of a line
const MOST_NUMBERED = 9; // weights whose numbers are always there; of more, those of what is pointed at

export function drawNetwork(frame: Frame, { context, width, height }: Sheet): void {
  const layout = networkLayout(frame.run, width, height);
  drawLines(frame, context, layout);
  layout.columns.forEach((nodes, layer) => {
    for (const unit of nodes.keys()) drawNode(frame, context, layout, { layer, unit });
  });
  drawNames(frame, context, layout, width, height);
  drawNumbers(frame, context, layout);
}

/** Inputs and classes beside their units, and what each column is. */
function drawNames(
  { run, theme }: Frame,
  context: CanvasRenderingContext2D,
  { columns, size }: NetworkLayout,
  width: number,
  height: number,
): void {
  const last = columns.length - 1;
  const most = Math.max(4, Math.floor((0.2 * width) / 7)); // letters
  const beside = (names: readonly string[], layer: number, side: -1 | 1) =>
    columns[layer].forEach(({ x, y }, unit) => {
      const align = side < 0 ? "right" : "left";
      write(context, shortened(names[unit], most), [x + side * (size / 2 + 5), y], { theme, align });
    });
  beside(run.inputNames, 0, -1);
  if (columns[last].length > 1) beside(run.classNames, last, 1);
  columns.forEach(([{ x }], layer) => {
    const caption = layer === 0 ? "inputs" : layer === last ? "answer" : `layer ${layer}`;
    write(context, caption, [x, height - 8], { theme, align: "center" });
  });
}

/** The values of a unit as pixels; of an output as answers, in the colours of the classes. */
function unitPixels(frame: Frame, focus: Focus): (at: number) => number {
  const { layers, run, theme } = frame;
  if (focus.layer < layers.length - 1) return valuePixels(frame, focus);
  if (run.meaning.task !== "classes") return answerPixels(frame);
  const [values, ground] = [layers[focus.layer][focus.unit], theme.groundPixels[focus.unit]];
  const nothing = shaded(theme.answers, 0);
  return (at) => mixed(nothing, ground, values[at]);
}

/** A pixel between two, byte by byte. */
function mixed(from: number, to: number, share: number): number {
  let pixel = 0;
  for (let shift = 0; shift < 32; shift += 8) {
    const [low, high] = [(from >>> shift) & 255, (to >>> shift) & 255];
    pixel |= Math.round(low + share * (high - low)) << shift;
  }
  return pixel >>> 0;
}

const isAimed = ({ focus }: Frame, { layer, unit }: Focus): boolean =>
  focus !== undefined && focus.from === undefined && focus.layer === layer && focus.unit === unit;

/** All lines; those that have nothing to do with what is pointed at are faint. */
function drawLines(frame: Frame, context: CanvasRenderingContext2D, { columns, size }: NetworkLayout): void {
  const { weights, focus } = frame;
  const most = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 1);
  for (const line of linesOf(frame)) {
    const { layer, unit, from = 0 } = line;
    const [a, b] = [columns[layer - 1][from], columns[layer][unit]];
    const [start, end] = [a.x + size / 2, b.x - size / 2];
    context.beginPath();
    context.moveTo(start, a.y);
    context.bezierCurveTo((start + end) / 2, a.y, (start + end) / 2, b.y, end, b.y);
    lineStyle(frame, context, numberOf(frame, line) / most, focus !== undefined && !concerns(focus, line));
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

const linesOf = (frame: Frame): Focus[] =>
  frame.states.flatMap(({ place }, i) =>
    Array.from({ length: place.units }, (_, unit) => linesTo(frame, { layer: i + 1, unit })).flat(),
  );

/** Whether a line is what is pointed at, or begins or ends there. */
function concerns(focus: Focus, { layer, unit, from }: Focus): boolean {
  if (focus.from !== undefined) return focus.layer === layer && focus.unit === unit && focus.from === from;
  return (focus.layer === layer && focus.unit === unit) || (focus.layer === layer - 1 && focus.unit === from);
}

/** Negative weights are dashed too, for those who do not see colours. */
function lineStyle(
  { theme }: Frame,
  context: CanvasRenderingContext2D,
  share: number,
  isFaint: boolean,
): void {
  context.strokeStyle = share > 0 ? theme.positive : theme.negative;
  context.lineWidth = 0.4 + WIDEST * Math.abs(share);
  context.globalAlpha = isFaint ? 0.12 : 0.4 + 0.5 * Math.min(1, Math.abs(share));
  context.setLineDash(share > 0 ? [] : [5 + context.lineWidth, 3]);
}

/** Weights on their lines, nearer to the end that is not shared by all, and biases below their units. */
function drawNumbers(frame: Frame, context: CanvasRenderingContext2D, layout: NetworkLayout): void {
  const { focus, theme, states } = frame;
  const lines = linesOf(frame);
  const all = lines.length <= MOST_NUMBERED && focus === undefined;
  const { columns, size } = layout;
  for (const line of lines) {
    if (!all && !(focus && concerns(focus, line))) continue;
    const { layer, unit, from = 0 } = line;
    const leaves = focus !== undefined && focus.from === undefined && focus.layer === layer - 1;
    const share = leaves ? 0.75 : focus?.from === undefined ? 0.3 : 0.5;
    const at = linePoint(layout, columns[layer - 1][from], columns[layer][unit], share);
    write(context, weightText(numberOf(frame, line)), at, {
      theme,
      align: "center",
      colour: theme.ink,
      size: 11,
      halo: 7,
    });
  }
  states.forEach((_, i) => {
    columns[i + 1].forEach(({ x, y }, unit) => {
      const here = { layer: i + 1, unit };
      if (!all && !isAimed(frame, here)) return;
      const text = `bias ${weightText(numberOf(frame, here))}`;
      write(context, text, [x, y + size / 2 + 9], { theme, align: "center", colour: theme.ink, size: 11 });
    });
  });
}

/** A unit's picture in a rounded frame, with the points on it where they are few. */
function drawNode(
  frame: Frame,
  context: CanvasRenderingContext2D,
  { columns, size }: NetworkLayout,
  focus: Focus,
): void {
  const { theme, run, plane } = frame;
  const { x, y } = columns[focus.layer][focus.unit];
  const [left, top] = [x - size / 2, y - size / 2];
  context.save();
  context.beginPath();
  context.roundRect(left, top, size, size, Math.min(8, size / 5));
  context.fillStyle = theme.card;
  context.fill();
  context.clip();
  context.drawImage(heatMap(plane.side, unitPixels(frame, focus)), left, top, size, size);
  const { classes, places } = run.points;
  const place = placeOn(plane, size, size);
  if (classes.length <= 8 && size > 24)
    classes.forEach((target, i) => {
      const [px, py] = place(places[2 * i], places[2 * i + 1]);
      context.beginPath();
      context.arc(left + px, top + py, 2.2, 0, 2 * Math.PI);
      context.fillStyle = theme.classes[target];
      context.fill();
    });
  context.restore();
  context.beginPath();
  context.roundRect(left, top, size, size, Math.min(8, size / 5));
  context.strokeStyle = isAimed(frame, focus) ? theme.ink : theme.quiet;
  context.lineWidth = isAimed(frame, focus) ? 3 : 1.2;
  context.stroke();
}
