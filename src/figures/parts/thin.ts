/**
 * The indices of the points to draw of a long line: the first, the last, the smallest and the largest of every
 * stretch, and those that must be kept. No peak is lost.
 *
 * @param keep   indices that are drawn in any case
 * @param limit  about how many may be drawn, ≥ 4
 * @returns ascending
 */
export function thinned(values: readonly number[], keep: readonly number[], limit = 500): number[] {
  if (values.length <= limit) return values.map((_, i) => i);
  const stretches = Math.floor((limit - 2 - keep.length) / 2);
  const kept = new Set([0, values.length - 1, ...keep]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * values.length) / stretches);
    const to = Math.floor(((stretch + 1) * values.length) / stretches);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}

/** Six significant digits: more than any screen shows, and half the size in a notebook. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
