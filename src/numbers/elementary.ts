/**
 * Exponential, logarithm, sine and cosine from additions, multiplications and divisions alone.
 *
 * The language leaves the last bits of `Math.exp`, `Math.log`, `Math.sin` and `Math.cos` to the engine; these
 * give the same bits on every machine, so that a seed replays exactly everywhere. Relative error of exponential and logarithm
 * below 1e-15, absolute error of sine and cosine below 1e-14 for |x| up to a few hundred.
 */

const LN2_HIGH = 0.6931471803691238; // ln 2 with its last 21 bits clear: k · LN2_HIGH is exact for |k| < 2²¹
const LN2_LOW = 1.9082149292705877e-10; // ln 2 − LN2_HIGH
const LARGEST = 709.782712893384; // ln of the largest double
const SMALLEST = -745.1332191019412; // ln of the smallest

const double = new Float64Array(1);
const bits = new Uint32Array(double.buffer);
const HIGH_WORD = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** 2ᵏ for −1022 ≤ k ≤ 1023, by its exponent bits. */
function powerOfTwo(k: number): number {
  bits[HIGH_WORD] = (k + 1023) << 20;
  bits[1 - HIGH_WORD] = 0;
  return double[0];
}

/** eˣ: range reduction to |r| ≤ ½ ln 2, then the Taylor polynomial of degree 13. */
export function exponential(x: number): number {
  if (x > LARGEST) return Infinity;
  if (x < SMALLEST) return 0;
  if (Number.isNaN(x)) return x;
  const k = Math.round(x * Math.LOG2E);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let p = 1 / 6227020800; // 1/13!
  for (let n = 12; n >= 0; n--) p = p * r + INVERSE_FACTORIAL[n];
  if (k > -1022 && k < 1023) return p * powerOfTwo(k);
  const half = k >> 1; // in two steps, since 2ᵏ alone leaves the range
  return p * powerOfTwo(half) * powerOfTwo(k - half);
}

const INVERSE_FACTORIAL = Float64Array.from({ length: 13 }, (_, n) => {
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return 1 / factorial;
});

/** ln x: x = m · 2ᵏ with m in [√½, √2), then ln m = 2 artanh((m − 1)/(m + 1)) by its series. */
export function logarithm(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984; // 2⁵⁴: subnormals have no exponent of their own
    k = -54;
  }
  double[0] = x;
  k += (bits[HIGH_WORD] >>> 20) - 1023;
  bits[HIGH_WORD] = (bits[HIGH_WORD] & 0xfffff) | 0x3ff00000;
  let m = double[0];
  if (m >= Math.SQRT2) {
    m /= 2;
    k += 1;
  }
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let series = 0;
  for (let n = INVERSE_ODD.length - 1; n >= 0; n--) series = (series + INVERSE_ODD[n]) * square;
  return k * LN2_HIGH + (k * LN2_LOW + (2 * s + 2 * s * series));
}

const INVERSE_ODD = Float64Array.from({ length: 10 }, (_, n) => 1 / (2 * n + 3)); // 1/3, 1/5, …, 1/21

/** sin x for |x| up to a few hundred: reduction to |r| ≤ π/4 and the Taylor polynomials. */
export function sine(x: number): number {
  const quarter = Math.round(x / (Math.PI / 2));
  const r = x - quarter * HALF_PI_HIGH - quarter * HALF_PI_LOW;
  switch (((quarter % 4) + 4) % 4) {
    case 0:
      return sineSeries(r);
    case 1:
      return cosineSeries(r);
    case 2:
      return -sineSeries(r);
    default:
      return -cosineSeries(r);
  }
}

/** cos x = sin(x + π/2). */
export function cosine(x: number): number {
  return sine(x + Math.PI / 2);
}

const HALF_PI_HIGH = 1.5707963267341256; // π/2 with its last bits clear
const HALF_PI_LOW = 6.077100506506192e-11;

function sineSeries(r: number): number {
  let term = r;
  let sum = r;
  for (let n = 2; n <= 18; n += 2) {
    term *= -(r * r) / (n * (n + 1));
    sum += term;
  }
  return sum;
}

function cosineSeries(r: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 17; n += 2) {
    term *= -(r * r) / (n * (n + 1));
    sum += term;
  }
  return sum;
}
