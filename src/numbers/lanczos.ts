import { dot, eigenOf, lengthOf, scattered } from "./vectors.js";

const VANISHED = 1e-10; // of the first product: no further direction is left

/**
 * The least and the largest eigenvalue of a symmetric matrix of which only products with vectors are known, by Lanczos's
 * method, every new direction made orthogonal to all before it.
 *
 * With as many steps as the matrix has rows they are exact; with fewer the least is never below the true one, nor the
 * largest above it, and both are usually good after some dozen steps.
 *
 * @param multiply  gives the product of the matrix and a vector
 * @param size      rows of the matrix, ≥ 1
 * @param steps     products to be made at most
 * @returns undefined if a product is not finite
 * @see Golub and Van Loan, Matrix Computations (2013), 10.1
 * @example Math.round(extremeEigen((v) => v.map((x, i) => (i + 1) * x), 3, 3)?.largest.value ?? 0) // 3
 */
export function extremeEigen(multiply: (vector: Float64Array) => Float64Array, size: number, steps: number) {
  // Numbers without a pattern: a start at right angles to a direction would never find it.
  let next: Float64Array = Float64Array.from({ length: size }, (_, i) => scattered(i) - 0.5);
  const basis: Float64Array[] = [];
  const images: Float64Array[] = [];
  let scale = 0;
  while (basis.length < Math.min(size, steps)) {
    const length = lengthOf(next);
    if (basis.length > 0 && length <= VANISHED * scale) break;
    basis.push(next.map((value) => value / length));
    const image = multiply(basis[basis.length - 1]);
    if (!image.every(Number.isFinite)) return undefined;
    images.push(image);
    scale = Math.max(scale, lengthOf(image));
    next = orthogonal(orthogonal(image, basis), basis); // once more: rounding would spoil it
  }
  const small = basis.map((row) => Float64Array.from(images, (image) => dot(row, image)));
  const { values, vectors } = eigenOf(
    small.map((row, i) => row.map((value, j) => (value + small[j][i]) / 2)),
  );
  /** An eigenvalue and its vector, of length 1. */
  const pair = (value: number) => {
    const shares = vectors[values.indexOf(value)];
    const vector = new Float64Array(size);
    basis.forEach((direction, b) => {
      for (let i = 0; i < size; i++) vector[i] += shares[b] * direction[i];
    });
    return { value, vector };
  };
  return { least: pair(Math.min(...values)), largest: pair(Math.max(...values)) };
}

/** What is left of a vector without its parts along these directions. */
function orthogonal(vector: Float64Array, directions: readonly Float64Array[]): Float64Array {
  const rest = Float64Array.from(vector);
  for (const direction of directions) {
    const along = dot(rest, direction);
    for (let i = 0; i < rest.length; i++) rest[i] -= along * direction[i];
  }
  return rest;
}
