import type { StudyRow } from "../../study/table.js";
import type { Curve } from "../parts/curves.js";

/** What the curves show: where they start and end, and how they get there. */
export function studyFinding(curves: readonly Curve[]): { readonly title: string; readonly shape: string } {
  if (curves.length > 3) return { title: extremesText(curves), shape: "" };
  const shapes = curves.map(shapeOf);
  if (curves.length === 1) {
    const title = [`${curves[0].name}: ${endsText(curves[0])}`, ...shapes].filter(Boolean).join(": ");
    return { title, shape: "" };
  }
  const alike = curves[0].single.length > 0 && curves.every((curve) => sameEnds(curve, curves[0]));
  if (alike)
    return {
      title: togetherText(curves),
      shape: `${sameOrNamed(curves, shapes)} ${layersTogether(curves)}`.trim(),
    };
  const title = curves.map((curve) => `${curve.name}: ${endsText(curve)}`).join("; ");
  return { title, shape: sameOrNamed(curves, shapes) };
}

/** "From width 1 to 5: sigmoid 0 to 98 %, ReLU 0 to 69 %", for curves over the same widths. */
function togetherText(curves: readonly Curve[]): string {
  const [first, last] = [curves[0].single[0], curves[0].single[curves[0].single.length - 1]];
  if (first === last)
    return `Width ${first.width}: ${curves.map(({ name, single }) => `${name} ${rateText(single[0].row)}`).join(", ")}`;
  const parts = curves.map(({ name, single }) => {
    const [start, end] = [single[0], single[single.length - 1]].map((point) => rateText(point.row));
    return `${name} ${start.replace(/^(\d+) %$/, "$1")} to ${end}`;
  });
  return `From width ${first.width} to ${last.width}: ${parts.join(", ")}`;
}

/** "4-2: ReLU 55 %, tanh 80 %." of the first networks with other than one layer. */
function layersTogether(curves: readonly Curve[]): string {
  const all = [...new Set(curves.flatMap((curve) => curve.layered.map((point) => point.layers)))];
  return all
    .slice(0, 2)
    .map((layers) => {
      const points = curves.flatMap(({ name, layered }) =>
        layered.filter((point) => point.layers === layers).map((point) => `${name} ${rateText(point.row)}`),
      );
      return `${layers === "none" ? "No hidden layer" : layers}: ${points.join(", ")}.`;
    })
    .join(" ");
}

/** "19 % at width 2, 69 % at width 5". */
function endsText({ single, layered }: Curve): string {
  const ends = single.length > 1 ? [single[0], single[single.length - 1]] : single;
  const widths = ends.map(({ row, width }) => `${rateText(row)} at width ${width}`);
  const layers = layered
    .slice(0, 2)
    .map((point) => `${rateText(point.row)} with ${layersText(point.layers)}`);
  return [...widths, ...layers].join(", ");
}

function layersText(layers: string): string {
  return layers === "none" ? "no hidden layer" : layers;
}

function sameEnds(one: Curve, other: Curve): boolean {
  return (
    one.single[0]?.width === other.single[0]?.width && one.single.at(-1)?.width === other.single.at(-1)?.width
  );
}

/** A step is a jump if it brings more than this part of the whole rise; below the other, no step is one. */
const JUMP = 0.6;
const SLOPE = 0.5;

/** How success grows with the width, where three widths or more and the intervals allow to tell. */
function shapeOf({ single }: Curve): string {
  if (single.length < 3) return "";
  const rows = single.map((point) => point.row);
  const rise = rows[rows.length - 1].rate - rows[0].rate;
  if (!clearlyBelow(rows[0], rows[rows.length - 1]))
    return rise >= 0 && !clearlyBelow(rows[rows.length - 1], rows[0]) ? "no clear rise" : "";
  const steps = rows.slice(1).map((row, i) => row.rate - rows[i].rate);
  const largest = steps.indexOf(Math.max(...steps));
  const jump = clearlyBelow(rows[largest], rows[largest + 1]) && steps[largest] >= JUMP * rise;
  if (jump) return `the jump is from ${single[largest].width} to ${single[largest + 1].width}`;
  const even = 1.1 / steps.length; // two steps are even though one brings a little more than half
  return steps[largest] <= Math.max(SLOPE, even) * rise ? "a slope, not a jump" : "";
}

/** Whether the intervals are apart. */
function clearlyBelow(one: StudyRow, other: StudyRow): boolean {
  return one.interval[1] < other.interval[0];
}

function sameOrNamed(curves: readonly Curve[], shapes: readonly string[]): string {
  if (shapes.every((shape) => shape === shapes[0])) {
    if (shapes[0] === "a slope, not a jump") return "Slopes, not jumps.";
    return shapes[0] === "" ? "" : `Each: ${shapes[0]}.`;
  }
  return curves.flatMap((curve, i) => (shapes[i] === "" ? [] : [`${curve.name}: ${shapes[i]}.`])).join(" ");
}

/** Of many curves, the most and the least successful at the largest width that all have. */
function extremesText(curves: readonly Curve[]): string {
  const widths = curves[0].single.map((point) => point.width).reverse();
  const rowAt = (curve: Curve, width: number) => curve.single.find((point) => point.width === width)?.row;
  const common = widths.find((width) => curves.every((curve) => rowAt(curve, width)));
  if (common === undefined) return `${curves.length} settings compared by their share of solved trials`;
  const ends = curves.map((curve) => ({ name: curve.name, row: rowAt(curve, common) as StudyRow }));
  const rates = ends.map((end) => end.row.rate);
  const named = (rate: number) => {
    const there = ends.filter((end) => end.row.rate === rate);
    const names =
      there.length > 2
        ? `${there.length} of ${ends.length} settings`
        : there.map((end) => end.name).join(" and ");
    return `${names} (${rateText(there[0].row)})`;
  };
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  if (least === most)
    return `At width ${common}, all ${curves.length} settings solve ${rateText(ends[0].row)} of the trials`;
  return `At width ${common}, most trials are solved with ${named(most)}, fewest with ${named(least)}`;
}

/** A rate in whole per cent; never rounded to none or all. */
export function rateText({ rate }: Pick<StudyRow, "rate">): string {
  if (rate > 0 && rate < 0.01) return "under 1 %";
  if (rate < 1 && rate > 0.99) return "over 99 %";
  return `${Math.round(100 * rate)} %`;
}
