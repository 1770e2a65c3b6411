import { shortened } from "../../words/english.js";
import { weightText } from "../../words/numbers.js";
import { answerPixels } from "./boundary.js";
import { heatMap, placeIn, type Sheet, shaded } from "./canvas.js";
import type { Focus, Frame } from "./frame.js";
import { linePoint, type NetworkLayout, networkLayout } from "./networkLayout.js";
import { linesTo, numberOf, valuePixels } from "./units.js";

/** The network: each unit as a picture of its values over the plane, each weight as a line as wide as it is large. */

const WIDEST = 7; // pixels of a line
const MOST_NUMBERED = 9; // weights whose numbers are always there; of more, those of what is pointed at

export function drawNetwork(frame: Frame, sheet: Sheet): void {
  const layout = networkLayout(frame.run, sheet.width, sheet.height);
  drawLines(frame, sheet, layout);
  layout.columns.forEach((nodes, layer) => {
    for (const unit of nodes.keys()) drawNode(frame, sheet, layout, { layer, unit });
  });
  drawNames(frame, sheet, layout);
  drawNumbers(frame, sheet, layout);
}

/** Inputs and classes beside their units, and what each column is. */
function drawNames({ run }: Frame, { width, height, write }: Sheet, { columns, size }: NetworkLayout): void {
  const last = columns.length - 1;
  const most = Math.max(4, Math.floor((0.2 * width) / 7)); // letters
  const beside = (names: readonly string[], layer: number, side: -1 | 1) =>
    columns[layer].forEach(({ x, y }, unit) => {
      const align = side < 0 ? "right" : "left";
      write(shortened(names[unit], most), [x + side * (size / 2 + 5), y], { align });
    });
  beside(run.inputNames, 0, -1);
  if (columns[last].length > 1) beside(run.classNames, last, 1);
  columns.forEach(([{ x }], layer) => {
    const caption = layer === 0 ? "inputs" : layer === last ? "answer" : `layer ${layer}`;
    write(caption, [x, height - 8], { align: "center" });
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
function drawLines(frame: Frame, sheet: Sheet, { columns, size }: NetworkLayout): void {
  const { weights, focus } = frame;
  const { context } = sheet;
  const most = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 1);
  for (const line of linesOf(frame)) {
    const { layer, unit, from = 0 } = line;
    const [a, b] = [columns[layer - 1][from], columns[layer][unit]];
    const [start, end] = [a.x + size / 2, b.x - size / 2];
    context.beginPath();
    context.moveTo(start, a.y);
    context.bezierCurveTo((start + end) / 2, a.y, (start + end) / 2, b.y, end, b.y);
    strokeLine(sheet, numberOf(frame, line) / most, focus !== undefined && !concerns(focus, line));
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
function strokeLine({ context, theme, stroke }: Sheet, share: number, isFaint: boolean): void {
  const width = 0.4 + WIDEST * Math.abs(share);
  context.globalAlpha = isFaint ? 0.12 : 0.4 + 0.5 * Math.min(1, Math.abs(share));
  context.setLineDash(share > 0 ? [] : [5 + width, 3]);
  stroke(share > 0 ? theme.positive : theme.negative, width);
}

/** Weights on their lines, nearer to the end that is not shared by all, and biases below their units. */
function drawNumbers(frame: Frame, { theme, write }: Sheet, layout: NetworkLayout): void {
  const { focus, states } = frame;
  const lines = linesOf(frame);
  const all = lines.length <= MOST_NUMBERED && focus === undefined;
  const { columns, size } = layout;
  const look = { align: "center", colour: theme.ink, size: 11 } as const;
  for (const line of lines) {
    if (!all && !(focus && concerns(focus, line))) continue;
    const { layer, unit, from = 0 } = line;
    const leaves = focus !== undefined && focus.from === undefined && focus.layer === layer - 1;
    const share = leaves ? 0.75 : focus?.from === undefined ? 0.3 : 0.5;
    const at = linePoint(layout, columns[layer - 1][from], columns[layer][unit], share);
    write(weightText(numberOf(frame, line)), at, { ...look, halo: 7 });
  }
  states.forEach((_, i) => {
    columns[i + 1].forEach(({ x, y }, unit) => {
      const here = { layer: i + 1, unit };
      if (all || isAimed(frame, here))
        write(`bias ${weightText(numberOf(frame, here))}`, [x, y + size / 2 + 9], look);
    });
  });
}

/** A unit's picture in a rounded frame, with the points on it where they are few. */
function drawNode(
  frame: Frame,
  { context, theme, dot, stroke }: Sheet,
  { columns, size }: NetworkLayout,
  focus: Focus,
): void {
  const { run, plane } = frame;
  const { x, y } = columns[focus.layer][focus.unit];
  const [left, top] = [x - size / 2, y - size / 2];
  const rim = new Path2D();
  rim.roundRect(left, top, size, size, Math.min(8, size / 5));
  context.save();
  context.fillStyle = theme.card;
  context.fill(rim);
  context.clip(rim);
  context.drawImage(heatMap(plane.side, unitPixels(frame, focus)), left, top, size, size);
  const { classes, places } = run.points;
  const place = placeIn(plane, { left, right: left + size, top, foot: top + size });
  if (classes.length <= 8 && size > 24)
    classes.forEach((target, i) => {
      dot(place(places[2 * i], places[2 * i + 1]), 2.2, theme.classes[target]);
    });
  context.restore();
  const aimed = isAimed(frame, focus);
  stroke(aimed ? theme.ink : theme.quiet, aimed ? 3 : 1.2, rim);
}
