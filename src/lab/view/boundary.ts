import { evenly, roundTicks } from "../../numbers/vectors.js";
import { classAnswered } from "../../verdict/classes.js";
import { answerText, significant } from "../../words/numbers.js";
import type { Points } from "../labRun.js";
import { drawBorders } from "./borders.js";
import { heatMap, type Sheet, shaded, write } from "./canvas.js";
import { between, type Frame, type Plane } from "./frame.js";
import { unitName, valuePixels } from "./units.js";

/** The network's answers over the plane, the lines between them, and the points; or the values of the unit that is pointed at. */

const FEW = 8; // points whose answers are written beside them
/** Points that are drawn; of more, evenly spread ones. */
export const MOST_DRAWN = 400;

export function drawBoundary(frame: Frame, { context, width, height }: Sheet): void {
  const { plane, layers, run, theme, focus } = frame;
  const isUnit = focus !== undefined && focus.from === undefined && focus.layer < layers.length - 1;
  const picture = heatMap(plane.side, isUnit ? valuePixels(frame, focus) : answerPixels(frame));
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  if (!isUnit) drawBorders(frame, context, width, height);
  drawTicks(frame, context, width, height);
  const place = placeOn(plane, width, height);
  if (run.testPoints) drawPoints(frame, context, run.testPoints, place, true);
  drawPoints(frame, context, run.points, place, false);
  if (isUnit)
    write(context, `values of ${unitName(run, focus)}`, [width / 2, 32], {
      ...{ theme, align: "center", colour: theme.ink },
    });
}

/** Makes the function from places of the plane to those of a sheet. */
export function placeOn({ x, y }: Plane, width: number, height: number) {
  return (across: number, up: number): readonly [number, number] => [
    ((across - x[0]) / (x[1] - x[0])) * width,
    (1 - (up - y[0]) / (y[1] - y[0])) * height,
  ];
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

function drawPoints(
  frame: Frame,
  context: CanvasRenderingContext2D,
  points: Points,
  place: (x: number, y: number) => readonly [number, number],
  isTest: boolean,
): void {
  const { run, theme, weights, pass } = frame;
  const few = points.classes.length <= FEW;
  const radius = few ? 9 : points.classes.length > 300 ? 3 : 4;
  for (const i of evenly(points.classes.length, MOST_DRAWN)) {
    const [x, y] = place(points.places[2 * i], points.places[2 * i + 1]);
    const group = points.classes[i];
    const colour = theme.classes[group];
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = isTest ? 1.6 : 1.2;
    context.fillStyle = isTest ? theme.card : colour;
    context.strokeStyle = isTest ? colour : theme.card;
    context.fill();
    context.stroke();
    if (!isRight(frame, points, i)) cross(context, x, y, radius, isTest ? theme.ink : theme.card);
    if (!few || isTest) continue;
    const answers = pass(weights, points.inputs, i * run.network.inputs);
    const text = answerText(answers[answers.length > 1 ? group : 0]);
    write(context, text, [x, y + radius + 11], { theme, align: "center", colour: theme.ink });
  }
}

/** The mark of a wrong answer. */
function cross(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  colour: string,
): void {
  const arm = radius * 0.5;
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x + arm, y - arm);
  context.lineTo(x - arm, y + arm);
  context.strokeStyle = colour;
  context.lineWidth = Math.max(1.2, radius / 4);
  context.stroke();
}

/** Round numbers along the left and the lower edge, in the data's own units. */
function drawTicks(
  { plane, run, theme }: Frame,
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
): void {
  const place = placeOn(plane, width, height);
  const { units, titles } = run.plane;
  [plane.x, plane.y].forEach((range, axis) => {
    const { offset, factor } = units[axis];
    const [low, high] = [0.06, 0.86].map((share) => between(range, share) * factor + offset);
    for (const tick of roundTicks(low, high)) {
      const at = (tick - offset) / factor;
      if (axis === 0)
        write(context, significant(tick), [place(at, 0)[0], height - 9], {
          theme,
          align: "center",
          size: 11,
        });
      else write(context, significant(tick), [6, place(0, at)[1]], { theme, size: 11 });
    }
  });
  const raised = titles[0].length > 4 ? 24 : 9; // a long title stands above the numbers
  write(context, titles[0], [width - 8, height - raised], { theme, align: "right" });
  write(context, titles[1], [6, 12], { theme });
}
