import type { LabRun } from "../labRun.js";

/** Where the network's units stand, and how the lines between them run. */

export interface Node {
  readonly x: number;
  readonly y: number;
}

export interface NetworkLayout {
  /** Pixels of a unit's picture. */
  readonly size: number;
  /** The inputs, then the units of each layer. */
  readonly columns: readonly (readonly Node[])[];
}

const MOST_SIZE = 72;
const FOOT = 34; // below the units: the lowest bias, and the names of the columns

export function networkLayout(
  { network, inputNames, classNames }: LabRun,
  width: number,
  height: number,
): NetworkLayout {
  const counts = [network.inputs, ...network.layers.map(({ units }) => units)];
  const most = Math.max(...counts);
  const size = Math.min(MOST_SIZE, (height - FOOT) / most - 8, width / counts.length / 1.9);
  const isNamed = counts[counts.length - 1] > 1;
  const left = size / 2 + edgeOf(inputNames, width);
  const right = size / 2 + (isNamed ? edgeOf(classNames, width) : 14);
  const columns = counts.map((count, layer) => {
    const x = left + (layer / (counts.length - 1)) * (width - left - right);
    const gap = Math.min(size * 1.6, (height - FOOT) / count);
    const middle = (height - FOOT) / 2;
    return Array.from({ length: count }, (_, unit) => ({ x, y: middle + (unit - (count - 1) / 2) * gap }));
  });
  return { size, columns };
}

/** Room for names beside the units. */
function edgeOf(names: readonly string[], width: number): number {
  const longest = Math.max(...names.map((name) => name.length));
  return Math.min(14 + 7 * longest, 0.2 * width);
}

/** A point of the line between two units, as a share of its way. */
export function linePoint(
  { size }: NetworkLayout,
  from: Node,
  to: Node,
  share: number,
): readonly [number, number] {
  const [start, end] = [from.x + size / 2, to.x - size / 2];
  const rest = 1 - share;
  const middle = 3 * share * rest;
  const x = rest ** 3 * start + middle * ((start + end) / 2) + share ** 3 * end;
  return [x, from.y + (share ** 3 + middle * share) * (to.y - from.y)];
}
