/** Colours by the logarithm of the loss: light is low. Steps of lightness that every eye, and a grey print, shows. */
export const LOSS_COLOURS: readonly (readonly [number, string])[] = [
  [0, "#f7fcfd"],
  [0.25, "#bfd3e6"],
  [0.5, "#8c96c6"],
  [0.75, "#88419d"],
  [1, "#4d004b"],
];

/** From which loss to which the colours reach, and the losses that are written beside them. */
export interface LossColours {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

const LEAST_RATIO = 1.3; // of high to low: smaller differences are not blown up to mountains
const ABOVE = 3; // times the highest loss of the path: what lies higher is equally dark
const LEAST_LOSS = 1e-7; // log loss is never less, since probabilities are kept so far from 0 and 1

/** The colours for the losses in view, and on the path. */
export function lossColours(losses: readonly number[], path: readonly number[]): LossColours {
  const finite = losses.filter(Number.isFinite);
  const lowest = Math.max(LEAST_LOSS, Math.min(...finite, ...path));
  const highest = Math.min(Math.max(...finite, ...path), ABOVE * Math.max(...path));
  const low = lowest;
  const high = Math.max(highest, LEAST_RATIO * low);
  return { low, high, ticks: ticksBetween(low, high) };
}

/** Round numbers at about equal ratios: 0.01, 0.1, 1, or 0.1, 0.2, 0.5, or 0.68, 0.69, 0.7. */
function ticksBetween(low: number, high: number): number[] {
  for (const leads of [[1], [1, 3], [1, 2, 5]]) {
    const ticks = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
      for (const lead of leads) ticks.push(Number(`${lead}e${power}`));
    const inside = ticks.filter((tick) => tick >= low && tick <= high);
    if (inside.length >= 4) return everyNth(inside, Math.ceil(inside.length / 6));
  }
  const power = 10 ** Math.floor(Math.log10((high - low) / 3));
  const step = [1, 2, 5, 10].map((lead) => lead * power).find((wide) => (high - low) / wide <= 5) ?? power;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

function everyNth(values: readonly number[], n: number): number[] {
  return values.filter((_, i) => i % n === 0);
}
