import { bordersOf, type PlaneScore, regionOf } from "../../figures/hiddenSpace/view.js";
import { evenly, extent, roundTicks } from "../../numbers/vectors.js";
import { inputsText } from "../../words/names.js";
import type { LabRun } from "../labRun.js";
import { MOST_DRAWN } from "./boundary.js";
import { type Box, drawTicks, placeIn, type Range, type Sheet } from "./canvas.js";
import type { Frame } from "./frame.js";

/** The points as the output sees them: by the values of two units of the last hidden layer. */

const EDGE = { left: 46, bottom: 30, top: 10, right: 12 };

export function drawHiddenSpace(frame: Frame, sheet: Sheet): void {
  const { states } = frame;
  const { context, width, height } = sheet;
  if (states.length < 2) {
    sheet.write("There is no hidden layer.", [width / 2, height / 2], { align: "center" });
    return;
  }
  const view = viewOf(frame);
  const box = {
    ...{ left: EDGE.left, right: width - EDGE.right },
    ...{ top: EDGE.top, foot: height - EDGE.bottom },
  };
  const place = placeIn(view, box);
  drawAxes(sheet, box, view, place);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.foot - box.top);
  context.clip();
  if (states[states.length - 2].values.length <= 2) drawRegions(frame, sheet, view, place);
  context.restore();
  drawPoints(frame, sheet, valuesOf(frame, frame.weights, view.units), place);
}

type PlaceOn = ReturnType<typeof placeIn>;

const FEW = 8;
const LETTER = 6; // pixels
const LINE = 13;

/** The points; of few, those of higher classes are smaller, so that all in one place are seen, and each place has its inputs. */
function drawPoints(
  { run }: Frame,
  { theme, width, dot, write }: Sheet,
  values: Float64Array,
  place: PlaceOn,
): void {
  const { classes, inputs } = run.points;
  const few = classes.length <= FEW;
  const labels = new Map<string, { at: readonly [number, number]; texts: string[] }>();
  const drawn = evenly(classes.length, MOST_DRAWN);
  for (const target of run.classNames.keys())
    for (const i of drawn.filter((point) => classes[point] === target)) {
      const at = place(values[2 * i], values[2 * i + 1]);
      dot(at, few ? Math.max(4, 10 - 4 * target) : 3, theme.classes[target], theme.card);
      if (!few) continue;
      const key = at.map((pixel) => Math.round(pixel / 8)).join();
      const label = labels.get(key) ?? { at, texts: [] };
      label.texts.push(inputsText(inputs.subarray(i * run.network.inputs, (i + 1) * run.network.inputs)));
      labels.set(key, label);
    }
  const written: { readonly left: number; readonly right: number; readonly y: number }[] = [];
  for (const { at, texts } of labels.values()) {
    const isRight = at[0] > width / 2;
    const x = at[0] + (isRight ? -14 : 14);
    const text = texts.join(" ");
    const [left, right] = isRight ? [x - LETTER * text.length, x] : [x, x + LETTER * text.length];
    const above = at[1] - 9;
    const taken = written.some(
      (other) => left < other.right && right > other.left && Math.abs(above - other.y) < LINE,
    );
    const y = taken ? above - LINE : above;
    written.push({ left, right, y });
    write(text, [x, y], { align: isRight ? "right" : "left", colour: theme.ink, size: 11 });
  }
}

type Units = readonly [first: number, second: number | undefined];

/** What stays the same through a run's film. */
interface View {
  readonly units: Units;
  readonly x: Range;
  readonly y: Range;
}
const views = new WeakMap<LabRun, View>();

/** The view that holds the points at a few moments of the run, the first and the last among them. */
function viewOf(frame: Frame): View {
  const known = views.get(frame.run);
  if (known) return known;
  const { run, states } = frame;
  const count = states[states.length - 1].place.end;
  const last = run.weights.length / count - 1;
  const units = shownUnits(frame, run.weights.subarray(last * count));
  const moments = [0, 0.1, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * last) * count);
  const values = moments.flatMap((start) => [
    ...valuesOf(frame, run.weights.subarray(start, start + count), units),
  ]);
  const [x, y] = [0, 1].map((axis) => rangeOf(values.filter((_, i) => i % 2 === axis)));
  const view = { units, x, y };
  views.set(run, view);
  return view;
}

