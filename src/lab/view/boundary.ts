import { answerText, significant } from "../../words/numbers.js";
import { featuresOf } from "../problem.js";
import type { Points } from "../tasks.js";
import { heatMap, roundTicks, type Sheet, write } from "./canvas.js";
import type { Frame, Plane } from "./frame.js";

/** The network's answers over the plane, the line between them, and the points. */

const FEW = 8; // points whose answers are written beside them

export function drawBoundary() {
  const maps = new Map<number, ReturnType<typeof heatMap>>();
  return (frame: Frame, { context, width, height }: Sheet): void => {
    const { plane, layers, run, theme } = frame;
    const [answers] = layers[layers.length - 1];
    const map = maps.get(plane.side) ?? heatMap(plane.side);
    maps.set(plane.side, map);
    const half = run.threshold === 0 ? 1 : 0.5;
    context.imageSmoothingQuality = "high";
    context.drawImage(
      map(answers, theme.scale, (answer) => (answer - run.threshold) / half),
      ...([0, 0, width, height] as const),
    );
    context.strokeStyle = theme.ink;
    context.lineWidth = 1.6;
    contour(frame, context, answers, width / plane.side);
    context.stroke();
    drawTicks(frame, context, width);
    const place = placeOn(plane, width);
    if (run.testPoints) drawPoints(frame, context, run.testPoints, place, true);
    drawPoints(frame, context, run.points, place, false);
  };
}

/** Makes the function from places of the plane to those of a square sheet. */
export function placeOn({ left, bottom, size }: Plane, width: number) {
  return (x: number, y: number): readonly [number, number] => [
    ((x - left) / size) * width,
    (1 - (y - bottom) / size) * width,
  ];
}

function drawPoints(
  { run, theme, weights, pass }: Frame,
  context: CanvasRenderingContext2D,
  points: Points,
  place: (x: number, y: number) => readonly [number, number],
  isTest: boolean,
): void {
  const few = points.classes.length <= FEW;
  const radius = few ? 9 : points.classes.length > 300 ? 3 : 4;
  points.classes.forEach((target, i) => {
    const [x, y] = place(points.places[2 * i], points.places[2 * i + 1]);
    const [answer] = pass(weights, points.inputs, i * run.network.inputs);
    const right = answer !== run.threshold && answer > run.threshold === (target === 1);
    const colour = theme.classes[target];
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = isTest ? 1.6 : 1.2;
    context.fillStyle = isTest ? theme.card : colour;
    context.strokeStyle = isTest ? colour : theme.card;
    context.fill();
    context.stroke();
    if (!right) cross(context, x, y, radius, isTest ? theme.ink : theme.card);
    if (few && !isTest)
      write(context, answerText(answer), [x, y + radius + 11], { theme, align: "center", colour: theme.ink });
  });
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

/** Round numbers along the left and the lower edge. */
function drawTicks(
  { plane: { left, bottom, size }, plane, theme }: Frame,
  context: CanvasRenderingContext2D,
  width: number,
): void {
  const place = placeOn(plane, width);
  for (const tick of roundTicks(left + 0.06 * size, left + 0.86 * size))
    write(context, significant(tick), [place(tick, 0)[0], width - 9], { theme, align: "center", size: 11 });
  for (const tick of roundTicks(bottom + 0.06 * size, bottom + 0.86 * size))
    write(context, significant(tick), [6, place(0, tick)[1]], { theme, size: 11 });
  write(context, "x₁", [width - 8, width - 9], { theme, align: "right" });
  write(context, "x₂", [6, 12], { theme });
}

const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/**
 * The line on which the answer is undecided, cell by cell of the grid (marching squares): where it enters a cell through one of
 * its sides it leaves through another.
 */
function contour(frame: Frame, context: CanvasRenderingContext2D, answers: Float32Array, cell: number): void {
  const { side } = frame.plane;
  const { threshold } = frame.run;
  context.beginPath();
  for (let row = 0; row + 1 < side; row++)
    for (let column = 0; column + 1 < side; column++) {
      const start = row * side + column;
      const above = CORNERS.map(([x, y]) => answers[start + y * side + x] > threshold);
      if (above.every((one) => one === above[0])) continue;
      const crossings = CORNERS.flatMap(([x, y], k) => {
        const [nextX, nextY] = CORNERS[(k + 1) % 4];
        if (above[k] === above[(k + 1) % 4]) return [];
        const share = crossing(frame, [column + x, row + y], [column + nextX, row + nextY], above[k]);
        return [[column + x + share * (nextX - x) + 0.5, row + y + share * (nextY - y) + 0.5]];
      });
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        context.moveTo(crossings[k][0] * cell, crossings[k][1] * cell);
        context.lineTo(crossings[k + 1][0] * cell, crossings[k + 1][1] * cell);
      }
    }
}

const HALVINGS = 5;

/**
 * Where between two points of the grid the answer passes the threshold, found by halving: beside a plateau, or across the edge of
 * a ReLU, a straight line between the two values would miss it by far.
 */
function crossing(
  { plane, pass, weights, run }: Frame,
  [x, y]: readonly [number, number],
  [nextX, nextY]: readonly [number, number],
  isAbove: boolean,
): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    const place = Float32Array.of(
      plane.left + ((x + middle * (nextX - x) + 0.5) / plane.side) * plane.size,
      plane.bottom + plane.size - ((y + middle * (nextY - y) + 0.5) / plane.side) * plane.size,
    );
    const [answer] = pass(weights, featuresOf(run.setting, place), 0);
    if (answer > run.threshold === isAbove) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
