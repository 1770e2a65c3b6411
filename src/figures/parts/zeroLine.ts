import type { Place } from "./marks.js";

/** Where a height over the plane is 0. */

/** A side of the grid's cells on which the height passes 0, from where it is below that to where it is not. */
export interface Crossing {
  low: Place;
  high: Place;
}

/** The middle of what is left of a side. */
export const middleOf = ({ low, high }: Crossing): Place => [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];

/** A side of a grid's cell, by the numbers of its ends' places. */
type Side = readonly [one: number, other: number];

/**
 * The sides between which the line runs, two for each cell of a grid that it crosses (marching squares).
 *
 * @param points   of the grid, along each side
 * @param heights  at the grid's places, line by line
 */
export function crossedSides(points: number, heights: ArrayLike<number>): (readonly [Side, Side])[] {
  const isCrossed = ([one, other]: Side) =>
    Number.isFinite(heights[one]) &&
    Number.isFinite(heights[other]) &&
    heights[one] < 0 !== heights[other] < 0;
  const pieces: (readonly [Side, Side])[] = [];
  for (let row = 0; row + 1 < points; row++)
    for (let column = 0; column + 1 < points; column++) {
      const at = row * points + column;
      const around = [at, at + 1, at + points + 1, at + points];
      if (around.every((corner) => heights[corner] < 0 === heights[at] < 0)) continue;
      const crossed = around.map((corner, i): Side => [corner, around[(i + 1) % 4]]).filter(isCrossed);
      for (let i = 0; i + 1 < crossed.length; i += 2) pieces.push([crossed[i], crossed[i + 1]]);
    }
  return pieces;
}

/**
 * The line as pieces, one for each cell of the grid that it crosses. Where it crosses a side is looked for
 * with the heights themselves: between a plain that is nearly at 0 and a slope, the grid's values alone would make it jagged.
 *
 * @param points  of the grid, along each side
 * @param heights  at the grid's places, line by line
 * @param heightsAt  the same anywhere
 * @param halvings  of each cell's side that the line crosses
 */
export function zeroLine(
  { points, places }: { readonly points: number; readonly places: readonly Place[] },
  heights: ArrayLike<number>,
  heightsAt: (places: readonly Place[]) => ArrayLike<number>,
  halvings: number,
): (readonly [Crossing, Crossing])[] {
  const sides = new Map<number, Crossing>(); // a side of two cells is one crossing
  const crossingOf = ([one, other]: Side): Crossing => {
    const key = Math.min(one, other) * places.length + Math.max(one, other);
    const [low, high] = heights[one] < 0 ? [one, other] : [other, one];
    const side = sides.get(key) ?? { low: places[low], high: places[high] };
    sides.set(key, side);
    return side;
  };
  const pieces = crossedSides(points, heights).map(
    ([one, other]) => [crossingOf(one), crossingOf(other)] as const,
  );
  const crossings = [...sides.values()];
  for (let i = 0; i < halvings && crossings.length > 0; i++) {
    const middles = crossings.map(middleOf);
    const found = heightsAt(middles);
    crossings.forEach((crossing, at) => {
      crossing[found[at] < 0 ? "low" : "high"] = middles[at];
    });
  }
  return pieces;
}