/** Two units of the last hidden layer: those with the largest outgoing weights at the end. */
function shownUnits({ states }: Frame, end: Float32Array): Units {
  const { place } = states[states.length - 1];
  const units = Array.from({ length: place.inputs }, (_, unit) => unit);
  const outgoing = (unit: number) =>
    end.subarray(place.kernel + unit * place.units, place.kernel + (unit + 1) * place.units);
  const size = (unit: number) => outgoing(unit).reduce((sum, weight) => sum + Math.abs(weight), 0);
  const [first, second] = place.inputs > 2 ? units.sort((a, b) => size(b) - size(a)) : units;
  return second === undefined ? [first, second] : [Math.min(first, second), Math.max(first, second)];
}

/** Two numbers a point; of a single unit the second is 0. */
function valuesOf({ run, pass, states }: Frame, weights: Float32Array, [first, second]: Units): Float64Array {
  const { values } = states[states.length - 2];
  const found = new Float64Array(2 * run.points.classes.length);
  for (let i = 0; i < run.points.classes.length; i++) {
    pass(weights, run.points.inputs, i * run.network.inputs);
    found[2 * i] = values[first];
    found[2 * i + 1] = second === undefined ? 0 : values[second];
  }
  return found;
}

/** A little more than the values span, with 0 and 1 always in it. */
function rangeOf(values: readonly number[]): Range {
  const [low, high] = extent([0, 1, ...values]);
  const room = 0.1 * (high - low);
  return [low - room, high + room];
}

function drawAxes(sheet: Sheet, box: Box, { units: [first, second], x, y }: View, place: PlaceOn): void {
  const { context, theme, write } = sheet;
  const { left, right, top, foot } = box;
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  context.strokeRect(left, top, right - left, foot - top);
  drawTicks(sheet, box, place, roundTicks(...x), second === undefined ? [] : roundTicks(...y));
  write(`unit ${first + 1}`, [(left + right) / 2, foot + 22], { align: "center" });
  if (second === undefined) return;
  context.save();
  context.translate(8, (top + foot) / 2);
  context.rotate(-Math.PI / 2);
  write(`unit ${second + 1}`, [0, 0], { align: "center" });
  context.restore();
}

/** Which class is answered where, a matter of straight lines: the output sees at most two values, and weighs and adds them. */
function drawRegions(frame: Frame, { context, theme, stroke }: Sheet, { x, y }: View, place: PlaceOn): void {
  const scores = scoresOf(frame);
  const regions = scores.map((_, group) => regionOf(scores, group, { x, y, alike: false }));
  context.globalAlpha = 0.4;
  regions.forEach((region, group) => {
    context.beginPath();
    for (const { at } of region) context.lineTo(...place(...at));
    context.fillStyle = theme.grounds[group];
    context.fill();
  });
  context.globalAlpha = 1;
  context.beginPath();
  for (const [from, to] of bordersOf(regions)) {
    context.moveTo(...place(...from));
    context.lineTo(...place(...to));
  }
  stroke(theme.ink, 1.6);
}

/** Each class's score, a function of the two values; with a single output class 0 has score 0. */
function scoresOf({ states, weights }: Frame): PlaneScore[] {
  const { place } = states[states.length - 1];
  const { kernel, bias, units, inputs } = place;
  const scores = Array.from({ length: units }, (_, unit) => ({
    a: weights[kernel + unit],
    b: inputs > 1 ? weights[kernel + units + unit] : 0,
    level: weights[bias + unit],
  }));
  return units > 1 ? scores : [{ a: 0, b: 0, level: 0 }, ...scores];
}
