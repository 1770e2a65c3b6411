import type { Curve } from "../parts/curves.js";

/** Where the settings of a study stand on the width axis. */
export interface Places {
  readonly width: (width: number) => number;
  readonly layers: (layers: string) => number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly range: readonly [number, number];
  /** The distance of two neighbours, about. */
  readonly step: number;
  /** Between the widths and the networks of several layers, if there are both. */
  readonly divider: number | undefined;
}

const LOGARITHMIC_FROM = 16; // times the smallest width: 1 to 16 still fit side by side

/** Widths at their place, as logarithms where they grow too far; networks of several layers after them. */
export function placesOf(curves: readonly Curve[]): Places {
  const widths = [...new Set(curves.flatMap((curve) => curve.single.map((point) => point.width)))].sort(
    (a, b) => a - b,
  );
  const layered = [...new Set(curves.flatMap((curve) => curve.layered.map((point) => point.layers)))];
  const logarithmic = widths.length > 2 && widths[widths.length - 1] > LOGARITHMIC_FROM * widths[0];
  const width = (units: number) => (logarithmic ? Math.log2(units) : units);
  const at = widths.map(width);
  const last = at.at(-1) ?? 0;
  const step = at.length > 1 ? (last - at[0]) / (at.length - 1) : 1;
  const layers = (text: string) => last + step * (1.2 + layered.indexOf(text));
  const ticks = [
    ...widths.map((units) => ({ at: width(units), text: String(units) })),
    ...layered.map((text) => ({ at: layers(text), text })),
  ];
  return {
    width,
    layers,
    ticks,
    range: [ticks[0].at - 0.4 * step, ticks[ticks.length - 1].at + 0.25 * step],
    step,
    divider: widths.length > 0 && layered.length > 0 ? last + 0.6 * step : undefined,
  };
}
