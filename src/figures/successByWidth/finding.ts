import { differenceInterval } from "../../numbers/statistics.js";
import type { StudyRow } from "../../study/table.js";
import { capital, listed } from "../../words/english.js";
import { clearlyBelow, clearlyDiffer, estimateText, rateOf, ratesText } from "../parts/compared.js";
import { type Curve, layersText, taskText } from "../parts/settings.js";

const MOST_TOLD = 3; // curves that a title tells one by one

/** What the curves show: where they start and end, and how they get there. */
export function studyFinding(curves: readonly Curve[]): { readonly title: string; readonly shape: string } {
  if (curves.length > MOST_TOLD) return { title: manyText(curves), shape: "" };
  const shapes = curves.map(shapeOf);
  if (curves.length === 1) {
    return { title: [solvedText(curves), shapes[0]].filter(Boolean).join(": "), shape: "" };
  }
  const [first] = curves;
  if (first.single.length > 0 && curves.every((curve) => sameWidths(curve, first)))
    return {
      title: togetherText(curves),
      shape: `${shapesText(curves, shapes)} ${layersTogether(curves)}`.trim(),
    };
  return { title: solvedText(curves), shape: shapesText(curves, shapes) };
}

/** "Trials solved at widths 1 and 5: 0 % (0–4 %) and 98 % (93–99 %) with sigmoid, …", for curves over the same widths. */
function togetherText(curves: readonly Curve[]): string {
  const widths = [...new Set(endsOf(curves[0]).map(({ width }) => width))];
  const parts = curves.map((curve) => {
    const rates = [...new Set(endsOf(curve))].map(({ row }) => shareText(row));
    return `${listed(rates)} with ${curve.name}`;
  });
  return `Trials solved at ${widths.length > 1 ? "widths" : "width"} ${listed(widths.map(String))}: ${parts.join(", ")}`;
}

/** "70 % (55–82 %)". */
function shareText(row: StudyRow): string {
  return estimateText([rateOf("", row)]);
}

function endsOf({ single }: Curve) {
  return [single[0], single[single.length - 1]] as const;
}

function sameWidths(one: Curve, other: Curve): boolean {
  return endsOf(one).every((end, i) => end?.width === endsOf(other)[i]?.width);
}

/** "4 and 2 units: 55 % (41–68 %) with ReLU, 80 % (67–89 %) with tanh." of the first networks with other than one layer. */
function layersTogether(curves: readonly Curve[]): string {
  const groups = new Map<string, Set<string>>();
  for (const { nameOf, layered } of curves)
    for (const row of layered) {
      const rate = [shareText(row), nameOf(row)].filter(Boolean).join(" with ");
      groups.set(layersText(row), (groups.get(layersText(row)) ?? new Set()).add(rate));
    }
  const told = [...groups].slice(0, 2);
  return told.map(([layers, rates]) => `${capital(layers)}: ${[...rates].join(", ")}.`).join(" ");
}

/** "Trials solved with ReLU: 19 % (13–28 %) at width 2, 69 % (59–77 %) at width 5; with tanh: …". */
function solvedText(curves: readonly Curve[]): string {
  return `Trials solved${curves.map(endsText).join(";")}`;
}

function endsText(curve: Curve): string {
  const ends = [...new Set(endsOf(curve))].filter((end) => end !== undefined);
  const rates = [
    ...ends.map(({ row, width }) => `${shareText(row)} at width ${width}`),
    ...curve.layered.slice(0, 2).map((row) => `${shareText(row)} with ${layersText(row)}`),
  ];
  return `${curve.name === "" ? "" : ` with ${curve.name}`}: ${rates.join(", ")}`;
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
  return curves.flatMap(({ name }, i) => (shapes[i] === "" ? [] : [`With ${name}: ${shapes[i]}.`])).join(" ");
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
  const task = taskText(
    curves.flatMap((curve) => curve.rows),
    2,
  );
  const range = `At width ${width}, ${ratesText(rates, task)}`;
  return clearlyDiffer(rates) ? range : `${range}, without a clear difference`;
}
