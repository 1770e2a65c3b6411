import { type Box, overlap } from "../parts/clutter.js";
import { textWidth } from "../parts/text.js";
import { grouped, groupsOf } from "./groups.js";
import type { HiddenPoint } from "./state.js";
import type { Place } from "./view.js";
import type { Window } from "./window.js";

/** A mark's name, and where it stands beside the mark. */
export interface MarkLabel {
  readonly text: string;
  readonly position: string;
}

const SIDE = 290; // pixels of the square drawing
const NEAR = 13; // pixels: marks nearer than this cover each other
const AWAY = 10; // pixels from a mark's middle to its name
const HEIGHT = 16;

/** "00 = 11": rows on one point; "00 ≈ 11": rows so near that their marks cover each other. */
export function markLabels(
  names: readonly string[],
  points: readonly HiddenPoint[],
  places: readonly Place[],
  window: Window,
  size: number,
): MarkLabel[] {
  const pixels = places.map(([x, y]) => ({
    x: ((x - window.x[0]) / (window.x[1] - window.x[0])) * SIDE,
    y: ((y - window.y[0]) / (window.y[1] - window.y[0])) * SIDE,
  }));
  const marks = pixels.map((at) => boxAround(at, 8));
  const exact = groupsOf(points);
  const near = grouped(pixels, (one, other) => Math.hypot(one.x - other.x, one.y - other.y) < NEAR);
  const labels = names.map(() => ({ text: "", position: "top center" }));
  const placed: Box[] = [];
  for (const group of near) {
    const parts = exact
      .filter(([first]) => group.includes(first))
      .map((tied) => tied.map((row) => names[row]));
    const text = parts.map((tied) => [...new Set(tied)].join(" = ")).join(" ≈ ");
    const at = pixels[group[0]];
    const long = textWidth(text, size) + 2;
    const choices = POSITIONS.map((position) => ({ position, box: labelBox(at, long, position) }));
    const costs = choices.map(({ box }, i) => i + cost(box, marks, placed));
    const chosen = choices[costs.indexOf(Math.min(...costs))];
    placed.push(chosen.box);
    labels[group[0]] = { text, position: chosen.position };
  }
  return labels;
}

const POSITIONS = [
  "top right",
  "top left",
  "bottom right",
  "bottom left",
  "top center",
  "bottom center",
  "middle right",
  "middle left",
];

function boxAround({ x, y }: { x: number; y: number }, half: number): Box {
  return { left: x - half, right: x + half, low: y - half, high: y + half };
}

function labelBox({ x, y }: { x: number; y: number }, long: number, position: string): Box {
  const [vertical, horizontal] = position.split(" ");
  const left = horizontal === "right" ? x + AWAY : horizontal === "left" ? x - AWAY - long : x - long / 2;
  const low = vertical === "top" ? y + AWAY : vertical === "bottom" ? y - AWAY - HEIGHT : y - HEIGHT / 2;
  return { left, right: left + long, low, high: low + HEIGHT };
}

function cost(box: Box, marks: readonly Box[], placed: readonly Box[]): number {
  const outside = box.left < 0 || box.right > SIDE || box.low < 0 || box.high > SIDE;
  const onMarks = marks.filter((mark) => overlap(box, mark)).length;
  const onNames = placed.filter((other) => overlap(box, other)).length;
  return (outside ? 1000 : 0) + 100 * onMarks + 200 * onNames;
}
