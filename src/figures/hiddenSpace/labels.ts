import type { Place } from "../parts/marks.js";
import type { Frame } from "../parts/plane.js";
import { textWidth } from "../parts/text.js";
import { SIZES } from "../parts/theme.js";
import { grouped, groupsOf, type HiddenPoint } from "./state.js";

const SIDE = 290; // pixels of the square drawing
const NEAR = 13; // pixels: marks nearer than this cover each other
const AWAY = 10; // pixels from a mark's middle to its name
const HEIGHT = 16;
const POSITIONS = [
  ...["top right", "top left", "bottom right", "bottom left"],
  ...["top center", "bottom center", "middle right", "middle left"],
];

/**
 * The names of marks, each where it hides least: "00 = 11" for rows on one point, "00 ≈ 11" for rows so near that their
 * marks cover each other. The position is Plotly's.
 */
export function markLabels(
  names: readonly string[],
  points: readonly HiddenPoint[],
  places: readonly Place[],
  { x, y }: Frame,
) {
  const pixelOf = (at: number, [from, to]: Frame["x"]) => ((at - from) / (to - from)) * SIDE;
  const pixels = places.map((place): Place => [pixelOf(place[0], x), pixelOf(place[1], y)]);
  const marks = pixels.map(([x, y]) => ({ left: x - 8, right: x + 8, low: y - 8, high: y + 8 }));
  const exact = groupsOf(points);
  const labels = names.map(() => ({ text: "", position: "top center" }));
  const placed: Box[] = [];
  const near = (one: Place, other: Place) => Math.hypot(one[0] - other[0], one[1] - other[1]) < NEAR;
  for (const group of grouped(pixels, near)) {
    const tied = exact.filter(([first]) => group.includes(first));
    const text = tied.map((rows) => [...new Set(rows.map((row) => names[row]))].join(" = ")).join(" ≈ ");
    const choices = POSITIONS.map((position) => ({ position, box: boxOf(text, pixels[group[0]], position) }));
    const costs = choices.map(({ box }, i) => i + cost(box, marks, placed));
    const chosen = choices[costs.indexOf(Math.min(...costs))];
    placed.push(chosen.box);
    labels[group[0]] = { text, position: chosen.position };
  }
  return labels;
}

type Box = ReturnType<typeof boxOf>;

/** In pixels from the drawing's lower left corner. */
function boxOf(text: string, [x, y]: Place, position: string) {
  const long = textWidth(text, SIZES.text) + 2;
  const [vertical, horizontal] = position.split(" ");
  const left = horizontal === "right" ? x + AWAY : horizontal === "left" ? x - AWAY - long : x - long / 2;
  const low = vertical === "top" ? y + AWAY : vertical === "bottom" ? y - AWAY - HEIGHT : y - HEIGHT / 2;
  return { left, right: left + long, low, high: low + HEIGHT };
}

function cost(box: Box, marks: readonly Box[], placed: readonly Box[]): number {
  const outside = box.left < 0 || box.right > SIDE || box.low < 0 || box.high > SIDE;
  const on = (boxes: readonly Box[]) => boxes.filter((other) => overlap(box, other)).length;
  return (outside ? 1000 : 0) + 100 * on(marks) + 200 * on(placed);
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && one.right > other.left && one.low < other.high && one.high > other.low;
}
