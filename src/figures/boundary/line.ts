import { withDecimals } from "../../words/numbers.js";
import { COLOURS } from "../parts/colours.js";
import { apart, line, type Place, type Trace } from "../parts/marks.js";
import type { Grid } from "../parts/plane.js";
import { simpler } from "../parts/simpler.js";

/** The line on which the output is the threshold. */

const UNSEEN = 1 / 20; // of a cell: half a pixel, and a whole one in pictures that move
const HALVINGS = 10; // of a cell's side: to a thousandth of it

/** A side of the grid's cells which the line crosses. */
interface Crossing {
  low: Place;
  high: Place;
}

/**
 * The line as pieces, one for each cell of the grid that it crosses (marching squares). Where it crosses a side is looked for
 * with the network itself: between a plain that is nearly at the threshold and a slope, the grid's values alone would make it jagged.
 *
 * @param heights  the output's distance from the threshold at the grid's places
 * @param heightsAt  the same anywhere
 */
export function lineTrace(
  grid: Grid,
  heights: readonly number[],
  heightsAt: (places: readonly Place[]) => readonly number[],
): Trace {
  const sides = new Map<string, Crossing>();
  const cells: [string, string][] = [];
  const { points, places } = grid;
  const cross = (one: number, other: number): string[] => {
    const [a, b] = [heights[one], heights[other]];
    if (!Number.isFinite(a) || !Number.isFinite(b) || a < 0 === b < 0) return [];
    const [low, high] = a < 0 ? [one, other] : [other, one];
    const key = `${Math.min(one, other)} ${Math.max(one, other)}`;
    if (!sides.has(key)) sides.set(key, { low: places[low], high: places[high] });
    return [key];
  };
  for (let row = 0; row + 1 < points; row++)
    for (let column = 0; column + 1 < points; column++) {
      const at = row * points + column;
      const around = [at, at + 1, at + points + 1, at + points];
      const crossed = around.flatMap((corner, i) => cross(corner, around[(i + 1) % 4]));
      for (let i = 0; i + 1 < crossed.length; i += 2) cells.push([crossed[i], crossed[i + 1]]);
    }
  const crossings = [...sides.values()];
  for (let i = 0; i < HALVINGS && crossings.length > 0; i++) {
    const middles = crossings.map(({ low, high }): Place => [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2]);
    heightsAt(middles).forEach((height, at) => {
      crossings[at][height < 0 ? "low" : "high"] = middles[at];
    });
  }
  const least = (grid.x[1] - grid.x[0]) * UNSEEN;
  const decimals = Math.min(100, Math.max(0, Math.ceil(-Math.log10(least))));
  const placeOf = (key: string): Place => {
    const { low, high } = sides.get(key) as Crossing;
    const [x, y] = [0, 1].map((axis) => Number(withDecimals((low[axis] + high[axis]) / 2, decimals)));
    return [x, y];
  };
  const chains = joined(cells).map((chain) => simpler(chain.map(placeOf), least));
  return line(apart(chains), { color: COLOURS.edge, width: 2 });
}

/** Pieces that share an end, one after the other. */
function joined(pieces: readonly (readonly [string, string])[]): string[][] {
  const at = new Map<string, [string, string][]>();
  for (const piece of pieces)
    for (const end of piece) at.set(end, [...(at.get(end) ?? []), piece as [string, string]]);
  const left = new Set<readonly [string, string]>(pieces);
  const chains: string[][] = [];
  const follow = (chain: string[]): void => {
    for (;;) {
      const end = chain[chain.length - 1];
      const next = at.get(end)?.find((piece) => left.has(piece));
      if (!next) return;
      left.delete(next);
      chain.push(next[0] === end ? next[1] : next[0]);
    }
  };
  for (const piece of pieces) {
    if (!left.has(piece)) continue;
    left.delete(piece);
    const chain = [...piece] as string[];
    follow(chain);
    chain.reverse();
    follow(chain);
    chains.push(chain);
  }
  return chains;
}
