import { differenceInterval } from "../../numbers/statistics.js";
import { capital } from "../../words/english.js";
import { percentsText, percentText } from "../../words/numbers.js";
import { clearlyBelow, clearlyDiffer, rateOf, ratesText } from "../parts/compared.js";
import { type Curve, layersText } from "../parts/settings.js";

const MOST_TOLD = 3; // curves that a title tells one by one

/** What the curves show: where they start and end, and how they get there. */
export function studyFinding(curves: readonly Curve[]): { readonly title: string; readonly shape: string } {
  if (curves.length > MOST_TOLD) return { title: manyText(curves), shape: "" };
  const shapes = curves.map(shapeOf);
  if (curves.length === 1) {
    const title = [`${curves[0].name}: ${endsText(curves[0])}`, shapes[0]].filter(Boolean).join(": ");
    return { title, shape: "" };
  }
  const [first] = curves;
  if (first.single.length > 0 && curves.every((curve) => sameWidths(curve, first)))
    return {
      title: togetherText(curves),
      shape: `${shapesText(curves, shapes)} ${layersTogether(curves)}`.trim(),
    };
  const title = curves.map((curve) => `${curve.name}: ${endsText(curve)}`).join("; ");
  return { title, shape: shapesText(curves, shapes) };
}

/** "From width 1 to 5: sigmoid 0 to 98 %, ReLU 0 to 69 %", for curves over the same widths. */
function togetherText(curves: readonly Curve[]): string {
  const [from, to] = endsOf(curves[0]);
  const widths = from === to ? `Width ${from.width}` : `From width ${from.width} to ${to.width}`;
  const parts = curves.map((curve) => {
    const [start, end] = endsOf(curve);
    return `${curve.name} ${percentsText(start.row.rate, end.row.rate)}`;
  });
  return `${widths}: ${parts.join(", ")}`;
}

function endsOf({ single }: Curve) {
  return [single[0], single[single.length - 1]] as const;
}

function sameWidths(one: Curve, other: Curve): boolean {
  return endsOf(one).every((end, i) => end?.width === endsOf(other)[i]?.width);
}

/** "4-2: ReLU 55 %, tanh 80 %." of the first networks with other than one layer. */
function layersTogether(curves: readonly Curve[]): string {
  const groups = new Map<string, string[]>();
  for (const { name, layered } of curves)
    for (const row of layered)
      groups.set(layersText(row), [
        ...(groups.get(layersText(row)) ?? []),
        `${name} ${percentText(row.rate)}`,
      ]);
  const told = [...groups].slice(0, 2);
  return told.map(([layers, rates]) => `${capital(layers)}: ${rates.join(", ")}.`).join(" ");
}

/** "19 % at width 2, 69 % at width 5". */
function endsText(curve: Curve): string {
  const ends = [...new Set(endsOf(curve))].filter((end) => end !== undefined);
  return [
    ...ends.map(({ row, width }) => `${percentText(row.rate)} at width ${width}`),
    ...curve.layered.slice(0, 2).map((row) => `${percentText(row.rate)} with ${layersText(row)}`),
  ].join(", ");
}

const QUESTION_DATA = "xor"; // whether its fifth unit makes a jump was the question
const JUMP = 0.6; // of the whole rise, in one step

/** How success grows with the width, where three widths or more and the intervals allow to tell. */
function shapeOf({ single }: Curve): string {
  if (single.length < 3) return "";
  const rows = single.map((point) => point.row);
  const [first, last] = [rows[0], rows[rows.length - 1]];
  if (!clearlyBelow(first, last)) return last.rate >= first.rate ? "no clear rise" : "";
  if (rows.some((row) => row.data !== QUESTION_DATA)) return "";
  const share = JUMP * (last.rate - first.rate);
  const steps = rows.slice(1).map((row, i) => differenceInterval(row, rows[i]));
  const jump = steps.findIndex(([low]) => low >= share);
  if (jump >= 0) return `the jump is from ${single[jump].width} to ${single[jump + 1].width}`;
  return steps.every(([, high]) => high < share) ? "a slope, not a jump" : "";
}

function shapesText(curves: readonly Curve[], shapes: readonly string[]): string {
  if (shapes.every((shape) => shape === shapes[0])) return shapes[0] === "" ? "" : `Each: ${shapes[0]}.`;
  return curves.flatMap(({ name }, i) => (shapes[i] === "" ? [] : [`${name}: ${shapes[i]}.`])).join(" ");
}

/** Of many curves, from the least to the most successful at the largest width that all have. */
function manyText(curves: readonly Curve[]): string {
  const rowAt = (curve: Curve, width: number) => curve.single.find((point) => point.width === width)?.row;
  const widths = curves[0].single.map((point) => point.width).reverse();
  const width = widths.find((one) => curves.every((curve) => rowAt(curve, one)));
  if (width === undefined) return `${curves.length} settings compared by their share of solved trials`;
  const rates = curves.flatMap((curve) => {
    const row = rowAt(curve, width);
    return row ? [rateOf(curve.name, row)] : [];
  });
  const range = `At width ${width}, ${ratesText(rates)}`;
  return clearlyDiffer(rates) ? range : `${range}, without a clear difference`;
}
