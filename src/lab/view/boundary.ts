import { evenly, roundTicks } from "../../numbers/vectors.js";
import { classAnswered } from "../../verdict/classes.js";
import { answerText, significant } from "../../words/numbers.js";
import type { Points } from "../labRun.js";
import { drawBorders } from "./borders.js";
import { heatMap, placeIn, type Sheet, shaded } from "./canvas.js";
import { between, type Frame } from "./frame.js";
import { unitName, valuePixels } from "./units.js";

/** The network's answers over the plane, the lines between them, and the points; or the values of the unit that is pointed at. */

const FEW = 8; // points whose answers are written beside them
/** Points that are drawn; of more, evenly spread ones. */
export const MOST_DRAWN = 400;

export function drawBoundary(frame: Frame, sheet: Sheet): void {
  const { plane, layers, run, focus } = frame;
  const { context, theme, width, height, write } = sheet;
  const isUnit = focus !== undefined && focus.from === undefined && focus.layer < layers.length - 1;
  const picture = heatMap(plane.side, isUnit ? valuePixels(frame, focus) : answerPixels(frame));
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  if (!isUnit) drawBorders(frame, sheet);
  drawNumbers(frame, sheet);
  if (run.testPoints) drawPoints(frame, sheet, run.testPoints, true);
  drawPoints(frame, sheet, run.points, false);
  if (isUnit)
    write(`values of ${unitName(run, focus)}`, [width / 2, 32], { align: "center", colour: theme.ink });
}

/** The answers' colours: of two classes from one to the other, of more that of the class whose output is largest. */
export function answerPixels({ layers, run: { meaning }, theme }: Frame): (at: number) => number {
  const outputs = layers[layers.length - 1];
  if (meaning.task === "classes")
    return (at) => {
      let largest = 0;
      outputs.forEach((values, place) => {
        if (values[at] > outputs[largest][at]) largest = place;
      });
      return theme.groundPixels[largest];
    };
  const { threshold = 0.5 } = meaning;
  const half = threshold === 0 ? 1 : 0.5;
  return (at) => shaded(theme.answers, (outputs[0][at] - threshold) / half);
}

/** Whether the network answers a point's class. */
export function isRight(
  { run: { meaning, network }, weights, pass }: Frame,
  points: Points,
  i: number,
): boolean {
  return classAnswered(pass(weights, points.inputs, i * network.inputs), meaning, 0) === points.classes[i];
}

function drawPoints(frame: Frame, sheet: Sheet, points: Points, isTest: boolean): void {
  const { run, plane, weights, pass } = frame;
  const { theme, dot, write } = sheet;
  const place = placeIn(plane, sheet.whole);
  const few = points.classes.length <= FEW;
  const radius = few ? 9 : points.classes.length > 300 ? 3 : 4;
  for (const i of evenly(points.classes.length, MOST_DRAWN)) {
    const at = place(points.places[2 * i], points.places[2 * i + 1]);
    const group = points.classes[i];
    const colours = [theme.classes[group], theme.card] as const;
    dot(at, radius, colours[isTest ? 1 : 0], colours[isTest ? 0 : 1]);
    if (!isRight(frame, points, i)) cross(sheet, at, radius, isTest ? theme.ink : theme.card);
    if (!few || isTest) continue;
    const answers = pass(weights, points.inputs, i * run.network.inputs);
    const text = answerText(answers[answers.length > 1 ? group : 0]);
    write(text, [at[0], at[1] + radius + 11], { align: "center", colour: theme.ink });
  }
}

/** The mark of a wrong answer. */
function cross(
  { context, stroke }: Sheet,
  [x, y]: readonly [number, number],
  radius: number,
  colour: string,
): void {
  const arm = radius * 0.5;
  context.beginPath();
  for (const slope of [-1, 1]) {
    context.moveTo(x - arm, y - slope * arm);
    context.lineTo(x + arm, y + slope * arm);
  }
  stroke(colour, Math.max(1.2, radius / 4));
}

/** Round numbers along the left and the lower edge, in the data's own units. */
function drawNumbers({ plane, run }: Frame, { width, height, whole, write }: Sheet): void {
  const place = placeIn(plane, whole);
  const { units, titles } = run.plane;
  [plane.x, plane.y].forEach((range, axis) => {
    const { offset, factor } = units[axis];
    const [low, high] = [0.06, 0.86].map((share) => between(range, share) * factor + offset);
    for (const tick of roundTicks(low, high)) {
      const at = (tick - offset) / factor;
      if (axis === 0) write(significant(tick), [place(at, 0)[0], height - 9], { align: "center", size: 11 });
      else write(significant(tick), [6, place(0, at)[1]], { size: 11 });
    }
  });
  const raised = titles[0].length > 4 ? 24 : 9; // a long title stands above the numbers
  write(titles[0], [width - 8, height - raised], { align: "right" });
  write(titles[1], [6, 12]);
}
