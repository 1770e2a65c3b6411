/** How colours are seen: contrast, and distances for eyes that see all of them, or not. */

const partsOf = (hex: string): number[] =>
  [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255);

/** Red, green and blue as light: IEC 61966-2-1. */
const light = (hex: string): number[] =>
  partsOf(hex).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));

/** The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [a, b] = [one, other].map((hex) => {
    const [red, green, blue] = light(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1. */
const EYES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** Ottosson, "A perceptual color space for image processing" (2020). */
function oklab([red, green, blue]: readonly number[]): number[] {
  const cones = [
    0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
    0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
    0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
  ].map((cone) => Math.cbrt(Math.max(0, cone)));
  const [l, m, s] = cones;
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** How far apart two colours look to the eyes that tell them apart least; 0.02 is about what one just sees. */
export function leastDistance(one: string, other: string): number {
  const distances = Object.values(EYES).map((eye) => {
    const [a, b] = [one, other].map((hex) => {
      const rgb = light(hex);
      const seen = eye.map((row) => row.reduce((sum, weight, i) => sum + weight * rgb[i], 0));
      return oklab(seen.map((part) => Math.min(1, Math.max(0, part))));
    });
    return Math.hypot(...a.map((part, i) => part - b[i]));
  });
  return Math.min(...distances);
}
