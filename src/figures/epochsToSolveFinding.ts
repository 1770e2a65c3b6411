import type { Study } from "../study/result.js";
import { type Curve, curvesOf } from "./parts/curves.js";
import { numberText, type RowLine, scopeText, taskText } from "./parts/settings.js";

/** Which setting solves sooner, by the median of the first perfect epochs. */
export function epochsFinding(study: Study, lines: readonly RowLine[]): string {
  const solved = lines.flatMap(({ name, row }) =>
    row.epochsToSolve ? [{ name, row, median: row.epochsToSolve.median }] : [],
  );
  if (solved.length === 0) return `No trial${scopeText(study, lines)} solves ${taskText(lines)}`;
  const curves = curvesOf(lines.map((line) => line.row));
  const compared = curves.length === 2 ? atCommonWidth(curves) : undefined;
  if (compared) return compared;
  if (solved.length === 1)
    return `${solved[0].name}: median first perfect epoch ${numberText(solved[0].median)}`;
  const [first, last] = [
    solved.reduce((a, b) => (b.median < a.median ? b : a)),
    solved.reduce((a, b) => (b.median > a.median ? b : a)),
  ];
  if (first.median === last.median) return `All that solve do so equally soon: ${medianText(first.median)}`;
  return `${first.name} solves soonest: ${medianText(first.median)}; ${last.name} latest: ${numberText(last.median)}`;
}

function medianText(median: number): string {
  return `median epoch ${numberText(median)}`;
}

/** Two curves at the largest width at which both solve: "At width 5, ReLU solves sooner: median epoch 6 against 42". */
function atCommonWidth(curves: readonly Curve[]): string | undefined {
  const [one, other] = curves.map(
    ({ single }) => new Map(single.map(({ width, row }) => [width, row.epochsToSolve?.median])),
  );
  const widths = [...one.keys()].filter((at) => one.get(at) !== undefined && other.get(at) !== undefined);
  if (widths.length === 0) return undefined;
  const width = Math.max(...widths);
  const ends = [one, other]
    .map((medians, i) => ({ name: curves[i].name, median: medians.get(width) as number }))
    .sort((a, b) => a.median - b.median);
  const [sooner, later] = ends;
  if (sooner.median === later.median)
    return `At width ${width}, ${sooner.name} and ${later.name} solve equally soon: ${medianText(sooner.median)}`;
  return `At width ${width}, ${sooner.name} solves sooner: ${medianText(sooner.median)} against ${numberText(later.median)}`;
}
