import type { Landscape } from "./surface.js";

type Point = readonly [number, number];

/**
 * The line on which a landscape's loss has a value, as pieces of straight line, one for each cell of the grid that
 * it crosses (marching squares). Along a cell's edges the logarithm of the loss is taken to be straight.
 */
export function lineAt({ x, y, loss }: Landscape, value: number): [Point, Point][] {
  const height = loss.map((row) => row.map((at) => Math.log(at / value)));
  const pieces: [Point, Point][] = [];
  for (let row = 0; row + 1 < y.length; row++)
    for (let column = 0; column + 1 < x.length; column++) {
      const corner = (right: number, up: number) => ({
        at: [x[column + right], y[row + up]] as const,
        height: height[row + up][column + right],
      });
      const around = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
      if (!around.every((one) => Number.isFinite(one.height))) continue;
      const crossings = around.flatMap((one, i) => {
        const next = around[(i + 1) % 4];
        return one.height < 0 === next.height < 0 ? [] : [between(one, next)];
      });
      for (let i = 0; i + 1 < crossings.length; i += 2) pieces.push([crossings[i], crossings[i + 1]]);
    }
  return pieces;
}

interface Corner {
  readonly at: Point;
  readonly height: number;
}

/** Where the height is 0 between two corners on different sides of it. */
function between(one: Corner, other: Corner): Point {
  const part = one.height / (one.height - other.height);
  return [one.at[0] + part * (other.at[0] - one.at[0]), one.at[1] + part * (other.at[1] - one.at[1])];
}
