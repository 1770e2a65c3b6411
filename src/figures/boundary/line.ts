import { COLOURS } from "../parts/colours.js";
import { apart, cut, line, type Place, type Trace } from "../parts/marks.js";
import type { Grid } from "../parts/plane.js";
import { simpler } from "../parts/simpler.js";
import { type Crossing, middleOf, zeroLine } from "../parts/zeroLine.js";

/** The line on which the output is the threshold. */

const UNSEEN = 1 / 20; // of a cell: half a pixel, and a whole one in pictures that move
const HALVINGS = 10; // of a cell's side: to a thousandth of it

/**
 * @param heights  the output's distance from the threshold at the grid's places
 * @param heightsAt  the same anywhere
 */
export function lineTrace(
  grid: Grid,
  heights: readonly number[],
  heightsAt: (places: readonly Place[]) => readonly number[],
): Trace {
  const pieces = zeroLine(grid, heights, heightsAt, HALVINGS);
  const least = (grid.x[1] - grid.x[0]) * UNSEEN;
  const placeOf = (crossing: Crossing) => cut(middleOf(crossing), least);
  const chains = joined(pieces).map((chain) => simpler(chain.map(placeOf), least));
  return line(apart(chains), { color: COLOURS.edge, width: 2 });
}

/** Pieces that share an end, one after the other. */
function joined<End>(pieces: readonly (readonly [End, End])[]): End[][] {
  const at = new Map<End, (readonly [End, End])[]>();
  for (const piece of pieces) for (const end of piece) at.set(end, [...(at.get(end) ?? []), piece]);
  const left = new Set(pieces);
  const chains: End[][] = [];
  const follow = (chain: End[]): void => {
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
    const chain = [...piece];
    follow(chain);
    chain.reverse();
    follow(chain);
    chains.push(chain);
  }
  return chains;
}
