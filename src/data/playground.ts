import { cosine, sine } from "../numbers/elementary.js";
import type { Random } from "../numbers/random.js";
import type { Dataset } from "./dataset.js";
import { drawnPoints } from "./points.js";

/**
 * TensorFlow Playground's four problems, after its source (Smilkov and Carter, github.com/tensorflow/playground):
 * points in a square of half width 5 or a little more, classes 0 and 1. Playground labels them −1 and +1.
 */
export interface CloudOptions {
  /** How many points, ≥ 1; 500 unless given. */
  readonly rows?: number;
  /** 0 (none) to 1; Playground's slider divided by 100. 0 unless given. */
  readonly noise?: number;
  readonly seed?: number;
}

const RADIUS = 5;

/**
 * Playground's XOR: points uniform in the square, moved 0.3 away from both axes; 1 where x·y ≥ 0, as Playground
 * colours it. Noise moves the point by up to ±5 · noise before it is labelled, so that classes overlap.
 *
 * @throws TypeError or RangeError for options out of range
 * @example clouds({ rows: 500, seed: 1 }).features // 2
 */
export function clouds(options: CloudOptions = {}): Dataset {
  return drawnPoints("clouds", options, (source, noise) => {
    const apart = 0.3;
    const away = (value: number) => value + (value > 0 ? apart : -apart);
    const x = away(between(source, -RADIUS, RADIUS));
    const y = away(between(source, -RADIUS, RADIUS));
    const product = (x + shift(source, noise)) * (y + shift(source, noise));
    return [x, y, product >= 0 ? 1 : 0];
  });
}

/**
 * Playground's circle: class 1 inside radius 2.5, class 0 in the ring from 3.5 to 5; half of the points each.
 *
 * @throws TypeError or RangeError for options out of range
 * @example circles({ rows: 10 }).rows // 10
 */
export function circles(options: CloudOptions = {}): Dataset {
  return drawnPoints("circles", options, (source, noise, row, rows) => {
    const radius = row < rows / 2 ? between(source, 0, 2.5) : between(source, 3.5, RADIUS);
    const angle = between(source, 0, 2 * Math.PI);
    const x = radius * sine(angle);
    const y = radius * cosine(angle);
    const square = (x + shift(source, noise)) ** 2 + (y + shift(source, noise)) ** 2;
    return [x, y, square < 2.5 ** 2 ? 1 : 0];
  });
}

/**
 * Playground's two gaussians: normal clouds round (2, 2), class 1, and (−2, −2), class 0; their variance grows
 * from 0.5 without noise to 4 at half noise, Playground's largest.
 *
 * @throws TypeError or RangeError for options out of range
 * @example gaussians({ rows: 10 }).rows // 10
 */
export function gaussians(options: CloudOptions = {}): Dataset {
  return drawnPoints("gaussians", options, (source, noise, row, rows) => {
    const centre = row < rows / 2 ? 2 : -2;
    const deviation = Math.sqrt(0.5 + 7 * noise);
    return [centre + deviation * source.normal(), centre + deviation * source.normal(), centre > 0 ? 1 : 0];
  });
}

/**
 * Playground's two spirals of 1.75 turns, half of the points each. As there, both begin in the middle: without noise one
 * point has both classes, so that at most all rows but one can be right.
 *
 * @throws TypeError or RangeError for options out of range
 * @example spirals({ rows: 10 }).rows // 10
 */
export function spirals(options: CloudOptions = {}): Dataset {
  return drawnPoints("spirals", options, (source, noise, row, rows) => {
    const arm = Math.ceil(rows / 2);
    const first = row < arm;
    const along = (first ? row : row - arm) / arm;
    const angle = 1.75 * along * 2 * Math.PI + (first ? 0 : Math.PI);
    const x = along * RADIUS * sine(angle) + between(source, -1, 1) * noise;
    const y = along * RADIUS * cosine(angle) + between(source, -1, 1) * noise;
    return [x, y, first ? 1 : 0];
  });
}

/** How far noise moves a point along one axis before it is labelled. */
function shift(source: Random, noise: number): number {
  return between(source, -RADIUS, RADIUS) * noise;
}

function between(source: Random, low: number, high: number): number {
  return low + (high - low) * source.uniform();
}
