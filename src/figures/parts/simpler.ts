import type { Place } from "./marks.js";

/**
 * A line without the places that lie nearer than this to the straight pieces between those that stay.
 *
 * @see Douglas and Peucker, Algorithms for the reduction of the number of points required to represent a digitized line (1973)
 */
export function simpler(places: readonly Place[], least: number): Place[] {
  const [first, last] = [places[0], places[places.length - 1]];
  const [across, up] = [last[0] - first[0], last[1] - first[1]];
  const square = across ** 2 + up ** 2;
  const away = ([x, y]: Place) => {
    const share = square === 0 ? 0 : ((x - first[0]) * across + (y - first[1]) * up) / square;
    const near = Math.min(1, Math.max(0, share));
    return Math.hypot(x - first[0] - near * across, y - first[1] - near * up);
  };
  const distances = places.map(away);
  const far = distances.reduce((most, one, i) => (one > distances[most] ? i : most), 0);
  if (places.length < 3 || distances[far] <= least) return [first, last];
  return [...simpler(places.slice(0, far + 1), least).slice(0, -1), ...simpler(places.slice(far), least)];
}
