import { FEATURES } from "../setting.js";
import { placeOn } from "./boundary.js";
import { heatMap, type Sheet, type Theme, write } from "./canvas.js";
import type { Frame } from "./frame.js";

/** The network: each unit as a picture of its values over the plane, each weight as a line as wide as it is large. */

interface Node {
  readonly x: number;
  readonly y: number;
}

const MOST_SIZE = 72; // pixels of a unit's picture
const WIDEST = 7; // pixels of a line

export function drawNetwork() {
  const maps = new Map<number, ReturnType<typeof heatMap>>();
  return (frame: Frame, { context, width, height }: Sheet): void => {
    const { run, states, plane, layers, theme } = frame;
    const counts = [run.network.inputs, ...run.network.layers.map(({ units }) => units)];
    const size = Math.min(MOST_SIZE, (height - 30) / Math.max(...counts) - 6, width / counts.length / 1.9);
    const columns = counts.map((count, layer) => nodesOf(count, layer, counts.length, size, width, height));
    drawWeights(frame, context, columns, size);
    const map = maps.get(plane.side) ?? heatMap(plane.side);
    maps.set(plane.side, map);
    columns.forEach((nodes, layer) => {
      nodes.forEach((node, unit) => {
        const values = layer === 0 ? inputValues(frame, unit) : layers[layer - 1][unit];
        const activation = layer === 0 ? "input" : states[layer - 1].place.activation;
        const picture = map(values, theme.scale, shadeOf(activation, values));
        drawNode(frame, context, picture, node, size);
        if (layer === 0)
          write(context, FEATURES[run.setting.inputs[unit]].label, [node.x - size / 2 - 5, node.y], {
            theme,
            align: "right",
          });
      });
    });
    const captions = counts.map((_, layer) =>
      layer === 0 ? "inputs" : layer === counts.length - 1 ? "answer" : `layer ${layer}`,
    );
    captions.forEach((text, layer) => {
      write(context, text, [columns[layer][0].x, height - 8], { theme, align: "center" });
    });
  };
}

function nodesOf(
  count: number,
  layer: number,
  layers: number,
  size: number,
  width: number,
  height: number,
): Node[] {
  const edge = size / 2 + 24;
  const x = edge + (layer / (layers - 1)) * (width - edge - size / 2 - 14);
  const gap = Math.min(size * 1.6, (height - 26) / count);
  const middle = (height - 22) / 2;
  return Array.from({ length: count }, (_, unit) => ({ x, y: middle + (unit - (count - 1) / 2) * gap }));
}

/** One input over the plane. */
function inputValues({ plane, run }: Frame, unit: number): Float32Array {
  return Float32Array.from(
    { length: plane.side ** 2 },
    (_, i) => plane.inputs[i * run.network.inputs + unit],
  );
}

/** Values as shades: a sigmoid about ½, all others about 0; what has no bound is measured by its largest value. */
function shadeOf(activation: string, values: Float32Array): (value: number) => number {
  if (activation === "sigmoid") return (value) => 2 * value - 1;
  if (activation === "tanh") return (value) => value;
  let largest = 1e-6;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return (value) => value / largest;
}

function drawWeights(
  { states, weights, theme }: Frame,
  context: CanvasRenderingContext2D,
  columns: readonly (readonly Node[])[],
  size: number,
): void {
  const most = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 1);
  states.forEach(({ place }, layer) => {
    columns[layer].forEach((from, i) => {
      columns[layer + 1].forEach((to, unit) => {
        const weight = weights[place.kernel + i * place.units + unit];
        const [start, end] = [from.x + size / 2, to.x - size / 2];
        context.beginPath();
        context.moveTo(start, from.y);
        context.bezierCurveTo((start + end) / 2, from.y, (start + end) / 2, to.y, end, to.y);
        weightStyle(context, weight / most, theme);
        context.stroke();
      });
    });
  });
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Blue is positive; orange and dashed, for those who do not see colours, negative. */
function weightStyle(context: CanvasRenderingContext2D, share: number, theme: Theme): void {
  context.strokeStyle = theme.classes[share > 0 ? 1 : 0];
  context.lineWidth = 0.4 + WIDEST * Math.abs(share);
  context.globalAlpha = 0.35 + 0.55 * Math.min(1, Math.abs(share));
  context.setLineDash(share > 0 ? [] : [5 + context.lineWidth, 3]);
}

/** A unit's picture in a rounded frame, with the points on it where they are few. */
function drawNode(
  { theme, run, plane }: Frame,
  context: CanvasRenderingContext2D,
  picture: HTMLCanvasElement,
  { x, y }: Node,
  size: number,
): void {
  const [left, top] = [x - size / 2, y - size / 2];
  context.save();
  context.beginPath();
  context.roundRect(left, top, size, size, Math.min(8, size / 5));
  context.fillStyle = theme.card;
  context.fill();
  context.clip();
  context.drawImage(picture, left, top, size, size);
  const { classes, places } = run.points;
  const place = placeOn(plane, size);
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
  context.strokeStyle = theme.quiet;
  context.lineWidth = 1.2;
  context.stroke();
}
